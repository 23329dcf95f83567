"""`suyuan evaluate`: the leads of a run, or of another tool, against the truth of the world they were found in."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from suyuan.domain.errors import NotFound
from suyuan.domain.tell import Tell
from suyuan.domain.workspace import Workspace
from suyuan.engine.open import open_engine
from suyuan.engine.protocol import Engine
from suyuan.work.evaluate_members import lay_members
from suyuan.work.evaluate_replay import replay
from suyuan.work.evaluate_run import Ablation, lay_found, lay_witnesses, require_shared_sources, told_by
from suyuan.work.run_store import RunInfo, latest
from suyuan.world.score.score import Scores, score
from suyuan.world.score.told import as_json
from suyuan.world.score.truth import lay_truth


@dataclass(frozen=True, kw_only=True)
class Evaluated:
    """What was scored against which truth. `run` is null when another tool's leads were."""

    truth: Path
    world: Mapping[str, Any]
    run: RunInfo | None
    scores: Scores

    def to_json(self) -> dict[str, Any]:
        """Return the scores as `as_json` tells them, and what they are about."""
        about = None if self.run is None else {"run_id": self.run.run_id, "number": self.run.number}
        return {"truth": str(self.truth), "world": dict(self.world), "run": about, **as_json(self.scores)}


def evaluate(*, workspace: Workspace, truth: Path, now: datetime, again: bool = True, tell: Tell) -> Evaluated:
    """Score the last run of `workspace` that saw everything against the folder `truth`.

    Args:
        workspace: Only read; replays run in a folder of their own that is thrown away.
        truth: What `suyuan world build` wrote beside the sources.
        now: Goes into nothing that is scored.
        again: Replay the world by fortnights, to tell how early rings were seen.
        tell: Told of the days that are replayed and of the typologies that are left out.

    Raises:
        NotFound: Nothing has been run.
        DataError: The truth lacks a file or a column, the lake or the run cannot be read, or the run knows no
            institution of the truth.
    """
    run = latest(workspace)
    if run.as_of is not None:
        raise NotFound("evaluate.no_full_run", workspace=workspace.root)
    with TemporaryDirectory(prefix="suyuan-") as aside, truth_engine(truth, spill=Path(aside)) as engine:
        lay_found(engine, run)
        require_shared_sources(engine)
        without = Ablation(run=run, workspace=workspace, spill=Path(aside)).scores(engine, tell=tell)
        looks = replay(engine, workspace=workspace, aside=Path(aside) / "again", now=now, tell=tell) if again else None
        lay_found(engine, run)
        lay_witnesses(engine, run)
        scores = score(engine, told=told_by(run), looks=looks, without=without)
    return Evaluated(truth=truth, world=world_told(truth), run=run, scores=scores)


def evaluate_members(*, members: Path, truth: Path) -> Evaluated:
    """Score the leads of another tool, a CSV of members (see `lay_members`), against the folder `truth`.

    Raises:
        DataError: The truth lacks a file or a column, or the CSV cannot be read.
    """
    with TemporaryDirectory(prefix="suyuan-") as aside, truth_engine(truth, spill=Path(aside)) as engine:
        scores = score(engine, told=lay_members(engine, members))
    return Evaluated(truth=truth, world=world_told(truth), run=None, scores=scores)


@contextmanager
def truth_engine(truth: Path, *, spill: Path) -> Iterator[Engine]:
    """Yield an engine that knows the truth.

    Raises:
        DataError: The truth lacks a file or a column.
    """
    engine = open_engine("duck", temp_dir=spill / "spill")
    try:
        lay_truth(engine, truth)
        yield engine
    finally:
        engine.close()


def world_told(truth: Path) -> dict[str, Any]:
    """Return the options of the world, as far as it tells them."""
    with suppress(OSError, ValueError):
        told = json.loads((truth / "world.json").read_text(encoding="utf-8"))
        return dict(told.get("options", {}))
    return {}
