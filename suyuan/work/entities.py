"""`suyuan entities export`: which id of which institution is whom, as one table to join by."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from suyuan.domain.errors import NotFound, UsageError
from suyuan.domain.workspace import Workspace
from suyuan.engine.disk import flush, move
from suyuan.engine.text import literal
from suyuan.ledger.store import Ledger
from suyuan.resolve.judgement import Kind
from suyuan.work.entity_book import EntityBook
from suyuan.work.entity_store import ResolutionInfo, latest

EXPORTED = "entity.exported"

_ROWS = "select distinct entity_id, source, source_key from entity_member where kind = {kind} order by all nulls last"


@dataclass(frozen=True, kw_only=True)
class Exported:
    """What was written: `rows` ids of institutions, belonging to `entities`."""

    out: Path
    kind: Kind
    rows: int
    entities: int
    resolution: ResolutionInfo

    def to_json(self) -> dict[str, Any]:
        """Return what a program wants to know."""
        told = {"file": str(self.out), "kind": self.kind, "rows": self.rows, "entities": self.entities}
        return {**told, "resolution_id": self.resolution.resolution_id, "resolution_no": self.resolution.number}


def export(
    *, workspace: Workspace, kind: Kind, out: Path, actor: str, now: datetime, as_of: date | None = None
) -> Exported:
    """Write `entity_id`, `source`, `source_key` of every id of `kind` in the resolution of `as_of` as CSV.

    UTF-8, one row an id, in the order of the columns; quoted where a key needs it and unchanged otherwise, for what
    reads the file joins by it. The keys are the institutions' own, unmasked; nothing else of their records goes out.
    The ledger keeps who took how many, when. The file is written aside and renamed.

    Raises:
        NotFound: There is no such resolution, or the folder of `out` is not there.
        UsageError: `out` is a folder.
        DataError: A table or the ledger cannot be used.
    """
    resolution = latest(workspace, as_of=as_of)
    if out.is_dir():
        raise UsageError("entities.out_folder", out=out)
    if not out.absolute().parent.is_dir():
        raise NotFound("entities.no_folder", folder=out.absolute().parent)
    aside = out.absolute().with_name(f".{out.name}.{uuid4().hex[:8]}")
    rows = _ROWS.format(kind=literal(kind))
    try:
        with EntityBook(resolution) as book:
            book.write_csv(rows, aside)
            (counted,) = book.rows(f"select count(*) as rows, count(distinct entity_id) as entities from ({rows})")
        told: dict[str, Any] = {**counted, "kind": kind, "resolution_id": resolution.resolution_id}
        with Ledger(workspace.ledger) as ledger:
            ledger.append(EXPORTED, resolution.resolution_id, told, actor=actor, now=now)
        flush(aside)
        move(aside, out.absolute())
    finally:
        aside.unlink(missing_ok=True)
    return Exported(out=out, kind=kind, rows=counted["rows"], entities=counted["entities"], resolution=resolution)
