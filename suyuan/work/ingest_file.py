"""Reads one file aside: its grids recognised, staged and checked, so that publishing is all that is left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from suyuan.domain.contract import contracts
from suyuan.domain.errors import DataError
from suyuan.domain.say import say
from suyuan.engine.text import literal
from suyuan.sources.apply import choose, recipe_for
from suyuan.sources.contract_csv import choose_contract, contract_recipe
from suyuan.sources.grid import Grid, Recipe
from suyuan.sources.header import headers
from suyuan.sources.lake import Part
from suyuan.sources.mapping import TableMapping
from suyuan.sources.stage import Staged, laid_once, left_out, stage
from suyuan.sources.statement import Ask, Hints, content, recognise, verify
from suyuan.sources.tables import Tables
from suyuan.work.ingest_report import (
    Asked,
    FileReport,
    SheetReport,
    TableReport,
    main_currency,
    merged_checks,
    merged_tables,
)

STATEMENT = "statement"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How files are to be read: what was typed, and the mappings to choose from.

    `mapping`, when given, is the only one tried; the word "statement" asks for a statement.
    """

    hints: Hints
    mappings: Mapping[str, TableMapping]
    mapping: TableMapping | None = None
    statement_only: bool = False
    loaded_at: datetime


@dataclass(frozen=True, kw_only=True)
class Aside:
    """A file read aside: its report, and the staged parts that make it true once they are published."""

    report: FileReport
    parts: tuple[Part, ...] = ()


@dataclass(kw_only=True)
class _Gathered:
    """What the grids of one file have given so far."""

    staged: list[Staged] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    checks: list[Mapping[str, Any]] = field(default_factory=list)
    sheets: list[SheetReport] = field(default_factory=list)
    recipes: list[Recipe] = field(default_factory=list)
    needs: list[Asked] = field(default_factory=list)
    left_out: int = 0
    seen: dict[tuple[int, int, int], int] = field(default_factory=dict)
    lines: dict[tuple[int, int, int], int] = field(default_factory=dict)


def read_aside(con: duckdb.DuckDBPyConnection, grids: Sequence[Grid], *, plan: Plan, folder: Path) -> Aside:
    """Stage every grid of one file below `folder` and return what to publish.

    A sheet equal to an earlier one is not read again. A file of which anything must be asked is not staged at all.

    Raises:
        DataError: No grid has a row of data, or the file does not fit the mapping that was asked for.
    """
    got = _Gathered()
    for grid in grids:
        if _is_bare(grid):
            got.sheets.append(SheetReport(sheet_no=grid.sheet_no, sheet=grid.sheet, left=True))
            continue
        same = _same_as(con, grid, got) if len(grids) > 1 else None
        if same is not None:
            got.sheets.append(SheetReport(sheet_no=grid.sheet_no, sheet=grid.sheet, same_as=same))
            continue
        recipe = recipe_of(con, grid, plan=plan)
        match recipe:
            case None:
                got.sheets.append(SheetReport(sheet_no=grid.sheet_no, sheet=grid.sheet, left=True))
            case Ask():
                got.needs += [Asked(option=need.option, why=str(need)) for need in recipe.needs]
            case Recipe():
                _stage_grid(con, grid, recipe, got=got, plan=plan, folder=folder)
    first = grids[0]
    if all(map(_is_bare, grids)):
        raise DataError("ingest.no_rows", file=first.file)
    if got.needs or not got.recipes:
        needs = tuple(dict.fromkeys(got.needs)) or (Asked(option="--mapping", why=say("ingest.not_recognised")),)
        return Aside(report=FileReport(file=first.file, sha256=first.sha256, status="asked", needs=needs))
    if not any(told.rows_read for told in got.staged):
        raise DataError("ingest.no_rows", file=first.file)
    return Aside(report=_report(grids, got), parts=tuple(got.parts))


def _is_bare(grid: Grid) -> bool:
    """Return whether the grid holds at most one row with cells: a header alone, or a title."""
    whole = grid.n_rows is not None and grid.n_rows <= len(grid.head)
    return grid.names is None and whole and sum(1 for row in grid.head if any(row)) <= 1


def recipe_of(con: duckdb.DuckDBPyConnection, grid: Grid, *, plan: Plan) -> Recipe | Ask | None:
    """Return how `grid` is ingested: by the mapping asked for, by the one its header calls for, or as a statement.

    Raises:
        DataError: The mapping asked for does not fit.
    """
    source = plan.hints.institution
    if plan.mapping is not None:
        chosen = choose(grid, [plan.mapping])
        if chosen is None:
            found = ", ".join(headers(grid)[0].places) if headers(grid) else "–"
            wanted = ", ".join(plan.mapping.columns)
            raise DataError(
                "ingest.mapping_misses", file=grid.file, mapping=plan.mapping.name, wanted=wanted, found=found
            )
        return recipe_for(grid, chosen[0], chosen[1], con=con, source=source)
    if not plan.statement_only:
        chosen = choose(grid, plan.mappings.values())
        if chosen is not None:
            return recipe_for(grid, chosen[0], chosen[1], con=con, source=source)
        followed = choose_contract(grid)
        if followed is not None:
            return contract_recipe(grid, followed[0], followed[1], source=source)
    return recognise(grid, hints=plan.hints, con=con)


