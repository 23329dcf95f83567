import pyarrow as pa

from suyuan.engine.protocol import Engine
from suyuan.engine.step import AnyStep
from suyuan.resolve import records
from suyuan.resolve.profiles import lay_profiles
from suyuan.resolve.standing import WEIGHED_PROFILE
from tests.resolve.lake import MA, lay, person, present

PEOPLE = (
    person("bank:1", "马建国", id_number=MA, phone="13909310001"),
    person("bank:1", "马建国", id_number=MA, phone="13909310001"),
    person("wallet:2", "馬建國", id_number=MA),
    person("telecom:3", "周一"),
)


def profiles(engine: Engine, *, known: pa.Table | None = None, accounts: bool = False) -> list[dict[str, object]]:
    tables = ("person", "account") if accounts else ("person",)
    steps: list[AnyStep] = records.plan(present(engine, *tables))
    engine.run(steps)
    engine.write("standing_profile", WEIGHED_PROFILE.empty_table() if known is None else known)
    lay_profiles(engine, "person", accounts=accounts)
    found: list[dict[str, object]] = engine.read("profile_person").sort_by("profile_no").to_pylist()
    return found


def test_records_that_say_the_same_are_one_profile_of_their_cluster(engine: Engine) -> None:
    lay(engine, "person", *PEOPLE)
    found = profiles(engine)
    assert [row["profile_no"] for row in found] == [0, 1, 2]
    assert [(row["lake_id"], row["key_text"], row["keyed"]) for row in found] == [
        ("telecom:3", None, False),
        ("bank:1", MA, True),
        ("wallet:2", MA, True),
    ]
    assert found[1]["node_no"] == found[2]["node_no"] != found[0]["node_no"]
    assert found[1]["name"] == found[2]["name"] == "马建国"


def test_what_was_weighed_before_is_not_new(engine: Engine) -> None:
    lay(engine, "person", *PEOPLE)
    first = profiles(engine)
    assert all(row["is_new"] for row in first)
    known = pa.table([["person"], [first[0]["digest"]]], schema=WEIGHED_PROFILE)
    assert [row["is_new"] for row in profiles(engine, known=known)] == [False, True, True]


def test_twins_in_two_clusters_are_two_profiles(engine: Engine) -> None:
    lay(engine, "person", person("a:1", "周一"), person("b:1", "周一"))
    found = profiles(engine)
    assert len({row["digest"] for row in found}) == len(found) == 2


def test_an_account_tells_of_its_holder(engine: Engine) -> None:
    lay(engine, "person", person("bank:1", "马建国", id_number=MA))
    account = {"account_id": "bank:A", "holder_id": "bank:1", "holder_name": "马建囯", "phone": "13909310009"}
    lay(engine, "account", account, {"account_id": "bank:B", "holder_id": "bank:77", "holder_name": "无名"})
    found = profiles(engine, accounts=True)
    assert {(row["name"], row["phone"], row["key_text"]) for row in found} == {
        ("马建国", None, MA),
        ("马建国", "13909310009", MA),
        ("无名", None, None),
    }
