import numpy as np

from suyuan.world.frame.tables import first_id
from suyuan.world.frame.world import World
from suyuan.world.people.holders import holder_columns, texts


def test_people_and_firms_stand_in_the_order_given(town: World) -> None:
    person, company = first_id("person"), first_id("company")
    ids = np.array([company + 3, person + 7, company, person])
    told = holder_columns(town, ids)
    names, codes = town.column("company", "name"), town.column("company", "credit_code")
    people, numbers = town.column("person", "name"), town.column("person", "id_number")
    assert told["holder_name"].to_pylist() == [names[3], people[7], names[0], people[0]]
    assert told["holder_id_no"].to_pylist() == [codes[3], numbers[7], codes[0], numbers[0]]
    assert told["holder_id"].tolist() == ids.tolist()


def test_nobody_has_no_texts(town: World) -> None:
    assert texts(town, np.zeros(0, np.int64), "name").to_pylist() == []
    assert len(holder_columns(town, np.zeros(0, np.int64))["phone"]) == 0
