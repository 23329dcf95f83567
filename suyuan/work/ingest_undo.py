"""`suyuan ingest undo`: takes a source out again, and says which people, firms and accounts that changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import arrow_schema
from suyuan.domain.errors import Conflict, DataError, NotFound, UsageError
from suyuan.domain.tell import Tell
from suyuan.domain.workspace import Workspace
from suyuan.engine.disk import locked
from suyuan.sources import lake
from suyuan.work.entity_changes import EntityChanges, changes
from suyuan.work.entity_store import latest
from suyuan.work.ingest_leave import finish, leave
from suyuan.work.ingest_named import InLake, Meant, meant
from suyuan.work.resolve import resolve

MOST = 20
"""Entities listed of each change."""

_MEMBER = ("kind", "table_name", "member_row_id", "lake_id", "entity_id")


@dataclass(frozen=True, kw_only=True)
class Undone:
    """What was taken out, or with `dry_run` would be.

    `changes` is null when the entities could not be told apart before and after; `why_unknown` says why, in words.
    After a dry run it is an estimate: what the standing resolution is without the records of these files.
    """

    gone: Meant
    reason: str
    actor: str
    dry_run: bool
    changes: EntityChanges | None
    why_unknown: str | None = None
    resolution_id: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return what a program wants to know."""
        files = self.gone.files
        return {
            "what": self.gone.what,
            "named": self.gone.name,
            "dry_run": self.dry_run,
            "files": [_file(each) for each in files],
            "rows_kept": sum(each.rows for each in files),
            "rows_quarantined": sum(each.quarantined for each in files),
            "why": self.reason,
            "actor": self.actor,
            "resolution_id": self.resolution_id,
            "entities": self.changes.to_json(most=MOST) if self.changes else None,
            "why_unknown": self.why_unknown,
        }


def _file(each: InLake) -> dict[str, Any]:
    return {
        "file": each.file,
        "sha256": each.sha256,
        "source": each.source,
        "loaded_at": each.loaded_at,
        "tables": dict(each.tables),
        "rows_quarantined": each.quarantined,
    }


def ingest_undo(
    workspace: Workspace,
    name: str,
    *,
    reason: str,
    actor: str,
    now: datetime,
    dry_run: bool = False,
    tell: Tell = lambda *_: None,
) -> Undone:
    """Take what `name` means out of the lake of `workspace`: its rows, its refused rows and its manifest.

    Args:
        workspace: Its lake, its ledger and its resolutions.
        name: See `suyuan.work.ingest_named.meant`.
        reason: Why; kept in the ledger with the event `ingest.undone`.
        actor: Who; kept there too.
        now: China Standard Time.
        dry_run: Say only what would go; nothing is written.
        tell: Told of progress.

    The files are out all at one moment, whenever the process is killed. Who is who is resolved before and after, so
    that the difference is due to these files alone; runs and resolutions made before stay as they are. Taken in again,
    the files give the entities the ids they had.

    Raises:
        UsageError: There is no reason to record, or `name` means several things.
        NotFound: It means nothing.
        Conflict: Another command is writing in the workspace.
        DataError: The lake or the ledger is broken.
    """
    if dry_run:
        gone = meant(workspace, name)
        found, why = _without(workspace, gone.files)
        return Undone(gone=gone, reason=reason, actor=actor, dry_run=True, changes=found, why_unknown=why)
    if not reason.strip():
        raise UsageError("undo.no_reason")
    with locked(workspace):
        finish(workspace)
        meant(workspace, name)
    before = _Known.of(workspace, tell=tell)
    with locked(workspace):
        gone = meant(workspace, name)
        leave(workspace, gone, reason=reason, actor=actor, now=now)
    after = before if before.members is None else _Known.after(workspace, tell=tell)
    told = None
    if before.members is not None and after.members is not None:
        told = changes(before.members, after.members)
    return Undone(
        gone=gone,
        reason=reason,
        actor=actor,
        dry_run=False,
        changes=told,
        why_unknown=after.why,
        resolution_id=after.resolution_id,
    )


@dataclass(frozen=True, kw_only=True)
class _Known:
    """Who is who at one moment; without `members`, `why` that could not be said."""

    members: pa.Table | None
    resolution_id: str | None = None
    why: str | None = None

    @classmethod
    def of(cls, workspace: Workspace, *, tell: Tell) -> "_Known":
        if not lake.tables(workspace):
            return cls(members=arrow_schema(contracts()["entity_member"]).empty_table())
        try:
            found = resolve(workspace=workspace, tell=tell).resolution
            return cls(members=found.read("entity_member", columns=list(_MEMBER)), resolution_id=found.resolution_id)
        except DataError as fault:
            return cls(members=None, why=str(fault))

    @classmethod
    def after(cls, workspace: Workspace, *, tell: Tell) -> "_Known":
        """Return who is who now; what has been done is told even where another command came in between."""
        try:
            return cls.of(workspace, tell=tell)
        except Conflict as busy:
            return cls(members=None, why=str(busy))


def _without(workspace: Workspace, files: Sequence[InLake]) -> tuple[EntityChanges | None, str | None]:
    """Return what the resolution that stands loses without the rows of `files`."""
    try:
        standing = latest(workspace).read("entity_member", columns=list(_MEMBER))
    except NotFound as none:
        return None, str(none)
    digests = pa.array([lake.digest_name(each.sha256) for each in files])
    theirs = pc.is_in(pc.utf8_slice_codeunits(standing["member_row_id"], 0, 16), digests)
    return changes(standing, standing.filter(pc.invert(theirs))), None
