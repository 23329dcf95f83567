from datetime import date

import pytest

from suyuan.cli.asked import day, engine_name
from suyuan.domain.errors import UsageError


def test_days_and_engines_are_read() -> None:
    assert (day(None), day("2024-06-30")) == (None, date(2024, 6, 30))
    assert engine_name("spark") == "spark"
    with pytest.raises(UsageError):
        engine_name("x")
