from suyuan.world.alike.scenarios import KINDS
from suyuan.world.frame.names import names
from suyuan.world.frame.options import RING_KINDS
from suyuan.world.frame.truths import NOT_CORE


def test_every_kind_of_ring_and_look_alike_and_every_role_outside_the_core_has_a_name_in_both_languages() -> None:
    wanted = {*RING_KINDS, *(one.kind for one in KINDS), *NOT_CORE}
    assert wanted <= set(names())
    assert all(one["zh"] and one["en"] for one in names().values())


def test_a_look_alike_is_its_own_name_in_english() -> None:
    assert names()["payroll account"] == {"en": "payroll account", "zh": "代发工资专户"}
