import numpy as np

from suyuan.domain.ids import mobile
from suyuan.world.frame.tables import first_id
from suyuan.world.frame.world import World
from suyuan.world.people.sims import next_ids, next_rows


def test_no_number_is_given_twice(town: World) -> None:
    numbers = town.column("sim", "number")
    assert len(set(numbers)) == len(numbers)
    assert all(mobile.parse(number).use == "public" for number in numbers[:300])


def test_the_operator_is_the_one_of_the_segment(town: World) -> None:
    numbers, operators = town.column("sim", "number"), town.column("sim", "operator_id")
    seen: dict[str, set[int]] = {}
    for number, operator in zip(numbers[:2_000], operators[:2_000].tolist(), strict=True):
        seen.setdefault(str(mobile.parse(number).carrier), set()).add(operator)
    assert all(len(firms) == 1 for firms in seen.values())
    assert len(seen) >= 3


def test_the_next_rows_are_known_before_they_are_written(town: World) -> None:
    rows = town.tables.rows("sim")
    assert next_rows(town, "sim", 2).tolist() == [rows, rows + 1]
    assert next_ids(town, "sim", 1).tolist() == [first_id("sim") + rows]


def test_a_sim_is_known_to_the_network_by_its_id(town: World) -> None:
    assert (town.column("sim", "imsi") == first_id("sim") + np.arange(town.tables.rows("sim"))).all()
