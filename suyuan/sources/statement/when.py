"""Decides which columns date a statement's rows, and how they are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import duckdb

from suyuan.sources.grid import Grid
from suyuan.sources.statement.ask import DateOrder, Hints, Need
from suyuan.sources.statement.cells import bare
from suyuan.sources.statement.dates import (
    DATEISH,
    Form,
    Shape,
    clock,
    form_of,
    moment,
    month_of,
    order_told,
    seconds_told,
)
from suyuan.sources.statement.header import Header
from suyuan.sources.statement.preamble import Told
from suyuan.sources.statement.reading import once
from suyuan.sources.statement.sample import cell, written
from suyuan.sources.statement.words import Role

_HALF_A_YEAR = 6


@dataclass(frozen=True, kw_only=True)
class When:
    """Expressions: `booked` (timestamp); over it `precision` (second, minute, day) and `posted` (date); `dateish`."""

    booked: str
    precision: str
    posted: str
    dateish: str
    order: DateOrder | None


@dataclass(frozen=True, kw_only=True)
class _Day:
    role: Role
    expr: str  # the cleaned cell
    raw: str  # as written
    shape: Shape


def _cells(rows: Sequence[Sequence[str | None]], place: int) -> list[str | None]:
    return [row[place - 1] if place <= len(row) else None for row in rows]


def _utc(header: Header, role: Role, *, texts: Sequence[str]) -> bool:
    """Return whether a column, or the whole statement, says its times are UTC and not UTC+8."""
    name = header.name(role)
    if "utc" in name or "gmt" in name:
        return "+8" not in name and "+08" not in name
    said = " ".join(texts).lower().replace(" ", "")
    return (
        any(mark in said for mark in ("时区:utc", "timezone:utc", "时间为utc时间", "allthetimesareutc"))
        and "+8" not in said
    )


def _order(
    con: duckdb.DuckDBPyConnection, grid: Grid, days: Sequence[_Day], header: Header, *, hints: Hints, told: Told
) -> tuple[DateOrder | None, bool]:
    """Return the order of day and month, and whether it is settled; looks at every row of the file."""
    open_days = [day for day in days if day.shape.form in {Form.SLASHED, Form.DAY}]
    if not open_days:
        return None, True
    allowed: set[DateOrder] = {"dmy", "mdy"}
    for day in open_days:
        allowed &= order_told(_cells(grid.head[header.last_row :], header.at(day.role) or 0), form=day.shape.form)
        first, second = (_largest(day.raw, group) for group in (1, 2))
        seen = con.execute(
            f"SELECT {first}, {second} FROM {grid.relation} WHERE row_no > {header.last_row}"
        ).fetchall()[0]
        if seen[0] > 12:
            allowed.discard("mdy")
        if seen[1] > 12:
            allowed.discard("dmy")
    if len(allowed) == 1:
        return allowed.pop(), True
    if allowed and hints.date_order in allowed:
        return hints.date_order, True
    if allowed and all(day.shape.form is Form.DAY for day in open_days):
        return "mdy", not told.texts or _chinese(header)
    return (hints.date_order, hints.date_order is not None) if not allowed else (None, False)


def _wraps(cells: Sequence[str | None], order: DateOrder) -> bool:
    """Return whether days without a year pass a turn of the year: neighbours half a year apart or more."""
    months = [month for cell in cells if (month := month_of(cell, order))]
    return any(abs(one - next_) >= _HALF_A_YEAR for one, next_ in pairwise(months))


def _end(told: tuple[int, int] | None, *, wraps: bool, hinted: bool) -> tuple[int, int] | None:
    """Return the year and month after which a month belongs to the year before; null when it cannot be known.

    A December bill that runs into January ends in the next year; a hinted year is that of the last day; a bare year in
    a name says nothing when the year turns.
    """
    if told is None:
        return None
    year, month = told
    if not wraps:
        return year, month or 12
    if not month:
        return (year, _HALF_A_YEAR) if hinted else None
    return (year + 1, _HALF_A_YEAR) if month == 12 else told


def _largest(expr: str, group: int) -> str:
    part = f"regexp_extract({bare(expr, figure=True)}, '^([0-9]{{1,2}})[-/.]([0-9]{{1,2}})', {group})"
    return f"coalesce(max(try_cast({part} AS INTEGER)), 0)"


def _chinese(header: Header) -> bool:
    return any(not name.isascii() for name in header.names)


def _days(grid: Grid, header: Header) -> list[_Day]:
    found: list[_Day] = []
    roles: tuple[Role, ...] = ("when", "posted")
    for role in roles:
        place = header.at(role)
        shape = form_of(_cells(grid.head[header.last_row :], place)) if place else None
        if place and shape and shape.form is not Form.TIME:
            found.append(_Day(role=role, expr=cell(place), raw=written(grid, place), shape=shape))
    return found


def decide_when(
    con: duckdb.DuckDBPyConnection, grid: Grid, header: Header, *, hints: Hints, told: Told
) -> When | list[Need]:
    """Return how rows are dated, or what must be told first.

    A row is booked by its transaction's date and time; where it tells none, by its posting date.
    """
    days = _days(grid, header)
    if not days:
        return [Need(option="--mapping", key="statement.no_date")]
    needs: list[Need] = []
    order, settled = _order(con, grid, days, header, hints=hints, told=told)
    if not settled:
        needs.append(Need(option="--date-order", key="statement.date_order"))
    yearless = [day for day in days if day.shape.form is Form.DAY]
    wraps = any(
        _wraps(_cells(grid.head[header.last_row :], header.at(day.role) or 0), order or "mdy") for day in yearless
    )
    year = _end((hints.year, 0) if hints.year else told.year_end, wraps=wraps, hinted=hints.year is not None)
    if year is None and yearless:
        needs.append(Need(option="--year", key="statement.no_year"))
    if needs:
        return needs
    parsed = {
        day.role: _shifted(
            moment(day.expr, form=day.shape.form, order=order, year=year), utc=_utc(header, day.role, texts=told.texts)
        )
        for day in days
    }
    booked, precision = _booked(header, days, parsed)
    posted = parsed.get("posted")
    return When(
        booked=booked,
        precision=precision,
        posted=f"CAST({posted if posted and len(days) > 1 else once('booked')} AS DATE)",
        dateish=" OR ".join(_dateish(day.raw) for day in days),
        order=order,
    )


def _dateish(expr: str) -> str:
    """Return whether a cell begins like a date."""
    return f"coalesce(regexp_matches({bare(expr, figure=True)}, '{DATEISH}'), false)"


def _shifted(expr: str, *, utc: bool) -> str:
    return f"({expr} + INTERVAL 8 HOUR)" if utc else expr


def _booked(header: Header, days: Sequence[_Day], parsed: dict[Role, str]) -> tuple[str, str]:
    """Return the expressions of the moment of booking and of its precision.

    Midnight to the second counts as a day without a time: exports fill in 00:00:00 where they know none.
    """
    dated: list[str] = []
    timed: list[str] = []
    for day in days:
        base = parsed[day.role]
        place = _clock_of(header, day.role, alone=len(days) == 1)
        if place is None or day.shape.timed:
            dated.append(base)
            timed.append(seconds_told(day.expr))
            continue
        told = cell(place)
        dated.append(f"coalesce(CAST({base} AS DATE) + {clock(told)}, {base})")
        timed.append(
            f"CASE WHEN regexp_matches({told}, '^[0-9]{{5,6}}(\\.0)?$') THEN true ELSE {seconds_told(told)} END"
        )
    booked = dated[0] if len(dated) == 1 else f"coalesce({', '.join(dated)})"
    precision = (
        f"CASE WHEN CAST({once('booked')} AS TIME) = TIME '00:00:00' THEN 'day' "
        f"WHEN coalesce({', '.join(timed)}, true) THEN 'second' ELSE 'minute' END"
    )
    return booked, f"CASE WHEN {once('booked')} IS NOT NULL THEN {precision} END"


def _clock_of(header: Header, role: Role, *, alone: bool) -> int | None:
    """Return the column of the time of day that belongs to the date column of `role`."""
    if role == "when":
        return header.at("time") or (header.at("posted_time") if alone else None)
    return header.at("posted_time") or (header.at("time") if alone else None)
