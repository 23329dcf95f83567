"""Province, city and district at the start of a text, as a region code of today (GB/T 2260).

All texts walk one tree of names at once, a character a step; what a name means depends on the place before it.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.resolve.standard.region_names import spellings, successors, today
from suyuan.resolve.standard.runes import LIMIT, Mask, Places, Runes, flags
from suyuan.resolve.standard.text import Column, distinct

_DEEPEST = 4  # province, city, district, and a city told twice
_ROAD, _BEFORE_ROAD = "路街道巷弄里村区县镇乡", "大中东西南北一二三"
"""After a short name these make it a road's, not a place's: 北京路, 南京东路, 朝阳区."""


@dataclass(frozen=True, kw_only=True)
class Located:
    """Region codes (0: none told, else of 2, 4 or 6 digits) and how many characters of each text told them."""

    area: npt.NDArray[np.int64]
    taken: Places


@dataclass(frozen=True, kw_only=True)
class _Tree:
    """Names of places: `step` (node and character) → `to` (node); `key` (code of the parent and node) → `code`."""

    step: npt.NDArray[np.int64]
    to: npt.NDArray[np.int64]
    key: npt.NDArray[np.int64]
    code: npt.NDArray[np.int64]
    short: Mask


@cache
def _tree() -> _Tree:
    steps: dict[tuple[int, str], int] = {}
    meant: dict[tuple[int, int], tuple[int, bool]] = {}
    for parent, text, code, short in spellings():
        node = 0
        for character in text:
            node = steps.setdefault((node, character), len(steps) + 1)
        meant.setdefault((int(parent or 0), node), (int(code), short))
    moves = sorted((node * LIMIT + ord(character), to) for (node, character), to in steps.items())
    codes = sorted((parent * LIMIT + node, code, short) for (parent, node), (code, short) in meant.items())
    return _Tree(
        step=np.array([move for move, _ in moves], np.int64),
        to=np.array([to for _, to in moves], np.int64),
        key=np.array([key for key, _, _ in codes], np.int64),
        code=np.array([code for _, code, _ in codes], np.int64),
        short=np.array([short for _, _, short in codes], np.bool_),
    )


@cache
def _signs(characters: str) -> Mask:
    return flags(characters)


def locate(texts: Runes, *, hint: npt.NDArray[np.int64] | None = None, short_districts: bool = True) -> Located:
    """Return the place that each text begins with.

    A short name (兰州, 甘肃) counts only where another place or no road's word follows: 北京路 names no place.

    Args:
        texts: In simplified characters.
        hint: Code of the place a text is known to lie in (0: unknown): texts that begin with a name that many places
            bear (城关区) are read below it.
        short_districts: Whether a district may be named without its last word after its city (兰州榆中).
    """
    every = np.ones(len(texts), np.bool_)
    found = _descend(texts, np.zeros(len(texts), np.int64), every, short_districts=short_districts)
    if hint is None:
        return found
    below = (found.area == 0) & (hint > 0) & (hint < 10_000)
    again = _descend(texts, np.where(below, hint, 0), below, short_districts=short_districts)
    better = below & (again.taken > 0)
    return Located(area=np.where(better, again.area, found.area), taken=np.where(better, again.taken, found.taken))


def _descend(texts: Runes, parent: npt.NDArray[np.int64], active: Mask, *, short_districts: bool) -> Located:
    area, taken = parent.copy(), np.zeros(len(texts), np.int64)
    last = Located(area=area.copy(), taken=taken.copy())
    short = np.zeros(len(texts), np.bool_)
    rows = np.flatnonzero(active)
    for _ in range(_DEEPEST):
        code, length, is_short = _longest(texts, rows, area[rows], taken[rows])
        hit = (length > 0) & (short_districts | ~is_short | (code < 10_000))
        rows = rows[hit]
        last.area[rows], last.taken[rows] = area[rows], taken[rows]
        area[rows], taken[rows], short[rows] = code[hit], taken[rows] + length[hit], is_short[hit]
        rows = rows[code[hit] < 10_000]
        if not len(rows):
            break
    following, second = texts.at(taken), texts.at(taken + 1)
    undone = short & (_signs(_ROAD)[following] | (_signs(_BEFORE_ROAD)[following] & _signs(_ROAD)[second]))
    return Located(area=np.where(undone, last.area, area), taken=np.where(undone, last.taken, taken))


def _longest(
    texts: Runes, rows: Places, parent: npt.NDArray[np.int64], begin: Places
) -> tuple[npt.NDArray[np.int64], Places, Mask]:
    """Return, for each of `rows`, the longest name below `parent` that stands at `begin`: code, length, short."""
    tree = _tree()
    code, length = np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)
    short = np.zeros(len(rows), np.bool_)
    live, node = np.arange(len(rows)), np.zeros(len(rows), np.int64)
    size = 0
    while len(live):
        place = texts.starts[rows[live]] + begin[live] + size
        inside = place < texts.starts[rows[live] + 1]
        live, node, place = live[inside], node[inside], place[inside]
        where, known = _found(tree.step, node * LIMIT + texts.codes[place])
        live, node = live[known], tree.to[where[known]]
        size += 1
        where, known = _found(tree.key, parent[live] * LIMIT + node)
        here = live[known]
        code[here], length[here], short[here] = tree.code[where[known]], size, tree.short[where[known]]
    return code, length, short


def _found(table: npt.NDArray[np.int64], wanted: npt.NDArray[np.int64]) -> tuple[Places, Mask]:
    where = np.minimum(np.searchsorted(table, wanted), len(table) - 1)
    return where, table[where] == wanted


def area_texts(area: npt.NDArray[np.int64]) -> Column:
    """Return region codes as text; null for 0."""
    return pc.if_else(pa.array(area == 0), pa.scalar(None, pa.string()), pc.cast(pa.array(area), pa.string()))


def codes_today(told: Column) -> Column:
    """Return six-digit region codes as those of today, of 2, 4 or 6 digits; null where nobody knows them.

    A code that is given again means what it means today: the register that tells it is of today.
    """

    def one(each: Column) -> Column:
        codes = pc.fill_null(each, "").to_pylist()
        return pa.array([code_today(code) for code in codes], pa.string())

    return distinct(told, one)


def code_today(told: str) -> str | None:
    """Return one region code as the one of today, of 2, 4 or 6 digits; None where nobody knows it.

    >>> code_today("510200"), code_today("620102"), code_today("999999")
    ('50', '620102', None)
    """
    code = told.strip()
    cut = code[:2] if code[2:] == "0000" else code[:4] if code[4:] == "00" else code
    while cut:
        if cut in today():
            return cut
        if cut.ljust(6, "0") in successors():
            return successors()[cut.ljust(6, "0")]
        cut = cut[:-2]
    return None
