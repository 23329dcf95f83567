"""Run by `test_ingest_leave.py` in a process of its own: files leave the lake, killed at every step in turn.

Prints one JSON line a trial: what the lake and the ledger held right after the kill, and after the next command.
"""

import itertools
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from suyuan.domain.contract import contracts
from suyuan.domain.workspace import Workspace
from suyuan.engine import disk
from suyuan.engine.disk import locked
from suyuan.ledger.store import Ledger
from suyuan.sources import lake
from suyuan.sources.mapping import shipped
from suyuan.work.ingest_leave import KIND, leave
from suyuan.work.ingest_named import meant
from tests.work.lake_of import NOW, take

STEPS = ("move", "remove", "flush", "flush_folder")


def held(workspace: Workspace) -> dict[str, int]:
    """Return table → rows of what counts, the refused ones too."""
    rows = {
        table: sum(pq.read_metadata(path).num_rows for path in paths) for table, paths in lake.tables(workspace).items()
    }
    return {**rows, "refused": sum(pq.read_metadata(path).num_rows for path in lake.quarantined(workspace))}


def events(workspace: Workspace) -> int:
    with Ledger(workspace.ledger) as ledger:
        return len(list(ledger.events(kind=KIND)))


def counted(last: int) -> None:
    """Kill this process before the step number `last` of those that touch what counts."""
    number = itertools.count(1)

    def before(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **named: Any) -> Any:
            if next(number) == last:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **named)

        return step

    for name in STEPS:
        setattr(disk, name, before(getattr(disk, name)))
    Ledger.append = before(Ledger.append)  # type: ignore[method-assign]


def in_child(call: Callable[[], None]) -> bool:
    """Return whether `call` ended by itself in a child process."""
    child = os.fork()
    if not child:
        call()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return status == 0


def trial(root: Path, folder: Path, step: int) -> bool:
    """Kill one leaving, look, let the next command run, look again; return whether it had ended before the kill."""
    workspace = Workspace(root=root)

    def dying() -> None:
        gone = meant(workspace, "bank")
        counted(step)
        with locked(workspace):
            leave(workspace, gone, reason="sent by mistake", actor="tester", now=NOW)

    in_child(lambda: take(workspace, "bank", folder / "one.csv", folder / "two.csv"))
    ended = in_child(dying)
    right_after = held(workspace)
    in_child(lambda: take(workspace, "app", folder / "other.csv"))
    following = held(workspace)
    noted = events(workspace)
    in_child(lambda: take(workspace, "bank", folder / "one.csv", folder / "two.csv"))
    lying = set(root.rglob("*.parquet"))
    named = {each for paths in lake.tables(workspace).values() for each in paths} | set(lake.quarantined(workspace))
    told = {"ended": ended, "right_after": right_after, "next": following, "events": noted, "again": held(workspace)}
    rubbish = len(lying - named) + len(list(workspace.staging.rglob("*"))) + len(list(workspace.lake.glob("_*.json")))
    sys.stdout.write(json.dumps({**told, "rubbish": rubbish}) + "\n")
    return ended


def main(folder: Path) -> None:
    contracts()
    shipped()
    for step in itertools.count(1):
        if trial(folder / str(step), folder, step):
            return


main(Path(sys.argv[1]))
