"""Carries out a recipe: rows of a grid become a Parquet of one table; those that break its contract, one of refusals.

One pass writes the good rows; a second, over those that were not written, runs only when the counts say there are any.
Rows of a small grid are worked out once into tables that both passes read (`suyuan.sources.tables`): there, planning
costs more than computing.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import duckdb

from suyuan.domain.contract import Column, Contract
from suyuan.domain.contract_arrow import sql_type
from suyuan.domain.contract_shape import provenance
from suyuan.domain.errors import DataError
from suyuan.engine.text import literal, quoted
from suyuan.sources.cast import breaches, typed
from suyuan.sources.grid import Grid, Recipe, TableRecipe
from suyuan.sources.tables import Tables, is_small, planned_for

_LARGE = 1_000_000  # rows of a text from which speed goes before the order of rows, which `row_id` tells anyway
_PROVENANCE = {column.name for column in provenance()}


@dataclass(frozen=True, kw_only=True)
class Staged:
    """One table's rows of one grid, written aside.

    `rows_read` = `rows_kept` + `rows_quarantined`; rows that a mapping's filter leaves out are in none of them.
    A path is None when there is nothing in it. `reasons` counts rows by `reason:column`; a row may have several.
    """

    table: str
    rows_read: int
    rows_kept: int
    rows_quarantined: int
    kept: Path | None
    refused: Path | None
    reasons: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """The texts of one table's SQL: the rows with all their values, what is kept of them, and why one may not stay."""

    read: str  # a FROM item of the rows that carry data
    rows: str
    finals: str
    reasons: tuple[tuple[str, str], ...]  # (reason, predicate over `rows`; null counts as false)


@dataclass(frozen=True, kw_only=True)
class _Work:
    """What one call of `stage` was given."""

    con: duckdb.DuckDBPyConnection
    grid: Grid
    recipe: Recipe
    rows: TableRecipe
    contract: Contract
    loaded_at: datetime


def row_prefix(grid: Grid) -> str:
    """Return what stands before the row number in every `row_id` of `grid`: `<16 hex>:<sheet>:`."""
    return f"{grid.sha256[:16]}:{grid.sheet_no}:"


def stage(
    con: duckdb.DuckDBPyConnection,
    *,
    grid: Grid,
    recipe: Recipe,
    rows: TableRecipe,
    contract: Contract,
    folder: Path,
    loaded_at: datetime,
) -> Staged:
    """Write the rows of `grid` that concern `rows.table` below `folder`, in the file's order (large texts: in any).

    Kept rows have the contract's columns and types. An id column (masked as a key) holds `source:key`; the table's own
    key is the row's `row_id` where the recipe gives none. Refused rows: `file`, `sheet`, `table_name`, `row_no`,
    `row_id`, `cells` (JSON text of the row as read), `reasons` (list of `reason:column`).

    Raises:
        DataError: The recipe's SQL does not fit the grid, or rows would be lost between the two files.
    """
    name = f"{contract.table}-{grid.sheet_no}"
    kept, refused = folder / f"{name}.parquet", folder / f"{name}.refused.parquet"
    work = _Work(con=con, grid=grid, recipe=recipe, rows=rows, contract=contract, loaded_at=loaded_at)
    with _told(grid, recipe), planned_for(con, grid), Tables(con) as tables:
        plan = _plan(work, tables if is_small(grid) else None)
        good = _copy(con, _good(plan), kept, in_order=grid.names is not None or (grid.n_rows or 0) < _LARGE)
        read = good if good == _most(grid, recipe) else _count(con, f"SELECT count(*) FROM {plan.read}")
        bad, reasons = 0, {}
        if good != read:
            left = plan if is_small(grid) else _plan(work, None, without=kept)
            bad = _copy(con, _bad(left, grid, contract), refused, in_order=True)
            reasons = _reasons(con, refused)
    if good + bad != read:
        raise DataError("ingest.rows_lost", file=grid.file, read=read, kept=good, refused=bad)
    return Staged(
        table=contract.table,
        rows_read=read,
        rows_kept=good,
        rows_quarantined=bad,
        kept=kept if good else None,
        refused=refused if bad else None,
        reasons=reasons,
    )


@contextmanager
def _told(grid: Grid, recipe: Recipe) -> Iterator[None]:
    """Turn what DuckDB cannot do into an error that names the file."""
    try:
        yield
    except duckdb.IOException as fault:
        raise DataError("ingest.cannot_write", file=grid.file, why=_first_line(fault)) from fault
    except duckdb.Error as fault:
        raise DataError(
            "ingest.does_not_fit", file=grid.file, mapping=recipe.mapping, why=_first_line(fault)
        ) from fault


