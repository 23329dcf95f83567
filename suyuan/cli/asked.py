"""What several commands ask for in one way: a day, an engine."""

from datetime import date
from typing import get_args

from suyuan.domain.errors import UsageError
from suyuan.engine.open import EngineName


def day(value: str | None) -> date | None:
    """Return the day that `value` writes, null for null.

    Raises:
        UsageError: It is no day.
    """
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError as fault:
        raise UsageError("run.bad_day", value=value) from fault


def engine_name(value: str) -> EngineName:
    """Return the engine called `value`.

    Raises:
        UsageError: There is none.
    """
    for name in get_args(EngineName):
        if name == value:
            return name  # type: ignore[no-any-return]
    raise UsageError("run.bad_engine", value=value)
