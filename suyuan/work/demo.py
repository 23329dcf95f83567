"""`suyuan demo`: forge a small input, and do with it what a newcomer would do with real files."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from suyuan.domain.errors import Conflict
from suyuan.domain.tell import Tell
from suyuan.domain.workspace import Workspace
from suyuan.sources.statement import Hints
from suyuan.work.ingest import Wanted, ingest
from suyuan.work.ingest_report import IngestReport
from suyuan.work.leads import Leads, leads
from suyuan.work.run import Ran, run
from suyuan.world.small import forge

SEED = 20180501  # the day the published ring began
MARK = ".suyuan-demo"
"""Stands in a folder that a demo made, so that the next one may replace it and nothing else is ever removed."""


@dataclass(frozen=True, kw_only=True)
class Demo:
    """What a demo made and found. Forged files lie in `folder/files`, their truth in `folder/truth`."""

    folder: Path
    workspace: Workspace
    ingested: IngestReport
    real: IngestReport | None
    ran: Ran
    leads: Leads

    def to_json(self) -> dict[str, Any]:
        """Return what a program wants to know."""
        return {
            "folder": str(self.folder),
            "workspace": str(self.workspace.root),
            "ingested": self.ingested.to_json(),
            "real": self.real.to_json() if self.real else None,
            "run": self.ran.to_json(),
            "leads": self.leads.to_json(),
        }


def demo(
    *,
    folder: Path,
    files: Sequence[Path] = (),
    seed: int = SEED,
    actor: str,
    now: datetime,
    tell: Tell = lambda *_: None,
) -> Demo:
    """Forge a small input below `folder`, take it in, add any real `files`, run everything and return what came of it.

    A folder of an earlier demo is replaced. Real files that are refused or must be asked about stop nothing.

    Raises:
        Conflict: `folder` holds something that no demo made.
        DataError: The forged input does not pass, which is a fault of ours.
    """
    _clear(folder)
    workspace = Workspace(root=folder / "workspace")
    forged = forge(folder, seed=seed)
    wanted = Wanted(hints=Hints())
    ingested = ingest(workspace, forged.files, wanted=wanted, actor=actor, now=now, tell=tell)
    real = ingest(workspace, files, wanted=wanted, actor=actor, now=now, tell=tell) if files else None
    ran = run(workspace=workspace, now=now, tell=tell)
    found = leads(workspace=workspace, now=now)
    return Demo(folder=folder, workspace=workspace, ingested=ingested, real=real, ran=ran, leads=found)


def _clear(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).is_file():
            raise Conflict("demo.not_ours", folder=folder)
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
