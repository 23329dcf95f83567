"""JSON lines, and arrays of JSON objects: one column per key, every value as text.

Numbers keep the digits they were written with; a nested value is its JSON text, for `json_extract_string` to open.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Self

import duckdb

from suyuan.domain.errors import DataError
from suyuan.engine.text import literal
from suyuan.sources.bulk import read_bulk
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

    def __new__(cls, told: str) -> Self:
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
    return _grid(
        taken,
        relation=relation,
        n_rows=len(rows),
        names=(own, names),
        edges=(rows[:HEAD_ROWS], rows[-TAIL_ROWS:]),
        decoded=decoded,
    )


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
        if fault.args[:1] == (_TWICE,):
            raise DataError("read.json_key_twice", line=line) from fault
        raise DataError("read.broken_json", line=line, column=1) from fault


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
    *,
    relation: str,
    n_rows: int,
    names: tuple[list[str], list[str]],
    edges: tuple[Iterable[Row], Iterable[Row]],
    decoded: Text,
) -> Grid:
    """Return the grid; `names` are the keys as written and as the columns are called."""
    own, called = names
    return Grid(
        file=taken.file,
        sha256=taken.sha256,
        sheet=None,
        sheet_no=1,
        relation=relation,
        n_cols=len(called),
        n_rows=n_rows,
        head=ends(edges[0]),
        tail=ends(edges[1]),
        names=tuple(called),
        encoding=decoded.encoding,
        notes=decoded.notes if own == called else (*decoded.notes, "read.renamed_columns"),
    )


def _large(reading: Reading, taken: Taken) -> Grid:
    """Return the grid of large JSON lines, through DuckDB (which reads UTF-8 only)."""
    with taken.path.open("rb") as stream:
        first = stream.readline(reading.limits.cell_chars).strip()
    if not taken.file.lower().endswith(_NAMES) and _looks_delimited(first.decode("utf-8", "replace")):
        return read_bulk(reading, taken.path, file=taken.file)
    if first.startswith(b"["):
        raise DataError("read.json_array_too_big", limit=reading.limits.small_text)
    try:
        return _scanned(reading, taken)
    except duckdb.Error as fault:
        _find_broken(reading, taken)
        told = str(fault).splitlines()[0].replace(str(taken.path), taken.file)[:200]
        raise DataError("read.broken_json_file", why=told) from fault


def _scanned(reading: Reading, taken: Taken) -> Grid:
    con = reading.con
    objects = f"read_ndjson_objects({literal(str(taken.path))}, maximum_object_size = {16 * reading.limits.cell_chars})"
    numbered = f"select row_number() over () as line, json_type(json) as kind, json_keys(json) as keys from {objects}"
    counted = con.execute(
        "select count(*), min(line) filter (kind <> 'OBJECT'), min(line) filter (len(keys) <> len(list_distinct(keys)))"
        f" from ({numbered})"
    ).fetchone()
    n_rows, other, twice = counted or (0, None, None)
    if other:
        raise DataError("read.json_not_object", line=other)
    if twice:
        raise DataError("read.json_key_twice", line=twice)
    keys = con.execute(f"select distinct unnest(json_keys(json)) as key from {objects} order by key").fetchall()
    own = [str(row[0]) for row in keys]
    names = _names(reading, own)
    columns = ", ".join(
        f"json_extract_string(json, {_pointer(key)}) as {identifier(name)}"
        for key, name in zip(own, names, strict=True)
    )
    relation = reading.view(f"select row_number() over () as row_no, {columns} from {objects}")
    edges = [
        con.execute(f"select * exclude (row_no) from {relation} where row_no {where} order by row_no").fetchall()
        for where in (f"<= {HEAD_ROWS}", f"> {n_rows - TAIL_ROWS}")
    ]
    return _grid(
        taken,
        relation=relation,
        n_rows=n_rows,
        names=(own, names),
        edges=(edges[0], edges[1]),
        decoded=Text(text="", encoding="utf-8"),
    )


def _find_broken(reading: Reading, taken: Taken) -> None:
    """Name the line that is broken, by a slower parser; return when it finds none.

    Raises:
        DataError: A line is no JSON.
    """
    with taken.path.open(encoding="utf-8", errors="replace") as stream:
        for number, line in enumerate(stream, start=1):
            if number % 65_536 == 0:
                reading.tick()
            if line.strip():
                _parsed(line, line=number)


def _pointer(key: str) -> str:
    """Return the JSON pointer of a key of the record itself, as an SQL literal."""
    return literal("/" + key.replace("~", "~0").replace("/", "~1"))
