"""`suyuan demo`: build a small world, and do with it what a newcomer would do with real files."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from suyuan.domain.errors import Conflict
from suyuan.domain.tell import Tell
from suyuan.domain.workspace import Workspace
from suyuan.sources.statement import Hints
from suyuan.work.evaluate import evaluate
from suyuan.work.ingest import Wanted, ingest
from suyuan.work.ingest_folders import ingest_folders
from suyuan.work.ingest_report import IngestReport
from suyuan.work.leads import Leads, leads
from suyuan.work.run import Ran, run
from suyuan.work.world_build import WorldBuilt, world_build
from suyuan.world.build import SOURCES, TRUTH
from suyuan.world.frame.options import Options

SEED = 20180501  # the day the published ring began
SCALE = 0.01
MARK = ".suyuan-demo"
"""Stands in a folder that a demo made, so that the next one may replace it and nothing else is ever removed."""


@dataclass(frozen=True, kw_only=True)
class Demo:
    """What a demo made and found. The world lies in `folder/world`, its truth beside the sources.

    `scores` are what `suyuan evaluate` tells of the run, without the replay by fortnights: what was found and missed.
    """

    folder: Path
    world: WorldBuilt
    workspace: Workspace
    ingested: IngestReport
    real: IngestReport | None
    ran: Ran
    leads: Leads
    scores: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """Return what a program wants to know."""
        return {
            "folder": str(self.folder),
            "workspace": str(self.workspace.root),
            "world": self.world.to_json(),
            "ingested": self.ingested.to_json(),
            "real": self.real.to_json() if self.real else None,
            "run": self.ran.to_json(),
            "leads": self.leads.to_json(),
            "scores": dict(self.scores),
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
    """Build a world of four kinds of ring below `folder`, take it in, add any real `files`, run and score everything.

    A folder of an earlier demo is replaced. Real files that are refused or must be asked about stop nothing.

    Raises:
        Conflict: `folder` holds something that no demo made.
        DataError: The world does not pass, which is a fault of ours, or the disk is full.
    """
    _clear(folder)
    workspace = Workspace(root=folder / "workspace")
    built = world_build(out=folder / "world", options=Options(seed=seed, scale=SCALE), tell=tell)
    wanted = Wanted(hints=Hints())
    ingested = ingest_folders(workspace, [built.folder / SOURCES], wanted=wanted, actor=actor, now=now, tell=tell)
    real = ingest(workspace, files, wanted=wanted, actor=actor, now=now, tell=tell) if files else None
    ran = run(workspace=workspace, now=now, tell=tell)
    scored = evaluate(workspace=workspace, truth=built.folder / TRUTH, now=now, again=False, tell=tell)
    return Demo(
        folder=folder,
        world=built,
        workspace=workspace,
        ingested=ingested,
        real=real,
        ran=ran,
        leads=leads(workspace=workspace, now=now),
        scores=scored.to_json(),
    )


def _clear(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).is_file():
            raise Conflict("demo.not_ours", folder=folder)
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
