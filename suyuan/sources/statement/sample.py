"""The first rows of a grid as a small relation, so that a recipe's expressions are tried where they are made."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa

from suyuan.sources.grid import Grid
from suyuan.sources.statement.cells import bare

_NAME = "statement_sample"
_WORKED_OUT = re.compile(r"\b__[a-z]\w*")  # what a layer names
Layers = Sequence[Mapping[str, str]]


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """Return the one database of this process that samples are read in; each has a connection of its own to it.

    Opening a database takes 20 ms. On some hundred rows optimizing an expression takes longer than it saves.
    """
    return duckdb.connect(":memory:")


def written(grid: Grid, number: int) -> str:
    """Return the expression of column `number` (1-based) of `grid` as it is written."""
    if grid.names is None:
        return f"c{number}"
    name = grid.names[number - 1].replace('"', '""')
    return f'CAST("{name}" AS VARCHAR)'


def cell(number: int) -> str:
    """Return the name of the cleaned cell of column `number`, as the first layer of a recipe works it out."""
    return f"__c{number}"


def cells_once(grid: Grid, numbers: Iterable[int], *, figures: Collection[int] = ()) -> dict[str, str]:
    """Return the first layer of a recipe: the cells of the columns `numbers`, cleaned, those of `figures` as such."""
    return {cell(number): bare(written(grid, number), figure=number in figures) for number in sorted(set(numbers))}


class Sample:
    """Rows of a grid's head below its header, readable by the expressions of its recipe."""

    def __init__(self, grid: Grid, *, first_row: int, rows: int = 400) -> None:
        """Hold up to `rows` rows from row `first_row` (1-based) on."""
        kept = grid.head[first_row - 1 : first_row - 1 + rows]
        names = grid.names or tuple(f"c{number}" for number in range(1, grid.n_cols + 1))
        columns: dict[str, Sequence[object]] = {
            name: [row[place] if place < len(row) else None for row in kept] for place, name in enumerate(names)
        }
        fields = [pa.field("row_no", pa.int64()), *(pa.field(name, pa.string()) for name in names)]
        numbers = list(range(first_row, first_row + len(kept)))
        self._con = _database().cursor()
        self._con.execute("PRAGMA disable_optimizer")
        self._con.register(
            _NAME,
            pa.Table.from_arrays(
                [pa.array(numbers, pa.int64()), *(pa.array(columns[name], pa.string()) for name in names)],
                schema=pa.schema(fields),
            ),
        )
        self.rows = kept

    def __enter__(self) -> Self:
        """Return the sample itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """Let go of the rows."""
        self._con.close()

    def read(
        self, expressions: Mapping[str, str], *, where: str = "true", layers: Layers = ()
    ) -> list[dict[str, object]]:
        """Return what `expressions`, over `layers`, give on the rows for which `where` holds, in the rows' order."""
        found = f"{_NAME} WHERE {where}"
        for layer in _needed(expressions, layers):
            found = f"(SELECT *, {_listed(layer)} FROM {found})" if layer else found
        result = self._con.execute(f"SELECT {_listed(expressions)} FROM {found} ORDER BY row_no")
        names = [entry[0] for entry in result.description or []]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _needed(expressions: Mapping[str, str], layers: Layers) -> list[Mapping[str, str]]:
    """Return `layers` with only what `expressions`, and the layers above, name: planning the rest takes longest."""
    kept: list[Mapping[str, str]] = []
    read = set(_WORKED_OUT.findall(" ".join(expressions.values())))
    for layer in reversed(layers):
        mine = {name: value for name, value in layer.items() if name in read or not _WORKED_OUT.fullmatch(name)}
        read |= set(_WORKED_OUT.findall(" ".join(mine.values())))
        kept.insert(0, mine)
    return kept


def _listed(expressions: Mapping[str, str]) -> str:
    return ", ".join(f'{expression} AS "{name}"' for name, expression in expressions.items())
