"""Which line holds for a loan: by the kind of its lender and the day of its contract.

The rules and the one-year LPR are data (`data/caps.yml`) with their sources and the day they were checked. A rate over
a line is a fact with its line named; what follows from it is for others to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, model_validator

from suyuan.domain.errors import UsageError
from suyuan.domain.yamlfile import read_yaml
from suyuan.money.schedule import Int64s, day_number

CAPS = Path(__file__).parent / "data" / "caps.yml"

NoLine = Literal[
    "lender_kind_unknown",
    "contract_day_unknown",
    "currency_without_line",
    "no_rule_for_kind_and_day",
    "lpr_unknown",
    "suit_day_unknown",
    "beyond_numbers",
]
"""Why no line is named."""

NO_LINES: tuple[NoLine, ...] = get_args(NoLine)


class _Border(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Afterwards(_Border):
    """The line of the part of a loan's interest that runs from `from_on` on: times the LPR of the day of suit."""

    from_on: date
    lpr_times: int


class Rule(_Border):
    """One line as the file tells it: a fixed rate or a multiple of the LPR."""

    name: str
    title: dict[Literal["en", "zh"], str]
    groups: tuple[str, ...]
    signed_from: date = date.min
    signed_until: date = date.max
    percent: Decimal | None = None
    lpr_times: int | None = None
    afterwards: Afterwards | None = None
    source: str

    @model_validator(mode="after")
    def _one_rate(self) -> "Rule":
        if (self.percent is None) == (self.lpr_times is None):
            raise ValueError(f"{self.name}: needs either percent or lpr_times")
        return self


class Lpr(_Border):
    """The one-year LPR in percent by the day it changed, and the last day for which it is known."""

    source: str
    known_until: date
    percent: dict[date, Decimal]

    def on(self, day: date) -> Decimal | None:
        """Return the rate in force on `day`; None before the first and after `known_until`."""
        if day > self.known_until:
            return None
        return self.percent[max(begins)] if (begins := [since for since in self.percent if since <= day]) else None


class Caps(_Border):
    """The whole file."""

    checked_on: date
    groups: dict[str, tuple[str, ...]]
    lpr: Lpr
    lines: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line that holds for a contract.

    `rate` is in 1/10,000 a year. From `change_on` on (null: never) `rate_after` holds instead; that is null when the
    day of suit or its LPR is unknown: then the line serves loans settled by that day only, and `why_after` says which.
    """

    name: str
    title: dict[Literal["en", "zh"], str]
    rate: int
    change_on: date | None
    rate_after: int | None
    why_after: NoLine | None
    source: str
    checked_on: date


@cache
def caps() -> Caps:
    """Return the shipped rules."""
    return Caps.model_validate(read_yaml(CAPS))


def lender_kinds() -> tuple[str, ...]:
    """Return every kind of lender the rules know."""
    return tuple(kind for kinds in caps().groups.values() for kind in kinds)


def lines(*, lender_kind: str, signed_on: date, suit_on: date | None = None) -> tuple[Line, ...] | NoLine:
    """Return the lines of a contract, the one a table shows first; or why none is named.

    Args:
        lender_kind: One of `lender_kinds()`.
        signed_on: Day of the contract; between natural persons the day of the pay-out (civil code 679).
        suit_on: Day of suit, for private contracts of before 2020-08-20 that ran on.

    Raises:
        UsageError: No such kind of lender.
    """
    group = next((name for name, kinds in caps().groups.items() if lender_kind in kinds), None)
    if group is None:
        raise UsageError("money.lender_kind", given=lender_kind, known=", ".join(lender_kinds()))
    holding = [
        rule for rule in caps().lines if group in rule.groups and rule.signed_from <= signed_on <= rule.signed_until
    ]
    if not holding:
        return "no_rule_for_kind_and_day"
    found = [_line(rule, signed_on=signed_on, suit_on=suit_on) for rule in holding]
    known = tuple(line for line in found if line is not None)
    return known or "lpr_unknown"


def _line(rule: Rule, *, signed_on: date, suit_on: date | None) -> Line | None:
    percent = rule.percent if rule.percent is not None else _times(rule.lpr_times, signed_on)
    if percent is None:
        return None
    after = _times(rule.afterwards.lpr_times, suit_on) if rule.afterwards and suit_on else None
    why: NoLine | None = None
    if rule.afterwards and after is None:
        why = "lpr_unknown" if suit_on else "suit_day_unknown"
    return Line(
        name=rule.name,
        title=rule.title,
        rate=int(percent * 100),
        change_on=rule.afterwards.from_on if rule.afterwards else None,
        rate_after=None if after is None else int(after * 100),
        why_after=why,
        source=rule.source,
        checked_on=caps().checked_on,
    )


def _times(times: int | None, day: date) -> Decimal | None:
    lpr = caps().lpr.on(day)
    return None if times is None or lpr is None else lpr * times


@dataclass(frozen=True, kw_only=True)
class FirstLines:
    """The first line of many loans: `index` into `lines`, or −1 − the index in `NO_LINES`."""

    lines: tuple[Line, ...]
    index: NDArray[np.int64]


def first_lines(*, kinds: Sequence[str], kind: Int64s, signed_day: Int64s, suit_on: date | None) -> FirstLines:
    """Return each loan's first line.

    Args:
        kinds: Kinds of lender; one that the rules do not know has no line.
        kind: Index into `kinds`, −1 where unknown.
        signed_day: Days since 1970-01-01; the smallest int64 where unknown.
        suit_on: See `lines`.

    Cost: a binary search a loan among the few days on which a line changes.
    """
    found: list[Line] = []
    index = np.full(len(kind), -1 - NO_LINES.index("lender_kind_unknown"), dtype=np.int64)
    edges = _edges()
    numbers = np.array([day_number(edge) for edge in edges])
    for place, name in enumerate(kinds):
        mine = kind == place
        if name not in lender_kinds():
            continue
        answers = [_first(name, edge, suit_on=suit_on, found=found) for edge in edges]
        where = np.searchsorted(numbers, signed_day[mine], side="right") - 1
        index[mine] = np.array(answers)[np.maximum(where, 0)]
    unsigned = signed_day == np.iinfo(np.int64).min
    index[unsigned & (kind >= 0)] = -1 - NO_LINES.index("contract_day_unknown")
    return FirstLines(lines=tuple(found), index=index)


def _first(kind: str, day: date, *, suit_on: date | None, found: list[Line]) -> int:
    answer = lines(lender_kind=kind, signed_on=day, suit_on=suit_on)
    if isinstance(answer, str):
        return -1 - NO_LINES.index(answer)
    if answer[0] not in found:
        found.append(answer[0])
    return found.index(answer[0])


def _edges() -> list[date]:
    """Return the first day of every stretch of days for which each kind's lines are the same."""
    rules = caps()
    edges = {date.min, rules.lpr.known_until + timedelta(days=1), *rules.lpr.percent}
    edges |= {rule.signed_from for rule in rules.lines}
    edges |= {rule.signed_until + timedelta(days=1) for rule in rules.lines if rule.signed_until < date.max}
    return sorted(edges)
