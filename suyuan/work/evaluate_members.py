"""Reads the leads of another tool: one CSV with a row for every member of a lead."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa

from suyuan.domain.errors import DataError
from suyuan.engine.protocol import Engine
from suyuan.world.score.found import NOT_CORE, UNSAID
from suyuan.world.score.score import Told

NEEDED = ("lead_id", "rank", "score", "source", "source_key")
OPTIONAL = ("role", "kind", "raised", "amount_fen", "controller_rank")

_MEMBER = pa.schema(
    [
        *((name, pa.string()) for name in ("lead_id", "kind", "member_id", "role", "source", "source_key")),
        *((name, pa.int64()) for name in ("signals", "controller_rank")),
    ]
)
_LEAD = pa.schema(
    [
        ("lead_id", pa.string()),
        ("place", pa.int64()),
        ("score", pa.float64()),
        ("raised", pa.bool_()),
        ("amount_fen", pa.int64()),
    ]
)
_ENTITY = pa.schema(
    [(name, pa.string()) for name in ("kind", "entity_id", "table_name", "row_id", "source", "source_key")]
)


def lay_members(engine: Engine, path: Path) -> Told:
    """Make the leads of the CSV `path` known to the scorer, and return what it says at all.

    Columns: `lead_id`, `rank` (1 first), `score`, `source` and `source_key` (the giving institution and its own key, as
    `truth/records.parquet` has them); as wanted `role`, `kind` (person, company, account: where one key could be
    several), `raised` (true or false; default true), `amount_fen`, `controller_rank` (1 first). Of a lead the first row
    tells `rank`, `score`, `raised` and `amount_fen`. UTF-8, with or without a mark.

    Raises:
        DataError: The file cannot be read, a column is missing, or a value is no number.
    """
    leads: dict[str, dict[str, object]] = {}
    members: list[dict[str, object]] = []
    columns: set[str] = set()
    for line, row in _rows(path):
        columns |= row.keys()
        lead_id = _text(row, "lead_id") or ""
        if lead_id not in leads:
            leads[lead_id] = _lead(row, path=path, line=line)
        members.append(_member(row, path=path, line=line))
    engine.write("found_lead", pa.Table.from_pylist(list(leads.values()), schema=_LEAD))
    engine.write("found_member", pa.Table.from_pylist(members, schema=_MEMBER))
    engine.write("found_entity", _ENTITY.empty_table())
    said = {member["role"] for member in members} - {None, UNSAID, *NOT_CORE}
    return Told(entities=False, typologies=None, roles=bool(said), controllers="controller_rank" in columns)


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str | None]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
            if missing:
                raise DataError("evaluate.members_lack", file=path.name, columns=", ".join(missing))
            for row in reader:
                yield reader.line_num, row
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise DataError("evaluate.members_unread", file=path.name, why=str(fault)) from fault


def _lead(row: Mapping[str, str | None], *, path: Path, line: int) -> dict[str, object]:
    raised = (_text(row, "raised") or "true").lower()
    if raised not in {"true", "false", "1", "0"}:
        raise DataError("evaluate.members_value", file=path.name, line=line, column="raised", value=raised)
    place, score = _number(row, "rank", path=path, line=line), _number(row, "score", path=path, line=line)
    if place is None:
        raise DataError("evaluate.members_value", file=path.name, line=line, column="rank", value="")
    amount = _number(row, "amount_fen", path=path, line=line)
    return {
        "lead_id": _text(row, "lead_id"),
        "place": int(place),
        "score": score,
        "raised": raised in {"true", "1"},
        "amount_fen": None if amount is None else int(amount),
    }


def _member(row: Mapping[str, str | None], *, path: Path, line: int) -> dict[str, object]:
    rank = _number(row, "controller_rank", path=path, line=line)
    source, key = _text(row, "source"), _text(row, "source_key")
    return {
        "lead_id": _text(row, "lead_id"),
        "kind": _text(row, "kind"),
        "member_id": f"{source}:{key}",
        "role": _text(row, "role"),
        "source": source,
        "source_key": key,
        "signals": None,
        "controller_rank": None if rank is None else int(rank),
    }


def _text(row: Mapping[str, str | None], column: str) -> str | None:
    return (row.get(column) or "").strip() or None


def _number(row: Mapping[str, str | None], column: str, *, path: Path, line: int) -> float | None:
    value = _text(row, column)
    try:
        return None if value is None else float(value)
    except ValueError as fault:
        raise DataError("evaluate.members_value", file=path.name, line=line, column=column, value=value) from fault
