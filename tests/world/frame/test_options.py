from datetime import date
from typing import Any

import pytest

from suyuan.domain.errors import UsageError
from suyuan.world.frame.options import Options


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"seed": -1}, "world.bad_seed"),
        ({"scale": 0.0}, "world.bad_scale"),
        ({"rings": ("lanzhou", "moonshine")}, "world.bad_ring"),
        ({"hidden": 1.5}, "world.bad_hidden"),
        ({"evasion": 2}, "world.bad_evasion"),
        ({"months": 1}, "world.bad_months"),
    ],
)
def test_what_no_world_can_be_is_refused_by_name(wrong: dict[str, Any], key: str) -> None:
    with pytest.raises(UsageError) as refused:
        Options(**{"seed": 1, **wrong})
    assert refused.value.key == key


@pytest.mark.parametrize(("scale", "rings"), [(0.02, 1), (0.2, 2), (1.0, 10), (2.0, 20)])
def test_ten_rings_of_a_kind_are_planted_at_full_scale(scale: float, rings: int) -> None:
    assert Options(seed=1, scale=scale).rings_a_kind == rings


def test_eighteen_months_end_with_2024() -> None:
    assert Options(seed=1).end == date(2025, 1, 1)
    assert Options(seed=1, months=6).end == date(2024, 1, 1)
    assert Options(seed=1, months=6).days == 184
