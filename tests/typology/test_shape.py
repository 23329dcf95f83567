from datetime import date, datetime

import pytest
from pydantic import ValidationError

from suyuan.typology.model import ParamType
from suyuan.typology.shape import Both, ParamFile, fits, label


@pytest.mark.parametrize(
    ("value", "told", "meant"),
    [
        (3, "int", True),
        (True, "int", False),
        (3, "double", True),
        (0.5, "int", False),
        ("3", "int", False),
        (True, "boolean", True),
        (date(2024, 3, 1), "date", True),
        (datetime(2024, 3, 1), "date", False),  # noqa: DTZ001
    ],
)
def test_a_value_fits_its_type_or_not(value: object, told: ParamType, *, meant: bool) -> None:
    assert fits(value, told) is meant


def test_a_whole_number_given_for_a_double_becomes_one() -> None:
    param = ParamFile(type="double", default=1, unit="share", why="why").param("p")
    assert isinstance(param.default, float)


def test_a_default_of_another_type_is_refused() -> None:
    with pytest.raises(ValidationError, match="not of type int"):
        ParamFile(type="int", default=0.5, unit="count", why="why")


def test_a_bare_text_serves_both_languages_and_loses_its_line_breaks() -> None:
    assert label("a\n  b\n").zh == "a b"
    assert label(Both(en="a", zh="甲")).zh == "甲"
