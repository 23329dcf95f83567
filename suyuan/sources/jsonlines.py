"""JSON lines, and arrays of JSON objects: one column per key, every value as text.

Numbers keep the digits they were written with; a nested value is its JSON text, for `json_extract_string` to open.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Self

from suyuan.domain.errors import DataError
from suyuan.engine.text import literal
from suyuan.sources.blocks import Behind, Decoder, line_blocks
from suyuan.sources.bulk import read_bulk
from suyuan.sources.columnar import unique_names
from suyuan.sources.encoding import decode, sniff
from suyuan.sources.grid import HEAD_ROWS, TAIL_ROWS, Grid
from suyuan.sources.magic import HEAD
from suyuan.sources.reading import Reading, write_rows
from suyuan.sources.taken import Taken
from suyuan.sources.text import ends, read_text

_NAMES = (".json", ".jsonl", ".ndjson")
_CHUNK = 20_000  # records held at once
_TWICE = "a key twice"

Record = dict[str, Any]
Texts = list[str | None]


class _Written(float):
    """A number that remembers how it was written."""

    told: str

    def __new__(cls, told: str) -> Self:
        number = super().__new__(cls, told)
        number.told = told
        return number


@dataclass(kw_only=True)
class _Laid:
    """What has been written so far: parts whose columns are the keys known by then."""

    keys: dict[str, None] = field(default_factory=dict)
    parts: list[Path] = field(default_factory=list)
    rows: int = 0
    head: list[Texts] = field(default_factory=list)
    tail: list[Texts] = field(default_factory=list)


def read_json(reading: Reading, taken: Taken) -> Grid:
    """Return the grid of the JSON objects in a file; `row_no` counts records. Memory of some thousand records.

    A text that merely opens with a bracket is read as delimited text, unless its name says JSON.

    Raises:
        DataError: A record is broken, not an object, or gives one key twice; the message names its line. Or a bound.
    """
    with taken.path.open("rb") as stream:
        sample = stream.read(HEAD)
    decoder = Decoder(encoding=sniff(sample))
    start = decode(sample[: sample.rfind(b"\n") + 1] or sample).text.lstrip()
    first = start.split("\n", 1)[0].strip()
    if not taken.file.lower().endswith(_NAMES) and not _is_json_line(first):
        return _as_text(reading, taken)
    if first.startswith("[") or first == "{":
        return _lay(reading, taken, _whole(reading, taken), decoder)
    return _lay(reading, taken, _lines(reading, taken, decoder), decoder)


def _is_json_line(line: str) -> bool:
    """Return whether a first line may be JSON: it opens as JSON does and does not go on like a title."""
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return line.startswith("{") or line.endswith(("{", "[", "}", "},"))
    return True


def _as_text(reading: Reading, taken: Taken) -> Grid:
    if taken.size > reading.limits.small_text:
        return read_bulk(reading, taken.path, file=taken.file)
    return read_text(reading, taken.path.read_bytes(), file=taken.file, sha256=taken.sha256)


def _whole(reading: Reading, taken: Taken) -> Iterator[Record]:
    """Yield the records of an array, or the one object that the file is."""
    if taken.size > reading.limits.small_text:
        raise DataError("read.json_array_too_big", limit=reading.limits.small_text)
    body = decode(taken.path.read_bytes()).text.strip()
    whole = _parsed(body, line=1)
    for number, record in enumerate(whole if isinstance(whole, list) else [whole], start=1):
        yield _object(record, line=number)


def _lines(reading: Reading, taken: Taken, decoder: Decoder) -> Iterator[Record]:
    number = 0
    with Behind() as digest:
        for block in line_blocks(taken.path, decoder=decoder, digest=digest, limits=reading.limits):
            for line in decoder.utf8(block).decode().split("\n"):
                number += 1
                if line.strip():
                    yield _object(_parsed(line, line=number), line=number)
            number -= 1  # a block ends in a line end


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


def _lay(reading: Reading, taken: Taken, records: Iterator[Record], decoder: Decoder) -> Grid:
    laid = _Laid()
    while chunk := list(islice(records, _CHUNK)):
        reading.tick()
        laid.keys.update(dict.fromkeys(key for record in chunk for key in record))
        if len(laid.keys) > reading.limits.columns:
            raise DataError("read.too_wide_sheet", columns=len(laid.keys), limit=reading.limits.columns)
        rows = [[_text(record.get(key)) for key in laid.keys] for record in chunk]
        laid.parts.append(write_rows(reading, rows, names=unique_names(list(laid.keys)), first=laid.rows + 1))
        laid.rows += len(rows)
        laid.head.extend(rows[: HEAD_ROWS - len(laid.head)])
        laid.tail = [*laid.tail, *rows][-TAIL_ROWS:]
    if not laid.rows:
        raise DataError("read.blank")
    decoder.check(lines=laid.rows)
    own, files = list(laid.keys), ", ".join(literal(str(path)) for path in laid.parts)
    names = unique_names(own)
    renamed = () if names == own else ("read.renamed_columns",)
    return Grid(
        file=taken.file,
        sha256=taken.sha256,
        sheet=None,
        sheet_no=1,
        relation=reading.view(f"select * from read_parquet([{files}], union_by_name = true)"),
        n_cols=len(names),
        n_rows=laid.rows,
        head=ends([*row, *(None for _ in names[len(row) :])] for row in laid.head),
        tail=ends([*row, *(None for _ in names[len(row) :])] for row in laid.tail),
        names=tuple(names),
        encoding=decoder.encoding,
        notes=(*decoder.notes(), *renamed),
    )
