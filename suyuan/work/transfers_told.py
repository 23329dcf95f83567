"""Reads what an institution tells of transfers, out of a file or out of the lake, into the columns that are matched."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from suyuan.domain.contract import contracts
from suyuan.domain.errors import DataError
from suyuan.engine.text import literal
from suyuan.resolve.match.side import TOLD
from suyuan.sources.grid import Grid, Recipe, Refused
from suyuan.sources.header import HeadRow
from suyuan.sources.mapping import TableMapping
from suyuan.sources.open import open_grids
from suyuan.sources.stage import stage
from suyuan.sources.statement import Ask, Hints, recognise
from suyuan.sources.statement.ask import DateOrder
from suyuan.sources.statement.header import header_of
from suyuan.sources.statement.words import Role, words
from suyuan.work.ingest_bench import Bench
from suyuan.work.ingest_file import Plan, recipe_of
from suyuan.work.transfers_plain import Chosen, as_statement, header_rows, key_column

ROW_NUMBER: Final = "row"
"""Told in place of a key column where rows are named by their number."""

_LOADED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - house times carry no zone; it is dropped again
_UNKNOWN: Final = Hints(own_account="0", currency="CNY", positive="out")
"""What a plain table need not tell: nothing of it is compared."""

_ENTRY = """
SELECT e.row_id, e.source, {own_key} AS own_key, e.booked_at, coalesce(e.time_precision = 'day', false) AS day_only,
  e.amount_fen, e.effect AS flow, e.currency, coalesce(e.memo, e.kind) AS memo,
  nullif(concat_ws(' ', e.serial, e.order_no, e.merchant_order_no, e.bank_serial), '') AS reference,
  e.account_id AS own,
  CASE WHEN e.effect = 'out' THEN a.number ELSE e.counterparty_account END AS src_number,
  CASE WHEN e.effect = 'in' THEN a.number ELSE e.counterparty_account END AS dst_number,
  CASE WHEN e.effect = 'out' THEN a.holder_name ELSE coalesce(e.counterparty_name, e.merchant_name) END AS src_name,
  CASE WHEN e.effect = 'in' THEN a.holder_name ELSE coalesce(e.counterparty_name, e.merchant_name) END AS dst_name
FROM {entry} AS e
LEFT JOIN (
  SELECT account_id, min(number) AS number, min(holder_name) AS holder_name FROM {account} GROUP BY account_id
) AS a ON a.account_id = e.account_id
WHERE e.effect IN ('in', 'out')
"""
_TRANSFER = """
SELECT row_id, source, {own_key} AS own_key, booked_at, coalesce(time_precision = 'day', false) AS day_only, amount_fen,
  NULL::VARCHAR AS flow, currency, coalesce(memo, kind) AS memo, NULL::VARCHAR AS reference,
  NULL::VARCHAR AS own, {src} AS src_number, {dst} AS dst_number, NULL::VARCHAR AS src_name, NULL::VARCHAR AS dst_name
FROM {transfer}
"""
_NO_ACCOUNT = "(SELECT NULL::VARCHAR AS account_id, NULL::VARCHAR AS number, NULL::VARCHAR AS holder_name LIMIT 0)"
_BARE_ID = "nullif(regexp_replace({column}, '^' || regexp_escape(source) || ':', ''), '')"
_EFFECTS = {"entry": ("amount_fen", "booked_at"), "transfer": ("amount_fen", "booked_at")}


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one institution tells: `table` of schema `TOLD`, and how it was read.

    `columns` names the columns taken, role → the file's own name; `read_as` is `plain`, `statement`, a mapping or
    `lake`; `refused` counts rows that could not be read.
    """

    name: str
    table: pa.Table
    read_as: str
    columns: Mapping[str, str]
    refused: int = 0


@dataclass(frozen=True, kw_only=True)
class Reader:
    """How files are read: the mappings to choose from, the columns that were named, and the order of dates."""

    mappings: Mapping[str, TableMapping]
    chosen: Chosen = field(default_factory=Chosen)
    date_order: DateOrder | None = None


@dataclass(frozen=True, kw_only=True)
class _Read:
    """One grid, recognised."""

    grid: Grid
    recipe: Recipe
    read_as: str
    columns: Mapping[str, str]
    key: str | None  # expression over the file's own relation
    relation: str
    names: tuple[str, ...]  # of the file's columns
    unknown: frozenset[str] = frozenset()  # columns of TOLD that the file does not tell


