"""Chooses the mapping that a grid's header calls for and makes it a recipe."""

from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatch
from pathlib import PurePath

import duckdb

from suyuan.engine.text import literal
from suyuan.sources.cast import trimmed
from suyuan.sources.formula import Formula, render
from suyuan.sources.grid import Grid, Recipe, TableRecipe
from suyuan.sources.header import HeadRow, headers
from suyuan.sources.mapping import MappedTable, TableMapping


def choose(grid: Grid, mappings: Iterable[TableMapping]) -> tuple[TableMapping, HeadRow] | None:
    """Return the mapping whose columns all stand in a header row of `grid`, and that row; null when none fits.

    Of several, the one that reads most columns is taken, then the one whose file name pattern fits, then by name.
    """
    found = [
        (len(mapping.columns), _named(grid, mapping), mapping, header)
        for header in headers(grid)
        for mapping in mappings
        if fits(mapping, header)
    ]
    if not found:
        return None
    _, _, mapping, header = max(found, key=lambda each: (each[0], each[1], [-ord(letter) for letter in each[2].name]))
    return mapping, header


def fits(mapping: TableMapping, header: HeadRow) -> bool:
    """Return whether every column that `mapping` asks for stands in `header`, and none that it excludes."""
    return all(header.has(name) for name in mapping.columns) and not any(header.has(name) for name in mapping.without)


def _named(grid: Grid, mapping: TableMapping) -> bool:
    name = PurePath(grid.file.rpartition("!")[2]).name
    return mapping.pattern is not None and fnmatch(name.lower(), mapping.pattern.lower())


def recipe_for(
    grid: Grid, mapping: TableMapping, header: HeadRow, *, con: duckdb.DuckDBPyConnection, source: str | None
) -> Recipe:
    """Return how `grid` is ingested by `mapping`, which fits `header`; `source` stands for its own when given.

    `facts`: `header_row` (null: none), `left_out` (columns of the file that nothing reads), `dropped` (never read).
    """
    types = types_of(con, grid)

    def column(name: str) -> str:
        place = header.column(name)
        return place or "CAST(NULL AS VARCHAR)"

    def cleaned(name: str) -> str:
        place = column(name)
        return f"({trimmed(place)})" if types.get(place) == "VARCHAR" else place

    read = {name for table in mapping.tables for each in _formulas(table) for name in each.columns}
    left = [name for name in header.places if not any(header.column(each) == header.places[name] for each in read)]
    return Recipe(
        mapping=mapping.name,
        version=mapping.version,
        source=source or mapping.source,
        tables=tuple(
            _rows(table, column=column, cleaned=cleaned, surplus=surplus(grid, header)) for table in mapping.tables
        ),
        data=data_rows(grid, header),
        facts={"header_row": header.row_no or None, "left_out": left, "dropped": list(mapping.drop)},
    )


def _formulas(table: MappedTable) -> list[Formula]:
    return [*table.columns.values(), *([table.where] if table.where else []), *(formula for _, formula in table.refuse)]


def types_of(con: duckdb.DuckDBPyConnection, grid: Grid) -> Mapping[str, str]:
    """Return quoted column → DuckDB type of the grid's relation; cells of a grid without names are text."""
    if grid.names is None:
        return {'"row_no"': "BIGINT", **{f'"c{place}"': "VARCHAR" for place in range(1, grid.n_cols + 1)}}
    rows = con.execute(f"DESCRIBE SELECT * FROM {grid.relation}").fetchall()
    return {'"' + str(row[0]).replace('"', '""') + '"': str(row[1]) for row in rows}


def _rows(
    table: MappedTable, *, column: Callable[[str], str], cleaned: Callable[[str], str], surplus: str | None
) -> TableRecipe:
    """Return the recipe of one table: each cell is cleaned once, and each value that may fail worked out once."""
    columns: dict[str, str] = {}
    refuse: list[tuple[str, str]] = [("surplus_cells", surplus)] if surplus else []
    cells: dict[str, str] = {}
    values: dict[str, str] = {}

    def cell(name: str) -> str:
        expr = cleaned(name)
        return expr if expr == column(name) else cells.setdefault(expr, f"__c_{len(cells) + 1}")

    for name, formula in table.columns.items():
        bare = len(formula.columns) == 1 and formula.tree.key == "column"
        rendered = render(formula, column=column if bare else cell)
        columns[name] = rendered.sql
        if rendered.refuse:
            values[f"__m_{name}"], columns[name] = rendered.sql, f"__m_{name}"
            refuse.append((f"wrong_type:{name}", rendered.refuse.replace(rendered.sql, f"__m_{name}")))
    refuse += [(reason, render(formula, column=cell).sql) for reason, formula in table.refuse]
    where = render(table.where, column=cleaned).sql if table.where else None
    once = tuple(layer for layer in ({name: expr for expr, name in cells.items()}, values) if layer)
    return TableRecipe(table=table.table, columns=columns, where=where, refuse=tuple(refuse), once=once)


def data_rows(grid: Grid, header: HeadRow) -> str:
    """Return the predicate of rows with data: below the header, not blank, not the header once more."""
    if not header.row_no:
        return "true"
    cells = [f"c{place}" for place in range(1, grid.n_cols + 1)]
    again = [
        f"{place} IS DISTINCT FROM {literal(cell)}"
        for place, cell in zip(cells, grid.head[header.row_no - 1], strict=False)
        if cell and cell.strip()
    ]
    told = " OR ".join(f"{place} IS NOT NULL" for place in cells)
    return f"row_no > {header.row_no} AND ({told}) AND ({' OR '.join(again)})"


def surplus(grid: Grid, header: HeadRow) -> str | None:
    """Return the predicate of rows with more cells than the header names; null when the grid is no wider."""
    if not header.row_no:
        return None
    row = grid.head[header.row_no - 1]
    width = max((place for place, cell in enumerate(row, start=1) if cell and cell.strip()), default=0)
    beyond = [f"c{place}" for place in range(width + 1, grid.n_cols + 1)]
    return f"coalesce({', '.join(beyond)}, NULL) IS NOT NULL" if beyond else None
