import pytest

from suyuan.world.alike.scenario import instances
from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World


@pytest.mark.parametrize(("scale", "wanted"), [(0.005, 3), (0.02, 3), (0.2, 30), (1.0, 150)])
def test_thirty_of_a_kind_stand_where_models_are_judged(scale: float, wanted: int) -> None:
    assert instances(World(options=Options(seed=1, scale=scale))) == wanted
