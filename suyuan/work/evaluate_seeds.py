"""`suyuan evaluate --seeds`: builds worlds, reads them in, runs, scores, and says how far the numbers vary."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from suyuan.domain.errors import UsageError
from suyuan.domain.say import say
from suyuan.domain.tell import Tell
from suyuan.domain.workspace import Workspace
from suyuan.sources.statement import Hints
from suyuan.work.evaluate import evaluate
from suyuan.work.ingest import Wanted
from suyuan.work.ingest_folders import ingest_folders
from suyuan.work.run import run
from suyuan.work.world_build import world_build
from suyuan.world.build import SOURCES, TRUTH
from suyuan.world.frame.options import Options
from suyuan.world.score.spread import spread

ACTOR = "evaluate"

Build = Callable[[Path, Options], None]


@dataclass(frozen=True, kw_only=True)
class EvaluatedSeeds:
    """The scores of every world by its seed, and how far they vary."""

    options: Options
    by_seed: dict[int, dict[str, Any]]

    def to_json(self) -> dict[str, Any]:
        """Return mean and interval of every number, and the documents they come from."""
        world = {name: value for name, value in vars(self.options).items() if name != "seed"}
        return {
            "world": world,
            "seeds": list(self.by_seed),
            **spread(list(self.by_seed.values())),
            "by_seed": {str(seed): document for seed, document in self.by_seed.items()},
        }


def evaluate_seeds(
    *,
    seeds: int,
    options: Options,
    now: datetime,
    again: bool = True,
    build: Build | None = None,
    tell: Tell,
) -> EvaluatedSeeds:
    """Score `seeds` worlds that differ from `options` in their seed alone, which counts up from its own.

    One world at a time lies in a folder of its own that is thrown away.

    Args:
        seeds: At least 1.
        options: Of the first world.
        now: Goes into nothing that is scored.
        again: Replay each world by fortnights.
        build: Writes a world's `sources` and `truth` into a folder; None: the simulator.
        tell: Told of worlds done, and of what goes on within one.

    Raises:
        UsageError: Fewer than one world is wanted.
        DataError: A world cannot be written or read.
    """
    if seeds < 1:
        raise UsageError("evaluate.bad_seeds", seeds=seeds)
    found: dict[int, dict[str, Any]] = {}
    for done in range(seeds):
        tell(say("evaluate.worlds"), done, seeds)
        seed = options.seed + done
        with TemporaryDirectory(prefix="suyuan-") as aside:
            made = build or _simulator(tell)
            found[seed] = _one(Path(aside), replace(options, seed=seed), now=now, again=again, build=made, tell=tell)
    tell(say("evaluate.worlds"), seeds, seeds)
    return EvaluatedSeeds(options=options, by_seed=found)


def _simulator(tell: Tell) -> Build:
    def build(out: Path, options: Options) -> None:
        world_build(out=out, options=options, tell=lambda what, done, of: tell(say(f"world.step.{what}"), done, of))

    return build


def _one(aside: Path, options: Options, *, now: datetime, again: bool, build: Build, tell: Tell) -> dict[str, Any]:
    world, workspace = aside / "world", Workspace(root=aside / "workspace")
    build(world, options)
    ingest_folders(workspace, [world / SOURCES], wanted=Wanted(hints=Hints()), actor=ACTOR, now=now, tell=tell)
    run(workspace=workspace, now=now, tell=tell)
    return evaluate(workspace=workspace, truth=world / TRUTH, now=now, again=again, tell=tell).to_json()