def _same_as(con: duckdb.DuckDBPyConnection, grid: Grid, got: _Gathered) -> int | None:
    """Return the number of an earlier sheet with the same cells in the same rows, noting this one otherwise."""
    cells = ", ".join('"' + name.replace('"', '""') + '"' for name in grid.names or _cells(grid))
    hashed = f"SELECT hash(row_no, {cells}) AS h FROM {grid.relation}"
    sql = f"SELECT count(*), coalesce(sum(h), 0) % 9223372036854775807, bit_xor(h) FROM ({hashed})"
    count, total, mixed = con.execute(sql).fetchall()[0]
    key = (int(count), int(total), int(mixed or 0))
    before = got.seen.setdefault(key, grid.sheet_no)
    return before if before != grid.sheet_no else None


def _cells(grid: Grid) -> list[str]:
    return [f"c{place}" for place in range(1, grid.n_cols + 1)]


def _stage_grid(
    con: duckdb.DuckDBPyConnection, grid: Grid, recipe: Recipe, *, got: _Gathered, plan: Plan, folder: Path
) -> None:
    with Tables(con) as tables:
        laid, read_from = laid_once(tables, grid, recipe)
        staged = [
            stage(
                con,
                grid=laid,
                recipe=read_from,
                rows=rows,
                contract=contracts()[rows.table],
                folder=folder,
                loaded_at=plan.loaded_at,
            )
            for rows in recipe.tables
        ]
    same = _told_before(con, grid, staged[0], got)
    if same is not None:
        got.sheets.append(SheetReport(sheet_no=grid.sheet_no, sheet=grid.sheet, same_as=same))
        return
    got.recipes.append(recipe)
    got.staged += staged
    for told in staged:
        if told.kept:
            got.parts.append(Part(path=told.kept, table=told.table, sheet_no=grid.sheet_no))
            got.checks += _checks(con, told, recipe)
        if told.refused:
            got.parts.append(Part(path=told.refused, table=None, sheet_no=grid.sheet_no))
    got.left_out += left_out(con, grid, recipe)
    read = max(told.rows_read for told in staged)
    got.sheets.append(SheetReport(sheet_no=grid.sheet_no, sheet=grid.sheet, rows_read=read))


def _told_before(con: duckdb.DuckDBPyConnection, grid: Grid, told: Staged, got: _Gathered) -> int | None:
    """Return the number of an earlier sheet whose lines of a statement are these, written otherwise; else note them."""
    if told.table != "entry" or not told.kept:
        return None
    lines = (*content(con, f"read_parquet({literal(str(told.kept))})"), told.rows_quarantined)
    before = got.lines.setdefault(lines, grid.sheet_no)
    return before if before != grid.sheet_no else None


def _checks(con: duckdb.DuckDBPyConnection, told: Staged, recipe: Recipe) -> Iterable[Mapping[str, Any]]:
    """Yield what the kept rows of a table of money add up to."""
    relation = f"read_parquet({literal(str(told.kept))})"
    if told.table == "entry":
        yield verify(con, relation, recipe.facts)
    elif told.table == "transfer":
        rows = con.execute(
            f"SELECT currency, sum(amount_fen)::BIGINT, count(*) FROM {relation} GROUP BY 1 ORDER BY 1"
        ).fetchall()
        sums = {str(code): {"in": int(fen), "out": int(fen), "rows": int(count)} for code, fen, count in rows}
        main = main_currency(sums)
        yield {
            "sums": sums,
            "in_fen": sums[main]["in"] if main else None,
            "out_fen": sums[main]["out"] if main else None,
        }


def _report(grids: Sequence[Grid], got: _Gathered) -> FileReport:
    first, recipe = grids[0], got.recipes[0]
    tables = merged_tables(
        [
            TableReport(
                table=told.table,
                rows_read=told.rows_read,
                rows_kept=told.rows_kept,
                rows_quarantined=told.rows_quarantined,
                reasons=told.reasons,
            )
            for told in got.staged
        ]
    )
    filled = tuple(told for told in tables if told.rows_read)
    main = next((told for told in filled if told.table == recipe.tables[0].table), filled[0])
    return FileReport(
        file=first.file,
        status="ingested",
        sha256=first.sha256,
        table=main.table,
        mapping=recipe.mapping,
        version=recipe.version,
        source=recipe.source,
        rows_read=main.rows_read,
        rows_kept=main.rows_kept,
        rows_quarantined=main.rows_quarantined,
        rows_left_out=got.left_out,
        reasons=main.reasons,
        checks=merged_checks(got.checks),
        tables=filled,
        sheets=tuple(got.sheets),
        facts=recipe.facts,
        notes=tuple(say(note) for grid in grids for note in grid.notes),
    )
