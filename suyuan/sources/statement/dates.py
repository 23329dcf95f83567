"""The forms dates and times take in cells, and the DuckDB expressions that read them.

A column's form is told by its cells (`form_of`), so `03/04/2025` is one form whose order must be decided elsewhere.
Expressions take cells that `cells.bare` has cleaned; everything comes out as TIMESTAMP without zone, meaning UTC+8.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from suyuan.sources.statement.ask import DateOrder


class Form(Enum):
    """What the cells of a column look like."""

    YMD = "ymd"  # 2025-08-22, 2025/8/2, 2025年1月3日, with or without a time
    COMPACT = "compact"  # 20250822, 20250822170305
    SLASHED = "slashed"  # 24/03/2025, 03-24-25: order unknown
    NAMED = "named"  # 22MAR2025, 22-Mar-25, Mar 22, 2025
    DAY = "day"  # 12/29, 12-29, 12月29日, 22MAR: no year
    SERIAL = "serial"  # 45678.5: days of a spreadsheet
    TIME = "time"  # 17:57:17, 17:57, 175717


_T = r"(?:[ T]*-?\d{1,2}[:.时]\d{1,2}(?:[:.分]\d{1,2}(?:[.]\d+)?秒?)?分?\s*(?:Z|[+-]\d{2}:?\d{2})?|\s\d{6})?"
_MON = r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*"
_FORMS: dict[Form, re.Pattern[str]] = {
    Form.YMD: re.compile(rf"\d{{4}}\s*[-/.年]\s*\d{{1,2}}\s*[-/.月]\s*\d{{1,2}}日?{_T}", re.IGNORECASE),
    Form.COMPACT: re.compile(rf"(?:19|20)\d{{6}}(?:\.0|\d{{6}}|{_T})?"),
    Form.SLASHED: re.compile(rf"\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d{{2}}){_T}"),
    Form.NAMED: re.compile(
        rf"(?:\d{{1,2}}[-/ ]?{_MON}[-/ ,]*\d{{2,4}}|{_MON}[-/ .]*\d{{1,2}},?[-/ ]+\d{{4}}){_T}", re.IGNORECASE
    ),
    Form.DAY: re.compile(rf"\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}月\d{{1,2}}日?|\d{{1,2}}[-/ ]?{_MON}", re.IGNORECASE),
    Form.SERIAL: re.compile(r"[2-7]\d{4}(?:\.\d+)?"),
    Form.TIME: re.compile(r"\d{1,2}[:.时]\d{1,2}(?:[:.分]\d{1,2}(?:\.\d+)?秒?)?分?|\d{5,6}(?:\.0)?"),
}
_TIMED = re.compile(r"\d[:时]\d|\d{14}|\s\d{6}$|[- ]\d{1,2}\.\d{1,2}\.\d{1,2}")
_PADDING = " \t\r\n\u00a0\u3000\"'=`\ufeff[]"

_DATE_START = re.compile(rf"\d|{_MON}", re.IGNORECASE)

# What a row must show in its date cell to be a row of data at all.
DATEISH = (
    r"^\D{0,4}(\d{8}|\d{1,4}\s*[-/.年月]\s*\d{1,2}|\d{5}(\.\d+)?$|\d{1,2}[-/ ]?[A-Za-z]{3}|[A-Za-z]{3,9}[ .]*\d{1,2})"
)


def cell_text(cell: str | None) -> str:
    """Return a cell as forms are told from it: narrow, without padding."""
    return unicodedata.normalize("NFKC", cell or "").strip(_PADDING)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """The form of a column, the share of its filled cells that have it (0 to 1), and whether they bear a time."""

    form: Form
    share: float
    hits: int
    timed: bool = False


def form_of(cells: Iterable[str | None]) -> Shape | None:
    """Return the form most of `cells` have, or null when fewer than 60 % of those that begin like a date agree.

    Cells that begin otherwise are headers of pages, totals and explanations.
    """
    filled = [found for cell in cells if _DATE_START.match(found := cell_text(cell))]
    if not filled:
        return None
    counts = {form: sum(1 for cell in filled if pattern.fullmatch(cell)) for form, pattern in _FORMS.items()}
    form = max(counts, key=lambda known: counts[known])
    hits = counts[form]
    share = hits / len(filled)
    if share < 0.6:
        return None
    timed = any(_TIMED.search(cell) for cell in filled)
    return Shape(
        form=form, share=share, hits=hits, timed=form in {Form.YMD, Form.COMPACT, Form.SLASHED, Form.NAMED} and timed
    )


def order_told(cells: Iterable[str | None], *, form: Form) -> set[DateOrder]:
    """Return the orders that `cells` of a slashed or yearless `form` allow; both when every day is 12 or less."""
    allowed: set[DateOrder] = {"dmy", "mdy"}
    for cell in cells:
        found = re.match(r"(\d{1,2})[-/.](\d{1,2})" + (r"[-/.]\d{2}" if form is Form.SLASHED else "$"), cell_text(cell))
        if not found:
            continue
        if int(found[1]) > 12:
            allowed.discard("mdy")
        if int(found[2]) > 12:
            allowed.discard("dmy")
    return allowed


_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def month_of(cell: str | None, order: DateOrder) -> int | None:
    """Return the month of a day without a year, or null."""
    text = cell_text(cell).upper()
    if named := re.fullmatch(r"\d{1,2}[-/ ]?([A-Z]{3})[A-Z]*", text):
        return _MONTHS.index(named[1]) + 1 if named[1] in _MONTHS else None
    parts = re.fullmatch(r"(\d{1,2})[-/.月](\d{1,2})日?", text)
    if not parts:
        return None
    month = int(parts[2] if order == "dmy" else parts[1])
    return month if 1 <= month <= 12 else None


def _tidy(expr: str) -> str:
    """Return a cell with dashes between its parts, one blank before the time, and colons within it."""
    plain = f"upper(trim({expr}, '[] '))"
    dashed = f"translate({plain}, '年月/０１２３４５６７８９：', '---0123456789:')"
    dashed = f"regexp_replace(regexp_replace({dashed}, '日', ' '), '([0-9])[.]([0-9]+)[.]([0-9])', '\\1-\\2-\\3')"
    timed = f"regexp_replace({dashed}, '^([0-9]+-[0-9]+-[0-9]+)[-T ]+([0-9])', '\\1 \\2')"
    timed = f"translate({timed}, '时時分', ':::')"
    timed = f"regexp_replace({timed}, '([0-9]):?秒', '\\1')"
    timed = f"regexp_replace({timed}, ' ([0-9]{{1,2}})[.-]([0-9]{{1,2}})[.-]([0-9]{{1,2}})', ' \\1:\\2:\\3')"
    return f"rtrim(regexp_replace({timed}, '\\s+', ' ', 'g'), ' :')"


_TIMES = ("", " %H:%M:%S", " %H:%M", " %H:%M:%S.%f", " %H%M%S")
_DATES: dict[str, tuple[str, ...]] = {
    "ymd": ("%Y-%m-%d",),
    "dmy": ("%d-%m-%y", "%d-%m-%Y"),  # two digits first: %Y would read 25 as the year 25
    "mdy": ("%m-%d-%y", "%m-%d-%Y"),
    "compact": ("%Y%m%d",),
    "named": (
        "%d-%b-%y", "%d-%b-%Y", "%d%b%y", "%d%b%Y", "%d %b %y", "%d %b %Y", "%b %d, %Y", "%d %B %Y", "%B %d, %Y",
        "%b %d %Y", "%b-%d-%Y",
    ),
}  # fmt: skip


def _formats(dates: Iterable[str]) -> str:
    return "[" + ", ".join(f"'{day}{time}'" for day in dates for time in _TIMES) + "]"


def _zoned(expr: str) -> str:
    """Return a cell that tells its offset (`…Z`, `…+00:00`) in UTC+8; null when it tells none."""
    plain = expr
    return (
        f"CASE WHEN regexp_matches({plain}, '[0-9](Z|[+-][0-9]{{2}}:?[0-9]{{2}})$') AND contains({plain}, ':') "
        f"THEN try_cast({plain} AS TIMESTAMPTZ) AT TIME ZONE 'Asia/Shanghai' END"
    )


def moment(expr: str, *, form: Form, order: DateOrder | None = None, year: tuple[int, int] | None = None) -> str:
    """Return the timestamp a cell of `form` tells, midnight when it tells no time; null when it tells no date.

    Args:
        expr: A text expression.
        form: The column's form. `TIME` is not a date: see `clock`.
        order: Needed for `SLASHED`, and for `DAY` written with a slash.
        year: Needed for `DAY`: year and month (1 to 12) of the statement's end; a later month is the year before.
    """
    if form is Form.SERIAL:
        days = f"try_cast({expr} AS DOUBLE)"
        return (
            f"CASE WHEN {days} BETWEEN 20000 AND 80000 "
            f"THEN TIMESTAMP '1899-12-30' + to_seconds(round({days} * 86400)::BIGINT) END"
        )
    if form is Form.DAY:
        return _yearless(expr, order=order or "mdy", year=year or (1970, 12))
    named = {Form.SLASHED: order or "ymd", Form.YMD: "ymd", Form.COMPACT: "compact", Form.NAMED: "named"}[form]
    tidy = _tidy(expr)
    if form is Form.COMPACT:
        whole = f"regexp_replace({tidy}, '^([0-9]{{8}})(\\.0)?$|^([0-9]{{8}})([0-9]{{6}})$', '\\1\\3 \\4')"
        spaced = f"rtrim(regexp_replace({whole}, '^([0-9]{{8}}) ?-', '\\1 '))"
        return f"try_strptime({spaced}, {_formats((*_DATES['compact'], *_DATES['ymd']))})"
    if form is Form.NAMED:
        return f"try_strptime({tidy}, {_formats(_DATES['named'])})"
    mixed = _DATES[named] if named == "ymd" else (*_DATES[named], *_DATES["ymd"])
    slow = f"try_strptime({tidy}, {_formats(mixed)})"
    if form is Form.SLASHED:
        return slow
    plain = expr
    local = f"strlen({plain}) <= 19 AND NOT contains({plain}, 'Z') AND NOT contains({plain}, '+')"
    zoned = f"coalesce({_zoned(expr)}, try_cast({plain} AS TIMESTAMP))"
    return f"coalesce(CASE WHEN {local} THEN try_cast({plain} AS TIMESTAMP) ELSE {zoned} END, {slow})"


def _yearless(expr: str, *, order: DateOrder, year: tuple[int, int]) -> str:
    tidy = f"rtrim({_tidy(expr)}, '- ')"
    first, second = "1", "2"
    if order == "dmy":
        first, second = second, first
    month = f"regexp_extract({tidy}, '^([0-9]{{1,2}})[-.]([0-9]{{1,2}})$', {first})"
    day = f"regexp_extract({tidy}, '^([0-9]{{1,2}})[-.]([0-9]{{1,2}})$', {second})"
    named = f"try_strptime(regexp_replace({tidy}, '[- ]', '') || '2000', '%d%b%Y')"
    end_year, end_month = year
    months = f"coalesce(try_cast({month} AS INTEGER), month({named}))"
    days = f"coalesce(try_cast({day} AS INTEGER), day({named}))"
    years = f"CASE WHEN {months} > {end_month} THEN {end_year - 1} ELSE {end_year} END"
    text = f"(({years})::VARCHAR || '-' || ({months})::VARCHAR || '-' || ({days})::VARCHAR)"
    return f"try_strptime({text}, '%Y-%m-%d')"


def clock(expr: str) -> str:
    """Return the time of day a cell tells, as TIME; null when it tells none (093021, 93021, 9:30, 09.30.21)."""
    plain = expr
    whole = f"regexp_replace({plain}, '\\.0$', '')"
    digits = f"lpad({whole}, 6, '0')"
    compact = f"CASE WHEN regexp_matches({whole}, '^[0-9]{{5,6}}$') THEN try_strptime({digits}, '%H%M%S') END"
    colons = f"rtrim(translate({plain}, '时時分.：', ':::::'), ':秒 ')"
    spoken = f"try_strptime(regexp_replace({colons}, '.*\\s', ''), ['%H:%M:%S', '%H:%M', '%H:%M:%S:%f'])"
    return f"coalesce(try_cast({plain} AS TIME), CAST(coalesce({compact}, {spoken}) AS TIME))"


def seconds_told(expr: str) -> str:
    """Return whether a cell's time has seconds (true), only minutes (false), or is not told (null)."""
    plain = expr
    return (
        f"CASE WHEN regexp_matches({plain}, '[0-9][:.时][0-9]{{1,2}}[:.分][0-9]{{1,2}}|[0-9]{{14}}|[ ][0-9]{{6}}$') "
        f"THEN true WHEN regexp_matches({plain}, '[0-9][:时][0-9]{{1,2}}分?$') THEN false END"
    )
