import numpy as np

from suyuan.domain.ids import mobile, resident
from suyuan.domain.ids.region import region
from suyuan.world.frame.world import World
from suyuan.world.people.newcomers import newcomers


def test_newcomers_come_from_everywhere_with_card_line_and_phone(stage: World) -> None:
    people = newcomers(stage, stage.chance("new", 1), 200)
    assert len({code[:2] for code in stage.of(people, "region_code")}) > 12
    assert (stage.of(stage.of(people, "_main_account"), "holder_id") == people).all()
    assert (stage.of(stage.of(people, "_main_sim"), "number") == stage.of(people, "phone")).all()
    assert all(resident.valid(number) for number in stage.of(people, "id_number"))
    assert len(np.unique(stage.of(people, "_household"))) == 200


def test_a_newcomers_number_is_of_his_province(stage: World) -> None:
    people = newcomers(stage, stage.chance("new", 2), 5, region=np.full(5, 410105))
    assert {mobile.parse(phone).province for phone in stage.of(people, "phone")} == {"河南"}
    found = region("410105", on=stage.options.end)
    assert found is not None
    assert all(address.startswith(found.name.replace(" ", "")) for address in stage.of(people, "address"))


def test_newcomers_have_the_numbers_of_nobody_else(stage: World) -> None:
    newcomers(stage, stage.chance("new", 3), 300)
    for table, column in (("person", "id_number"), ("sim", "number"), ("account", "number")):
        numbers = stage.column(table, column)
        assert len(set(numbers)) == len(numbers)


def test_many_newcomers_work_for_firms_of_their_cities(stage: World) -> None:
    people = newcomers(stage, stage.chance("new", 5), 100, region=np.full(100, 410105))
    told = [each for each in stage.of(people, "employer") if each is not None]
    assert 30 < len(told) < 90
    assert all(each.startswith("郑州") for each in told)
    assert (stage.of(people, "_employer") == -1).all()


def test_newcomers_are_as_asked_for(stage: World) -> None:
    people = newcomers(stage, stage.chance("new", 4), 50, thin=True, ages=(30, 31))
    assert stage.of(people, "_thin").all()
    assert set((-stage.of(people, "_born") * 4 // 1461).tolist()) <= {30, 31}
