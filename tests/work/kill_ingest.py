"""Run by `test_ingest_killed.py` in a process of its own: ingests, killed at every step in turn.

Prints one JSON line a trial: what the lake held right after the kill, and after the next command.
"""

import itertools
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq

from suyuan.domain.contract import contracts
from suyuan.domain.workspace import Workspace
from suyuan.engine import disk
from suyuan.sources import lake
from suyuan.sources.mapping import shipped
from suyuan.sources.statement import Hints
from suyuan.work.ingest import Wanted, ingest

STEPS = ("move", "remove", "flush", "flush_folder")


def held(workspace: Workspace) -> dict[str, int]:
    """Return table → rows of what counts, the refused ones too."""
    rows = {
        table: sum(pq.read_metadata(path).num_rows for path in paths) for table, paths in lake.tables(workspace).items()
    }
    refused = sum(pq.read_metadata(path).num_rows for path in lake.quarantined(workspace))
    return {**rows, "refused": refused} if refused else rows


def take(workspace: Workspace, path: Path, *, again: bool) -> None:
    wanted = Wanted(hints=Hints(institution="bank"), again=again)
    ingest(
        workspace,
        [path],
        wanted=wanted,
        actor="test",
        now=datetime.fromisoformat("2026-01-01 00:00:00"),
        tell=lambda *_: None,
    )


def counted(last: int) -> None:
    """Kill this process before the step number `last` of those that touch what counts."""
    number = itertools.count(1)

    def before(real: Callable[..., None]) -> Callable[..., None]:
        def step(*args: Path) -> None:
            if next(number) == last:
                os.kill(os.getpid(), signal.SIGKILL)
            real(*args)

        return step

    for name in STEPS:
        setattr(disk, name, before(getattr(disk, name)))


def in_child(call: Callable[[], None], *, kill_after: float | None = None) -> bool:
    """Return whether `call` ended by itself in a child process."""
    child = os.fork()
    if not child:
        call()
        os._exit(0)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return status == 0


def trial(root: Path, path: Path, *, again: bool, step: int | None, kill_after: float | None = None) -> bool:
    """Kill one ingest, look, let the next command run, look again; return whether it had ended before the kill."""
    workspace = Workspace(root=root)

    def dying() -> None:
        if step is not None:
            counted(step)
        take(workspace, path, again=again)

    ended = in_child(dying, kill_after=kill_after)
    right_after: list[dict[str, int]] = []
    right_after.append(held(workspace))
    in_child(lambda: take(workspace, path.parent / "other.csv", again=False))
    lying = set(root.rglob("*.parquet"))
    named = {each for paths in lake.tables(workspace).values() for each in paths} | set(lake.quarantined(workspace))
    told = {"ended": ended, "right_after": right_after[0], "next": held(workspace), "orphans": len(lying - named)}
    sys.stdout.write(json.dumps({**told, "staging": len(list(workspace.staging.rglob("*")))}) + "\n")
    return ended


def main(folder: Path) -> None:
    contracts()
    shipped()
    for again in (False, True):
        for step in itertools.count(1):
            root = folder / f"{again}-{step}"
            if again:
                in_child(partial(take, Workspace(root=root), folder / "files.csv", again=False))
            if trial(root, folder / "files.csv", again=again, step=step):
                break
    dice = random.Random(7)
    for number in range(12):
        trial(
            folder / f"timed-{number}", folder / "files.csv", again=False, step=None, kill_after=dice.uniform(0.0, 0.4)
        )


main(Path(sys.argv[1]))
