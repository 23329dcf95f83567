"""What is known of a statement while its meaning is being decided."""

from collections.abc import Mapping
from dataclasses import dataclass

from suyuan.sources.grid import Grid
from suyuan.sources.statement.ask import Hints
from suyuan.sources.statement.header import Header
from suyuan.sources.statement.preamble import Told
from suyuan.sources.statement.sample import Sample, cells_once
from suyuan.sources.statement.words import Words


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One statement: its header, what it tells outside its table, what the user says, and its first rows.

    `data` is the predicate of rows of data.
    """

    grid: Grid
    header: Header
    told: Told
    hints: Hints
    words: Words
    sample: Sample
    data: str = "true"

    @property
    def cells(self) -> dict[str, str]:
        """The first layer of the recipe: the cells of every column that means something, cleaned."""
        return cells_once(self.grid, (place for places in self.header.columns.values() for place in places))

    def read(self, expressions: Mapping[str, str], *layers: Mapping[str, str]) -> list[dict[str, object]]:
        """Return what `expressions`, over the cleaned cells and `layers`, give on the first rows of data."""
        return self.sample.read(expressions, where=self.data, layers=(self.cells, *layers))