def told_by_file(path: Path, *, reader: Reader, bench: Bench) -> Told:
    """Return what the file at `path` tells.

    Raises:
        DataError: It cannot be read, tells no transfers, or lacks a date or an amount that can be recognised.
    """
    folder, con = bench.lay_out()
    try:
        found = [
            _recognised(grid, reader=reader, con=con, place=place)
            for place, grid in enumerate(_grids(path, con, folder))
        ]
        read = [one for one in found if one is not None]
        if not read:
            raise DataError("transfers.not_recognised", file=str(path))
        tables, refused = [], 0
        for place, one in enumerate(read):
            table, left = _rows(one, con=con, folder=folder / f"out{place}", sheets=len(read) > 1)
            tables.append(table)
            refused += left
        first = read[0]
        if reader.chosen.key and first.key is None:
            raise DataError(
                "transfers.no_column",
                file=str(path),
                column=", ".join(reader.chosen.key),
                found=", ".join(first.names),
            )
        return Told(
            name=str(path),
            table=pa.concat_tables(tables).combine_chunks(),
            read_as=first.read_as,
            columns=first.columns,
            refused=refused,
        )
    finally:
        bench.clear(folder, went_well=True)


def _grids(path: Path, con: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[Grid]:
    for grid in open_grids(path, con=con, staging=folder):
        if isinstance(grid, Refused):
            raise DataError(grid.key, **grid.values)
        if grid.names is not None or len(grid.head) > 1:
            yield grid


def _recognised(grid: Grid, *, reader: Reader, con: duckdb.DuckDBPyConnection, place: int) -> _Read | None:
    """Return how `grid` is read: as it would be ingested, else as a plain table; null when it tells no transfers."""
    rows = header_rows(grid)
    named = any(reader.chosen.any_of(header) for header in rows)
    hints = Hints(date_order=reader.date_order)
    if not named:
        plan = Plan(hints=hints, mappings=reader.mappings, loaded_at=_LOADED)
        recipe = recipe_of(con, grid, plan=plan)
        if isinstance(recipe, Recipe) and recipe.tables[0].table in _EFFECTS:
            return _as_ingested(grid, recipe, rows, reader=reader, con=con)
    for header in rows:
        found = _as_plain(grid, header, reader=reader, con=con, name=f"plain_{place}")
        if found is not None:
            return found
    return None


def _as_ingested(
    grid: Grid, recipe: Recipe, rows: Sequence[HeadRow], *, reader: Reader, con: duckdb.DuckDBPyConnection
) -> _Read:
    header = next((one for one in rows if one.row_no == recipe.facts.get("header_row")), rows[0] if rows else None)
    found = header_of(grid, names=None, words=words()) if recipe.mapping == "statement" else None
    if found is not None:
        header = next((one for one in rows if one.row_no == found.last_row), header)
    key = key_column(header, chosen=reader.chosen.key, relation=grid.relation, con=con) if header else None
    return _Read(
        grid=grid,
        recipe=recipe,
        read_as=recipe.mapping,
        columns={"key": key or ROW_NUMBER},
        key=header.places[key] if header and key else None,
        relation=grid.relation,
        names=tuple(header.places) if header else (),
    )


def _as_plain(
    grid: Grid, header: HeadRow, *, reader: Reader, con: duckdb.DuckDBPyConnection, name: str
) -> _Read | None:
    key = key_column(header, chosen=reader.chosen.key, relation=grid.relation, con=con)
    laid, own = as_statement(grid, header, key=key, chosen=reader.chosen, con=con, name=name)
    first = recognise(laid, hints=Hints(date_order=reader.date_order), con=con)
    unknown: set[str] = set()
    if isinstance(first, Ask):
        asked = {need.option for need in first.needs}
        unknown |= {column for option, column in _HINTED.items() if option in asked}
        needed = [need for need in first.needs if need.option not in _HINTED]
        if needed:
            raise DataError("transfers.asks", file=grid.file, why="; ".join(map(str, needed)))
        first = recognise(laid, hints=_filled(asked, date_order=reader.date_order), con=con)
    if not isinstance(first, Recipe):
        return None
    found = header_of(laid, names=None, words=words())
    roles = {} if found is None else found.columns
    columns = {
        told: own[laid.names[places[0] - 1]]
        for told, role in _ROLES.items()
        if laid.names is not None and (places := roles.get(role)) and laid.names[places[0] - 1] in own
    }
    return _Read(
        grid=laid,
        recipe=first,
        read_as="plain",
        columns={"key": key or ROW_NUMBER, **columns},
        key=header.places[key] if key else None,
        relation=grid.relation,
        names=tuple(header.places),
        unknown=frozenset(unknown),
    )


def _filled(asked: set[str], *, date_order: DateOrder | None) -> Hints:
    """Return hints for what is asked and need not be told."""
    return Hints(
        date_order=date_order,
        own_account=_UNKNOWN.own_account if "--own-account" in asked else None,
        currency=_UNKNOWN.currency if "--currency" in asked else None,
        positive=_UNKNOWN.positive if "--positive" in asked else None,
    )


_HINTED = {"--own-account": "own", "--currency": "currency", "--positive": "flow"}
_ROLES: Final[Mapping[str, Role]] = {
    "date": "when", "posted": "posted", "amount": "amount", "in": "in", "out": "out", "memo": "memo",
    "currency": "currency", "counterparty": "counterparty_name", "counterparty_account": "counterparty_account",
}  # fmt: skip


def _rows(read: _Read, *, con: duckdb.DuckDBPyConnection, folder: Path, sheets: bool) -> tuple[pa.Table, int]:
    """Return the rows of one grid as told, and how many could not be read."""
    folder.mkdir()
    staged = {
        rows.table: stage(
            con,
            grid=read.grid,
            recipe=read.recipe,
            rows=rows,
            contract=contracts()[rows.table],
            folder=folder,
            loaded_at=_LOADED,
        )
        for rows in read.recipe.tables
        if rows.table in (*_EFFECTS, "account")
    }
    main = staged[read.recipe.tables[0].table]
    if main.kept is None:
        raise DataError("transfers.no_rows", file=read.grid.file, refused=main.rows_quarantined)
    files = {name: f"read_parquet({literal(str(one.kept))})" for name, one in staged.items() if one.kept}
    sql = _selected(main.table, files)
    number = "split_part(t.row_id, ':', 3)"
    named = f"split_part(t.row_id, ':', 2) || ':' || {number}" if sheets else number
    if read.key is not None:
        named = f"coalesce(nullif(trim(k.{_KEY}), ''), {named})"
        keys = f"SELECT row_no, {read.key}::VARCHAR AS {_KEY} FROM {read.relation}"
        sql = f"SELECT t.*, {named} AS key FROM ({sql}) AS t LEFT JOIN ({keys}) AS k ON k.row_no = {number}::BIGINT"
    else:
        sql = f"SELECT t.*, {named} AS key FROM ({sql}) AS t"
    return told_table(con, f"{sql} ORDER BY {number}::BIGINT", unknown=read.unknown), main.rows_quarantined


_KEY = "own_id"


def _selected(table: str, files: Mapping[str, str]) -> str:
    """Return the select of the rows of `table` as told; `files` says where each table lies."""
    if table == "entry":
        own_key = "coalesce(e.serial, e.order_no, e.bank_serial)"
        return _ENTRY.format(own_key=own_key, entry=files["entry"], account=files.get("account", _NO_ACCOUNT))
    return _TRANSFER.format(
        own_key=_BARE_ID.format(column="transfer_id"),
        transfer=files["transfer"],
        src=_BARE_ID.format(column="src_account_id"),
        dst=_BARE_ID.format(column="dst_account_id"),
    )


def told_table(con: duckdb.DuckDBPyConnection, sql: str, *, unknown: frozenset[str] = frozenset()) -> pa.Table:
    """Return the rows of `sql` under schema `TOLD`; columns of what is `unknown` are null."""
    empty = {"flow", "src_number", "dst_number"} & unknown | ({"currency"} & unknown)
    if "own" in unknown:
        # The other side alone is told, and without a direction nobody knows which side that is.
        empty |= {"src_number", "src_name"} if "flow" in unknown else set()
    chosen = ", ".join(f"NULL::{_SQL_TYPES[name]} AS {name}" if name in empty else name for name in TOLD.names)
    return con.sql(f"SELECT {chosen} FROM ({sql})").to_arrow_table().cast(TOLD)


_SQL_TYPES = {
    "flow": "VARCHAR",
    "currency": "VARCHAR",
    "src_number": "VARCHAR",
    "dst_number": "VARCHAR",
    "src_name": "VARCHAR",
}


def told_by_lake(source: str, *, files: Mapping[str, Sequence[Path]], con: duckdb.DuckDBPyConnection) -> Told | None:
    """Return what the rows of `source` in the lake tell; null when no table of transfers holds any.

    Keys are the institution's own: the id of a transfer, the serial of a line, else the row id.
    """
    parts, names = [], []
    lists = {
        table: f"read_parquet([{', '.join(literal(str(path)) for path in paths)}], union_by_name = true)"
        for table, paths in files.items()
        if table in (*_EFFECTS, "account") and paths
    }
    for table in _EFFECTS:
        if table in lists:
            sql = _selected(table, lists)
            parts.append(f"SELECT *, coalesce(own_key, row_id) AS key FROM ({sql}) WHERE source = {literal(source)}")
            names.append(table)
    if not parts:
        return None
    table = told_table(con, f"{' UNION ALL '.join(parts)} ORDER BY row_id")
    if not len(table):
        return None
    return Told(name=source, table=table, read_as="lake", columns={"key": _lake_key(names)})


def _lake_key(names: Sequence[str]) -> str:
    told = {"entry": "entry.serial", "transfer": "transfer.transfer_id"}
    return ", ".join(told[name] for name in names)
