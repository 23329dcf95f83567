"""Files that already speak the contracts' language: the header holds a table's column names."""

from suyuan.domain.contract import Contract, contracts
from suyuan.domain.contract_shape import provenance
from suyuan.sources.apply import data_rows, surplus
from suyuan.sources.grid import Grid, Recipe, TableRecipe
from suyuan.sources.header import HeadRow, headers
from suyuan.sources.mapping import needed_columns

NAME = "contract_csv"
VERSION = 1
SOURCE = "local"
_PROVENANCE = {column.name for column in provenance()}


def choose_contract(grid: Grid) -> tuple[Contract, HeadRow] | None:
    """Return the core table whose contract a header row of `grid` follows, and that row; null when none does.

    Every named column of the header must be one of the contract's, every column that may not be null must be there, and
    the row must tell something beyond its key.
    """
    for header in headers(grid):
        for contract in contracts().values():
            if not contract.is_output and _follows(header, contract):
                return contract, header
    return None


def _follows(header: HeadRow, contract: Contract) -> bool:
    if not header.places.keys() <= contract.columns.keys():
        return False
    own = [column for column in contract.columns.values() if column.name not in _PROVENANCE]
    present = [column for column in own if header.has(column.name)]
    keyed = header.has(contract.key[0])
    return keyed and len(present) > 1 and all(header.has(name) for name in needed_columns(contract))


def contract_recipe(grid: Grid, contract: Contract, header: HeadRow, *, source: str | None) -> Recipe:
    """Return how `grid` becomes rows of `contract`.

    A `source` column says each row's institution, and ids then are lake ids as they stand (`icbc:6222…`), so what was
    exported from a lake comes back as it was. Without it ids are the institution's own, and `source` or "local" goes
    before them. `row_id` and `loaded_at` of the file are not read: every row gets its own.
    """
    columns = {
        name: place
        for name in contract.columns
        if name not in _PROVENANCE and (place := header.column(name)) is not None
    }
    beyond = surplus(grid, header)
    rows = TableRecipe(table=contract.table, columns=columns, refuse=(("surplus_cells", beyond),) if beyond else ())
    return Recipe(
        mapping=NAME,
        version=VERSION,
        source=source or SOURCE,
        tables=(rows,),
        data=data_rows(grid, header),
        facts={"header_row": header.row_no or None, "left_out": [], "dropped": []},
        source_sql=header.column("source") if source is None else None,
    )
