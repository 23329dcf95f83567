"""`suyuan resolve`: who is who in everything ingested, written as one immutable folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from suyuan.domain.contract import contracts
from suyuan.domain.errors import DataError
from suyuan.domain.say import say
from suyuan.domain.tell import Tell
from suyuan.domain.workspace import Workspace
from suyuan.engine.disk import locked, staging
from suyuan.engine.open import EngineName, open_engine
from suyuan.sources import lake
from suyuan.work.entity_changes import EntityChanges, changes
from suyuan.work.entity_store import ResolutionInfo
from suyuan.work.resolving import Resolving, planned, resolved
from suyuan.work.run_inputs import lake_lines
from suyuan.work.views import lay_known

MOST = 20
"""Entities of each change that are listed."""

_STAGES = 3


@dataclass(frozen=True, kw_only=True)
class Resolved:
    """What `resolve` did.

    `unchanged`: it stood already for the same inputs. `changes` are those since the resolution whose ids live on; None
    where there was none, or nothing was done.
    """

    resolution: ResolutionInfo
    unchanged: bool
    changes: EntityChanges | None

    def to_json(self) -> dict[str, Any]:
        """Return what a program wants to know."""
        told = {**self.resolution.told, "unchanged": self.unchanged, "folder": str(self.resolution.folder)}
        return told if self.changes is None else {**told, "changes": self.changes.to_json(most=MOST)}


def resolve(
    *,
    workspace: Workspace,
    as_of: date | None = None,
    engine: EngineName = "duck",
    tell: Tell = lambda *_: None,
) -> Resolved:
    """Say who is who in everything that has been ingested.

    Args:
        workspace: Its lake and its ledger are read; `entities/<resolution_id>/` is written, in one rename.
        as_of: What was known or judged after this day plays no part; None: everything counts.
        engine: "duck" or "spark"; both find the same.
        tell: Told the stages as they are done.

    A resolution of the same inputs is returned as it stands. Ids live on from the one before.

    Raises:
        DataError: Nothing has been ingested, or a stage refused.
        Conflict: Another command is writing to the workspace.
    """
    with locked(workspace):
        files = lake.tables(workspace)
        if not any(files.values()):
            raise DataError("run.nothing_ingested", workspace=workspace.root)
        tables = contracts()
        plan = planned(workspace, home=workspace, lake=lake_lines(files), contracts=tables, as_of=as_of)
        tell(say("resolve.stages"), 1, _STAGES)
        if plan.known:
            return Resolved(resolution=plan.known, unchanged=True, changes=None)
        found = _carried_out(workspace, plan, files=files, engine=engine, tell=tell)
        return Resolved(resolution=found, unchanged=False, changes=_since(plan.previous, found))


def _carried_out(
    workspace: Workspace, plan: Resolving, *, files: Mapping[str, list[Path]], engine: EngineName, tell: Tell
) -> ResolutionInfo:
    with staging(workspace) as spill:
        opened = open_engine(engine, temp_dir=spill)
        try:
            laid = lay_known(opened, lake=files, contracts=plan.tables, as_of=plan.as_of)
            tell(say("resolve.stages"), 2, _STAGES)
            present = {table: opened.columns(table) for table, rows in laid.rows.items() if rows}
            found = resolved(plan, opened, present=present)
        finally:
            opened.close()
    tell(say("resolve.stages"), _STAGES, _STAGES)
    return found


def _since(previous: ResolutionInfo | None, found: ResolutionInfo) -> EntityChanges | None:
    return None if previous is None else changes(previous.read("entity_member"), found.read("entity_member"))
