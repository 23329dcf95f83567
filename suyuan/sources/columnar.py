"""Parquet: already a table with names and types; a view with a row number is all it needs."""

import duckdb

from suyuan.domain.errors import DataError
from suyuan.engine.text import literal
from suyuan.sources.grid import HEAD_ROWS, TAIL_ROWS, Grid
from suyuan.sources.reading import Reading, identifier
from suyuan.sources.taken import Taken

ROW_NO = "row_no"


def unique_names(names: list[str]) -> list[str]:
    """Return `names` made distinct without regard to case, none of them empty or `row_no`: a later one gets `_2`."""
    taken = {ROW_NO, "file_row_number"}
    found: list[str] = []
    for number, name in enumerate(names, start=1):
        wanted = base = name or f"column_{number}"
        turn = 2
        while wanted.lower() in taken:
            wanted, turn = f"{base}_{turn}", turn + 1
        taken.add(wanted.lower())
        found.append(wanted)
    return found


def read_parquet(reading: Reading, taken: Taken) -> Grid:
    """Return the grid of a Parquet file; `relation` has `row_no` and the file's own columns and types.

    Raises:
        DataError: The file is broken, has no columns, no rows, or passes a bound.
    """
    con, limits = reading.con, reading.limits
    source = literal(str(taken.path))
    try:
        own = [str(row[0]) for row in con.execute(f"describe select * from read_parquet({source})").fetchall()]
        counted = con.execute(f"select count(*) from read_parquet({source})").fetchone()
        n_rows = int(counted[0]) if counted else 0
        if not n_rows:
            raise DataError("read.blank")
        if len(own) > limits.columns:
            raise DataError("read.too_wide_sheet", columns=len(own), limit=limits.columns)
        if n_rows > limits.rows:
            raise DataError("read.too_many_rows", rows=n_rows, limit=limits.rows)
        names = unique_names(own)
        relation = _view(reading, source, own, names)
        head = _cells(reading, relation, names, f"row_no <= {HEAD_ROWS}")
        tail = _cells(reading, relation, names, f"row_no > {n_rows - TAIL_ROWS}")
    except duckdb.Error as fault:
        raise DataError("read.broken_parquet", why=str(fault).splitlines()[0][:200]) from fault
    return Grid(
        file=taken.file,
        sha256=taken.sha256,
        sheet=None,
        sheet_no=1,
        relation=relation,
        n_cols=len(names),
        n_rows=n_rows,
        head=head,
        tail=tail,
        names=tuple(names),
        notes=() if names == own else ("read.renamed_columns",),
    )


def _view(reading: Reading, source: str, own: list[str], names: list[str]) -> str:
    if "file_row_number" in map(str.lower, own):
        scan, number = f"read_parquet({source})", "row_number() over ()"
    else:
        scan, number = f"read_parquet({source}, file_row_number = true)", "file_row_number + 1"
    columns = ", ".join(f"{identifier(old)} as {identifier(new)}" for old, new in zip(own, names, strict=True))
    return reading.view(f"select {number} as {ROW_NO}, {columns} from {scan}")


def _cells(reading: Reading, relation: str, names: list[str], where: str) -> tuple[tuple[str | None, ...], ...]:
    columns = ", ".join(f"cast({identifier(name)} as varchar)" for name in names)
    sql = f"select {columns} from {relation} where {where} order by {ROW_NO}"
    return tuple(tuple(row) for row in reading.con.execute(sql).fetchall())
