"""`suyuan world build`: a world on disk, whole or not at all."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from suyuan.domain.errors import Conflict, DataError
from suyuan.domain.tell import Tell
from suyuan.world.build import SOURCES, TRUTH, build
from suyuan.world.frame.options import Options

BYTES_A_SCALE = 6 * 2**30
"""What a world takes on disk at scale 1.0, with room to spare; it grows with the scale."""


@dataclass(frozen=True, kw_only=True)
class WorldBuilt:
    """A world on disk: `sources` for `suyuan ingest`, `truth` for `suyuan evaluate` alone."""

    folder: Path
    options: Options
    files: int
    rows: dict[str, int]
    rings: dict[str, int]
    look_alikes: int

    def to_json(self) -> dict[str, Any]:
        """Return what a program wants to know."""
        return {
            "folder": str(self.folder),
            "sources": str(self.folder / SOURCES),
            "truth": str(self.folder / TRUTH),
            "seed": self.options.seed,
            "scale": self.options.scale,
            "months": self.options.months,
            "evasion": self.options.evasion,
            "hidden": self.options.hidden,
            "files": self.files,
            "rings": self.rings,
            "look_alikes": self.look_alikes,
            "rows": self.rows,
        }


def world_build(*, out: Path, options: Options, tell: Tell = lambda *_: None) -> WorldBuilt:
    """Build the world of `options` in `out`, which must be new or empty.

    It is written aside and moved when it is whole: killed anywhere, it leaves no half of a world under `out`.

    Raises:
        Conflict: `out` holds something.
        DataError: The disk has too little room, or a file cannot be written.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Conflict("world.not_empty", out=out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _room(out.parent, options)
        aside = out.parent / f".{out.name}-{uuid4().hex[:8]}"
        try:
            made = build(aside, options, tell=tell)
            if out.exists():
                out.rmdir()
            aside.rename(out)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as fault:
        raise DataError("world.cannot_write", out=out, why=fault.strerror or str(fault)) from fault
    return WorldBuilt(
        folder=out,
        options=options,
        files=made.files,
        rows=dict(made.rows),
        rings=dict(made.rings),
        look_alikes=made.look_alikes,
    )


def _room(folder: Path, options: Options) -> None:
    wanted = int(BYTES_A_SCALE * options.scale * options.months / 18)
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise DataError("world.no_room", out=folder, wanted_mb=wanted >> 20, free_mb=free >> 20)
