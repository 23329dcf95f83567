from pathlib import Path

import pytest

from suyuan.world.frame.models import model_id

TYPOLOGIES = Path(__file__).parents[3] / "typologies"


def test_every_model_that_stands_is_known_by_its_own_id() -> None:
    for path in TYPOLOGIES.glob("*/*.sql"):
        assert model_id(path.stem) == f"{path.parent.name}.{path.stem}"


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(ValueError, match="horoscope"):
        model_id("horoscope")
