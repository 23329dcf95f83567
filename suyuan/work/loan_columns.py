"""Finds which column of a table of loans means what, by its header."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from suyuan.domain.yamlfile import read_yaml
from suyuan.sources.grid import Grid

WORDS = Path(__file__).parent / "data" / "loan_columns.yml"
_AMOUNTS = {"principal", "received", "repaid", "flow"}
_HEADER_WITHIN = 30


class Words(BaseModel):
    """The words of `data/loan_columns.yml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    columns: dict[str, tuple[str, ...]]
    lenders: dict[str, tuple[str, ...]]
    currencies: dict[str, tuple[str, ...]]


@cache
def words() -> Words:
    """Return the shipped words."""
    return Words.model_validate(read_yaml(WORDS))


@dataclass(frozen=True, kw_only=True)
class Found:
    """One column: its name in the grid's relation, its header as it stands in the file, and whether it holds fen."""

    relation_name: str
    header: str
    in_fen: bool = False


@dataclass(frozen=True, kw_only=True)
class Columns:
    """What the columns of one table mean; data begin after row `header_row` (0: names are not a row)."""

    found: dict[str, Found]
    header_row: int

    @property
    def by_flow(self) -> bool:
        """Whether a row is one flow and not one loan."""
        return {"loan_id", "flow_on", "flow"} <= set(self.found)


def find_columns(grid: Grid) -> Columns | None:
    """Return what the columns of `grid` mean; None when no row of its head names those that are needed."""
    rows: list[tuple[int, Sequence[str | None]]] = list(enumerate(grid.head[:_HEADER_WITHIN], start=1))
    if grid.names is not None:
        rows = [(0, grid.names)]
    for number, cells in rows:
        names = grid.names or tuple(f"c{place}" for place in range(1, len(cells) + 1))
        found: dict[str, Found] = {}
        for name, cell in zip(names, cells, strict=True):
            meaning, in_fen = _meaning(cell or "")
            if meaning and meaning not in found:
                found[meaning] = Found(relation_name=name, header=(cell or "").strip(), in_fen=in_fen)
        columns = Columns(found=found, header_row=number)
        if columns.by_flow or "received" in found:
            return columns
    return None


def _meaning(header: str) -> tuple[str | None, bool]:
    plain = _plain(header)
    bare = plain.removesuffix("fen").removesuffix("分")
    for meaning, names in words().columns.items():
        if plain in {_plain(name) for name in names}:
            return meaning, False
        if meaning in _AMOUNTS and bare != plain and bare in {_plain(name) for name in names}:
            return meaning, True
    return None, False


def _plain(text: str) -> str:
    kept = (letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())
    return "".join(kept).removesuffix("元")
