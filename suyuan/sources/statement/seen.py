"""What is known of a statement while its meaning is being decided."""

from collections.abc import Mapping
from dataclasses import dataclass

from suyuan.sources.grid import Grid
from suyuan.sources.statement.ask import Hints
from suyuan.sources.statement.header import Header
from suyuan.sources.statement.preamble import Told
from suyuan.sources.statement.sample import Sample, cells_once
from suyuan.sources.statement.words import Role, Words

# Columns in which nobody writes prose: an apostrophe before what they hold only keeps a spreadsheet from changing it.
_FIGURES: tuple[Role, ...] = (
    "when", "time", "posted", "posted_time", "amount", "amount_original", "in", "out", "in_original", "out_original",
    "balance", "counterparty_balance", "own_card", "own_account", "own_id_no", "counterparty_account",
    "counterparty_id_no", "payer_account", "payee_account", "serial", "bank_serial", "order_no", "merchant_order_no",
    "merchant_id", "branch_code", "teller", "terminal", "voucher_no", "ip", "mac",
)  # fmt: skip


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
        columns = self.header.columns
        places = {place for found in columns.values() for place in found}
        figures = {place for role in _FIGURES for place in columns.get(role, ())}
        return cells_once(self.grid, places, figures=figures)

    def read(self, expressions: Mapping[str, str], *layers: Mapping[str, str]) -> list[dict[str, object]]:
        """Return what `expressions`, over the cleaned cells and `layers`, give on the first rows of data."""
        return self.sample.read(expressions, where=self.data, layers=(self.cells, *layers))
