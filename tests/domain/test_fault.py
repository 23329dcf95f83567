from suyuan.domain.fault import Fault, Faults
from suyuan.domain.say import spoken


def test_faults_are_told_one_a_line_in_the_order_of_their_places() -> None:
    faults = Faults([Fault("b.yml", "", "contract.missing"), Fault("a.yml", "z", "contract.missing")])
    assert [str(fault).split(": is")[0] for fault in faults] == ["a.yml: z", "b.yml"]
    assert len(str(faults).splitlines()) == 2


def test_a_fault_speaks_the_language_of_the_moment() -> None:
    fault = Fault("a.yml", "columns.x", "contract.missing")
    token = spoken.set("zh")
    try:
        assert "缺少" in str(fault)
    finally:
        spoken.reset(token)
