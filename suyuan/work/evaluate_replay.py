"""Looks at a workspace as it stood every fortnight, to tell how early each ring was seen."""

import shutil
from datetime import date, datetime
from pathlib import Path

from suyuan.domain.say import say
from suyuan.domain.tell import Tell
from suyuan.domain.workspace import Workspace
from suyuan.engine.protocol import Engine
from suyuan.work.evaluate_run import lay_found
from suyuan.work.run import run
from suyuan.world.score.early import Look, marks, span
from suyuan.world.score.score import bring


def replay(engine: Engine, *, workspace: Workspace, aside: Path, now: datetime, tell: Tell) -> list[Look]:
    """Run as of every fortnight from the first crime on and return what was seen at the end of each.

    Args:
        engine: Knows the truth; what was found is laid in it anew for each day.
        workspace: Only read.
        aside: An absent folder; the runs are written there, one at a time, and removed.
        now: Goes to the timing of runs only.
        tell: Told how many days are done.

    Every day is run: whether a lead is about a ring may change in both directions, so no search by halves would be sure
    to find the first day.

    Raises:
        DataError: A stage refused.
    """
    whole = span(engine)
    if whole is None:
        return []
    days, looks = marks(*whole), []
    for done, day in enumerate(days):
        tell(say("evaluate.replaying"), done, len(days))
        looks.append(_look(engine, workspace, aside=Workspace(root=aside), day=day, now=now))
    tell(say("evaluate.replaying"), len(days), len(days))
    return looks


def _look(engine: Engine, workspace: Workspace, *, aside: Workspace, day: date, now: datetime) -> Look:
    done = run(workspace=workspace, now=now, as_of=day, into=aside)
    lay_found(engine, done.run)
    overlaps = bring(engine, entities=True)
    shutil.rmtree(done.run.folder)
    return Look(
        on=day,
        about=frozenset(one.ring_id for one in overlaps if one.about),
        found=frozenset(one.ring_id for one in overlaps if one.finds),
    )
