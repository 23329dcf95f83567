"""Lets files leave the lake, and writes into the ledger who did it and why: both happen, or neither does."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from suyuan.domain.workspace import Workspace
from suyuan.engine.disk import staging
from suyuan.ledger.store import Ledger
from suyuan.sources import lake
from suyuan.work.ingest_named import Meant

KIND = "ingest.undone"
"""Kind of the event in the ledger."""


def leave(workspace: Workspace, gone: Meant, *, reason: str, actor: str, now: datetime) -> None:
    """Take the files of `gone` out of the lake, all at one moment, and record it; needs the workspace's lock.

    Killed anywhere, the lake holds all of them or none; what is left to remove or to record is done by `finish`, which
    every command that writes to the lake calls first.
    """
    digests = sorted(each.sha256 for each in gone.files)
    rows: dict[str, int] = {}
    for each in gone.files:
        for table, count in each.tables.items():
            rows[table] = rows.get(table, 0) + count
    told = now.isoformat(timespec="microseconds")
    body = {
        "undo": hashlib.sha256("\n".join([told, *digests]).encode()).hexdigest()[:16],
        "files": [each.file for each in gone.files],
        "digests": [each.sha256 for each in gone.files],
        "sources": sorted({each.source for each in gone.files if each.source}),
        "rows": dict(sorted(rows.items())),
        "quarantined": sum(each.quarantined for each in gone.files),
    }
    note = {"subject": f"{gone.what}:{gone.name}", "actor": actor, "now": told, "why": reason, "body": body}
    with staging(workspace) as folder:
        lake.take_out(workspace, digests, note=note, folder=folder)
    finish(workspace)


def finish(workspace: Workspace) -> None:
    """Record and remove what a leaving that was killed left behind; needs the workspace's lock.

    Raises:
        DataError: The note, a manifest or the ledger cannot be read.
    """
    note = lake.leaving(workspace)
    if note is None:
        return
    _record(workspace, note)
    lake.end_leaving(workspace)


def _record(workspace: Workspace, note: Mapping[str, Any]) -> None:
    with Ledger(workspace.ledger) as ledger:
        done = ledger.events(kind=KIND, subject=note["subject"])
        if all(event.body["undo"] != note["body"]["undo"] for event in done):
            now = datetime.fromisoformat(note["now"])
            ledger.append(KIND, note["subject"], note["body"], actor=note["actor"], now=now, why=note["why"])
