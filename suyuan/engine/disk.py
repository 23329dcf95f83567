"""What stays on disk when the power goes: one writer at a time, files written aside, renamed when they are whole.

A command that writes takes `locked(workspace)`, writes into a folder of `staging(workspace)` and calls `publish` with
the file that makes the others count as the last. Killed anywhere, it leaves rubbish in `.staging` or files that nobody
names, never half of a result; the next locked command sweeps the first, the room that names files the second.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from suyuan.domain.errors import Conflict
from suyuan.domain.workspace import Workspace


@contextmanager
def locked(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace against every other writing command; sweep what a killed one left in `.staging`.

    The folder is made when it is absent. The lock goes with its process, however that ends.

    Raises:
        Conflict: Another command is writing there.
    """
    workspace.root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(workspace.lock)
    try:
        lock.acquire(timeout=0)
    except Timeout as busy:
        raise Conflict("disk.locked", workspace=str(workspace.root), lock=str(workspace.lock)) from busy
    try:
        sweep(workspace)
        yield
    finally:
        lock.release()


def sweep(workspace: Workspace) -> None:
    """Remove everything in `.staging`; call it under the lock only."""
    if workspace.staging.exists():
        shutil.rmtree(workspace.staging)


@contextmanager
def staging(workspace: Workspace) -> Iterator[Path]:
    """Yield a fresh folder on the file system of the workspace, gone afterwards with what is left in it."""
    folder = workspace.staging / uuid4().hex[:12]
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(moves: Sequence[tuple[Path, Path]]) -> None:
    """Move each (from, to) in order, each wholly or not at all, flushed to the disk before the next begins.

    The last move is the commit: a reader that trusts only what the last file names sees all of them or none.
    An existing target is replaced. Source and target must lie on one file system.
    """
    for source, _ in moves:
        flush(source)
    for source, target in moves:
        target.parent.mkdir(parents=True, exist_ok=True)
        move(source, target)
        flush_folder(target.parent)


def move(source: Path, target: Path) -> None:
    """Rename `source` to `target`, replacing it."""
    source.replace(target)


def remove(path: Path) -> None:
    """Delete `path` if it is there."""
    path.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Return when the bytes of `path` are on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Return when the names in `folder` are on the disk, where the system can promise it (Windows cannot)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