def laid_once(tables: Tables, grid: Grid, recipe: Recipe) -> tuple[Grid, Recipe]:
    """Return `grid` and `recipe` for `stage` with the rows of data, and all that several tables read, worked out once.

    They hold as long as `tables`. A grid that is not small, or that becomes one table only, comes back as it is.

    Raises:
        DataError: The recipe's SQL does not fit the grid.
    """
    if len(recipe.tables) < 2 or not is_small(grid):
        return grid, recipe
    with _told(grid, recipe), planned_for(tables.con, grid):
        table = tables.lay(f"SELECT * FROM {_data(grid, recipe)}")
    return replace(grid, relation=table), replace(recipe, data="true", once=())


def column_name(name: str) -> str:
    """Return any column name of a file as a quoted identifier."""
    return '"' + name.replace('"', '""') + '"'


def _first_line(fault: Exception) -> str:
    return str(fault).partition("\n")[0]


def _count(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(con.execute(sql).fetchall()[0][0])


def _most(grid: Grid, recipe: Recipe) -> int | None:
    """Return how many rows can carry data at most: when so many were kept, nobody need count what was read."""
    return None if grid.n_rows is None else grid.n_rows - int(recipe.facts.get("header_row") or 0)


def _copy(con: duckdb.DuckDBPyConnection, sql: str, path: Path, *, in_order: bool) -> int:
    """Write `sql` to `path` and return its row count.

    The filter stays above the values it judges: pushed below them, DuckDB computes every value twice (measured: 8.4 CPU
    seconds for 2 M rows instead of 4.3). A large text lies in segments, which are read side by side only where rows may
    change places.
    """
    con.execute("SET disabled_optimizers = 'filter_pushdown'")
    con.execute(f"SET preserve_insertion_order = {str(in_order).lower()}")
    try:
        return _count(
            con, f"COPY ({sql}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)"
        )
    finally:
        con.execute("RESET disabled_optimizers")
        con.execute("RESET preserve_insertion_order")


def left_out(con: duckdb.DuckDBPyConnection, grid: Grid, recipe: Recipe) -> int:
    """Return how many rows with data the filters of all tables leave to none."""
    filters = [rows.where for rows in recipe.tables]
    if any(each is None for each in filters):
        return 0
    taken = " OR ".join(f"coalesce({each}, false)" for each in filters)
    return _count(con, f"SELECT count(*) FROM {grid.relation} WHERE ({recipe.data}) AND NOT ({taken})")


def _data(grid: Grid, recipe: Recipe, rows: TableRecipe | None = None, *, without: Path | None = None) -> str:
    """Return the rows that carry data and concern the table of `rows` (None: any), as a FROM item with its filter.

    Rows that stand in the Parquet `without` are left out before anything is worked out for them.
    """
    conditions = [each for each in (recipe.data, rows and rows.where) if each and each != "true"]
    if without:
        number = f"CAST(substr(row_id, {len(row_prefix(grid)) + 1}) AS BIGINT)"
        conditions.insert(0, f"row_no NOT IN (SELECT {number} FROM read_parquet({literal(str(without))}))")
    where = " AND ".join(f"({each})" for each in conditions)
    found = f"{grid.relation}" + (f" WHERE {where}" if where else "")
    for layer in (*recipe.once, *(rows.once if rows else ())):
        found = f"(SELECT *, {', '.join(f'{value} AS {quoted(name)}' for name, value in layer.items())} FROM {found})"
    return found


def _plan(work: _Work, tables: Tables | None, *, without: Path | None = None) -> _Plan:
    """Return the texts of one table's SQL; with `tables`, over tables in which the values are worked out already."""
    recipe, rows, contract = work.recipe, work.rows, work.contract
    own = [column for column in contract.columns.values() if column.name not in _PROVENANCE]
    unknown = sorted(rows.columns.keys() - {column.name for column in own})
    if unknown:
        raise DataError("ingest.no_such_column", mapping=recipe.mapping, table=contract.table, column=unknown[0])
    data = _data(work.grid, recipe, rows, without=without)
    cells = ["row_no", *map(column_name, _names(work.grid))]
    inner = f"SELECT {', '.join((*cells, *_tellings(own, recipe, rows)))} FROM {data}"
    if tables:
        data = tables.lay(inner)
        inner = f"SELECT * FROM {data}"
    types = {str(row[0]): str(row[1]) for row in work.con.execute(f"DESCRIBE {inner}").fetchall()}
    values, reasons = _judged(own, work, types)
    laid = f"SELECT *, {', '.join(values)} FROM ({inner})" if values else inner
    return _Plan(
        read=data,
        rows=f"SELECT * FROM {tables.lay(laid)}" if tables and values else laid,
        finals=", ".join(
            _finals(own, grid=work.grid, recipe=recipe, rows=rows, contract=contract, loaded_at=work.loaded_at)
        ),
        reasons=tuple(reasons),
    )


def _tellings(own: Sequence[Column], recipe: Recipe, rows: TableRecipe) -> Iterator[str]:
    """Yield what the recipe tells of each row: the table's columns, its own refusals, its institution."""
    for column in own:
        if column.name in rows.columns:
            yield f"{rows.columns[column.name]} AS {_telling(column)}"
    for at, (_, predicate) in enumerate(rows.refuse):
        yield f"{predicate} AS __r_{at}"
    yield f"{recipe.source_sql or literal(recipe.source)} AS __source"


def _judged(own: Sequence[Column], work: _Work, types: Mapping[str, str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the select list of values in the contract's types, and every (reason, predicate) that refuses a row."""
    refuse = work.rows.refuse
    reasons = [(reason, f"__r_{at}") for at, (reason, _) in enumerate(refuse)]
    if work.recipe.source_sql:
        reasons.append(("missing:source", "__source IS NULL"))
    values = []
    for column in own:
        refused = next(
            (f"__r_{at}" for at, (code, _) in enumerate(refuse) if code == f"wrong_type:{column.name}"), None
        )
        value, broken = _column(column, contract=work.contract, told_type=types.get(_telling(column)), refused=refused)
        values += [f"{value} AS {_value(column)}"] if value else []
        reasons += broken
    return values, reasons


def _telling(column: Column) -> str:
    return f"__t_{column.name}"


def _value(column: Column) -> str:
    return f"__v_{column.name}"


def _column(
    column: Column, *, contract: Contract, told_type: str | None, refused: str | None
) -> tuple[str, list[tuple[str, str]]]:
    """Return the value of `column` over what is told (empty: nothing is), and its (reason, predicate) pairs.

    `refused` is true for rows whose value the recipe could make nothing of: then it is not missing.
    """
    name, told, value = column.name, _telling(column), _value(column)
    if told_type is None:
        needed = column.not_null and contract.key != (name,)
        return "", [(f"missing:{name}", "true")] if needed else []
    cast = typed(told, told_type=told_type, column=column)
    reasons = [
        (f"{reason}:{name}", predicate) for reason, predicate in breaches(value, table=contract.table, column=column)
    ]
    if cast.given:
        reasons.append((f"wrong_type:{name}", f"CASE WHEN {value} IS NULL THEN {cast.given} END"))
    if column.not_null:
        empty = f"CASE WHEN {value} IS NULL THEN NOT ({cast.given}) END" if cast.given else f"{value} IS NULL"
        reasons.append((f"missing:{name}", f"{empty} AND NOT coalesce({refused}, false)" if refused else empty))
    return cast.value, reasons


def _finals(
    own: Sequence[Column], *, grid: Grid, recipe: Recipe, rows: TableRecipe, contract: Contract, loaded_at: datetime
) -> Iterator[str]:
    """Yield the select list of kept rows: provenance, then the contract's columns with ids in their lake form."""
    row_id = f"{literal(row_prefix(grid))} || row_no"
    yield f"{row_id} AS row_id"
    yield "__source AS source"
    yield f"{literal(loaded_at)} AS loaded_at"
    for column in own:
        is_id = column.mask == "key" and not recipe.source_sql
        before = "__source || ':' || " if is_id else ""
        if column.name in rows.columns:
            yield f"{before}{_value(column)} AS {quoted(column.name)}"
        elif contract.key == (column.name,):
            yield f"__source || ':' || {row_id} AS {quoted(column.name)}"
        else:
            yield f"CAST(NULL AS {sql_type(column)}) AS {quoted(column.name)}"


def _good(plan: _Plan) -> str:
    if not plan.reasons:
        return f"SELECT {plan.finals} FROM ({plan.rows})"
    broken = " OR ".join(f"coalesce({predicate}, false)" for _, predicate in plan.reasons)
    return f"SELECT {plan.finals} FROM ({plan.rows}) WHERE NOT ({broken})"


def _names(grid: Grid) -> Sequence[str]:
    return grid.names or [f"c{at}" for at in range(1, grid.n_cols + 1)]


def _bad(plan: _Plan, grid: Grid, contract: Contract) -> str:
    listed = ", ".join(f"CASE WHEN {predicate} THEN {literal(reason)} END" for reason, predicate in plan.reasons)
    pairs = ", ".join(f"{literal(name)}, {column_name(name)}" for name in _names(grid))
    inner = f"SELECT *, list_filter([{listed}], lambda reason: reason IS NOT NULL) AS __reasons FROM ({plan.rows})"
    return (
        f"SELECT {literal(grid.file)} AS file, {literal(grid.sheet)} AS sheet, {literal(contract.table)} AS table_name,"
        f" row_no, {literal(row_prefix(grid))} || row_no AS row_id, CAST(json_object({pairs}) AS VARCHAR) AS cells,"
        f" __reasons AS reasons FROM ({inner}) WHERE len(__reasons) > 0"
    )


def _reasons(con: duckdb.DuckDBPyConnection, refused: Path) -> dict[str, int]:
    each = f"SELECT unnest(reasons) AS reason FROM {literal(str(refused))}"
    sql = f"SELECT reason, count(*) FROM ({each}) GROUP BY 1 ORDER BY 1"
    return {str(reason): int(count) for reason, count in con.execute(sql).fetchall()}
