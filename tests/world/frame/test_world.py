import numpy as np

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World


def test_days_and_moments_count_from_the_first_day() -> None:
    world = World(options=Options(seed=1))
    assert str(world.day(0)) == "2023-07-01"
    assert world.day(np.array([-1, 1])).astype(str).tolist() == ["2023-06-30", "2023-07-02"]
    assert str(world.moment(1, 3_661)) == "2023-07-02T01:01:01"


def test_a_row_is_read_by_its_id() -> None:
    world = World(options=Options(seed=1))
    ids = world.add("person", name=["甲", "乙"], _income_fen=np.array([1, 2]))
    assert world.of(ids[[1]], "name").tolist() == ["乙"]
    assert world.of(ids, "_income_fen").tolist() == [1, 2]
    assert world.column("person", "_income_fen").tolist() == [1, 2]
