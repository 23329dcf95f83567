"""JSON lines, and arrays of JSON objects: one column per key, every value as text.

Numbers keep the digits they were written with; a nested value is its JSON text, for `json_extract_string` to open.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import duckdb

from suyuan.domain.errors import DataError
from suyuan.engine.text import literal
from suyuan.sources.columnar import unique_names
from suyuan.sources.encoding import Text, decode
from suyuan.sources.grid import HEAD_ROWS, TAIL_ROWS, Grid
from suyuan.sources.reading import Reading, Row, identifier, lay_rows
from suyuan.sources.taken import Taken
from suyuan.sources.text import ends, read_text

_NAMES = (".json", ".jsonl", ".ndjson")


class _Written(float):
    """A number that remembers how it was written."""

    told: str

    def __new__(cls, told: str) -> "_Written":
        number = super().__new__(cls, told)
        number.told = told
        return number


def read_json(reading: Reading, taken: Taken) -> Grid:
    """Return the grid of the JSON objects in a file; `row_no` counts records.

    A text that merely opens with a bracket is read as delimited text, unless its name says JSON.

    Raises:
        DataError: A record is broken, not an object, or gives one key twice; the message names its line. Or a bound.
    """
    if taken.size > reading.limits.small_text:
        return _large(reading, taken)
    data = taken.path.read_bytes()
    decoded = decode(data)
    try:
        records = list(_records(decoded.text))
    except DataError:
        if taken.file.lower().endswith(_NAMES) or not _looks_delimited(decoded.text):
            raise
        return read_text(reading, data, file=taken.file, sha256=taken.sha256)
    if not records:
        raise DataError("read.blank")
    own = list(dict.fromkeys(key for record in records for key in record))
    names = _names(reading, own)
    rows = [[_text(record.get(key)) for key in own] for record in records]
    relation = lay_rows(reading, rows, n_cols=len(names), names=names)
    return _grid(taken, relation, names, decoded, len(rows), (rows[:HEAD_ROWS], rows[-TAIL_ROWS:]), own)


def _looks_delimited(text: str) -> bool:
    line = text.lstrip().split("\n", 1)[0].strip()
    return not line.startswith("{") and not line.endswith(("{", "[", "}", "},"))


def _names(reading: Reading, own: list[str]) -> list[str]:
    limit = reading.limits.columns
    if len(own) > limit:
        raise DataError("read.too_wide_sheet", columns=len(own), limit=limit)
    return unique_names(own)


def _records(text: str) -> Iterator[dict[str, Any]]:
    body = text.strip()
    if body.startswith("["):
        whole = _parsed(body, line=1)
        for number, record in enumerate(whole, start=1):
            yield _object(record, line=number)
        return
    lines = text.split("\n")
    if len(lines) > 1 and lines[0].strip() in ("{", ""):
        yield _object(_parsed(body, line=1), line=1)
        return
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _object(_parsed(line, line=number), line=number)


def _parsed(text: str, *, line: int) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_float=_Written, parse_constant=_Written)
    except json.JSONDecodeError as fault:
        raise DataError("read.broken_json", line=line + fault.lineno - 1, column=fault.colno) from fault
    except RecursionError as fault:
        raise DataError("read.json_too_deep", line=line) from fault
    except ValueError as fault:
        raise DataError(
            "read.json_key_twice" if fault.args[:1] == (_TWICE,) else "read.broken_json", line=line, column=1
        ) from fault


_TWICE = "a key twice"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(_TWICE)
    return found


def _object(value: Any, *, line: int) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise DataError("read.json_not_object", line=line)
    return value


def _text(value: Any) -> str | None:
    match value:
        case None:
            return None
        case str():
            return _sound(value)
        case bool():
            return "true" if value else "false"
        case _Written():
            return value.told
        case int():
            return str(value)
        case _:
            return _sound(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _sound(text: str) -> str:
    """Return `text` with lone halves of surrogate pairs, which no file can hold, as U+FFFD; NULs likewise."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "\ufffd")


def _grid(
    taken: Taken,
    relation: str,
    names: list[str],
    decoded: Text,
    n_rows: int,
    edges: tuple[Iterable[Row], Iterable[Row]],
    own: list[str],
) -> Grid:
    renamed = () if names == own else ("read.renamed_columns",)
    return Grid(
        file=taken.file,
        sha256=taken.sha256,
        sheet=None,
        sheet_no=1,
        relation=relation,
        n_cols=len(names),
        n_rows=n_rows,
        head=ends(edges[0]),
        tail=ends(edges[1]),
        names=tuple(names),
        encoding=decoded.encoding,
        notes=(*decoded.notes, *renamed),
    )


def _large(reading: Reading, taken: Taken) -> Grid:
    """Return the grid of large JSON lines through DuckDB, which reads UTF-8 only and names the line that is broken."""
    source, con = literal(str(taken.path)), reading.con
    with taken.path.open("rb") as stream:
        if stream.read(64).lstrip().startswith(b"["):
            raise DataError("read.json_array_too_big", limit=reading.limits.small_text)
    objects = f"read_ndjson_objects({source}, maximum_object_size = {16 * reading.limits.cell_chars})"
    try:
        counted = con.execute(f"select count(*), count_if(json_type(json) <> 'OBJECT') from {objects}").fetchone()
        n_rows, others = counted if counted else (0, 0)
        if others:
            raise DataError("read.json_not_object", line=0)
        keys = con.execute(f"select distinct unnest(json_keys(json)) as key from {objects} order by key").fetchall()
        own = [str(row[0]) for row in keys]
        names = _names(reading, own)
        columns = ", ".join(
            f"json_extract_string(json, {literal('/' + key.replace('~', '~0').replace('/', '~1'))}) as {identifier(name)}"
            for key, name in zip(own, names, strict=True)
        )
        relation = reading.view(f"select row_number() over () as row_no, {columns} from {objects}")
        edges = tuple(
            con.execute(f"select * exclude (row_no) from {relation} where row_no {where} order by row_no").fetchall()
            for where in (f"<= {HEAD_ROWS}", f"> {n_rows - TAIL_ROWS}")
        )
    except duckdb.Error as fault:
        raise DataError("read.broken_json_file", why=str(fault).splitlines()[0][:200]) from fault
    return _grid(taken, relation, names, Text(text="", encoding="utf-8"), n_rows, (edges[0], edges[1]), own)
