"""Finds the ingested files that a person means: by name, path, folder, digest, batch handed over, or institution."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from suyuan.domain.errors import DataError, NotFound, UsageError
from suyuan.domain.say import say
from suyuan.domain.workspace import Workspace
from suyuan.sources import lake

What = Literal["file", "batch", "source"]

SHORTEST_DIGEST = 8

_DIGEST = re.compile(f"[0-9a-f]{{{SHORTEST_DIGEST},64}}")
_PREFIXED = re.compile("(file|batch|source):(.+)", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class InLake:
    """One ingested file, or member of an archive: where it lay, who gave it and what it filled."""

    sha256: str
    file: str
    path: str | None
    source: str | None
    loaded_at: str
    tables: Mapping[str, int]
    quarantined: int

    @property
    def rows(self) -> int:
        """Rows kept, over all tables."""
        return sum(self.tables.values())

    @property
    def names(self) -> frozenset[str]:
        """Its name without folders; of a member of an archive (`a.zip!b.csv`) also without the archive."""
        return frozenset(PurePath(each).name for each in (self.file, self.file.rpartition("!")[2]))

    @classmethod
    def of(cls, manifest: Mapping[str, Any]) -> "InLake":
        """Return what `manifest` tells."""
        told = manifest.get("tables") or [manifest]
        rows = {str(each["table"]): int(each.get("rows_kept", 0)) for each in told if each.get("table")}
        refused = sum(int(each.get("rows_quarantined", 0)) for each in told)
        return cls(
            sha256=str(manifest["sha256"]),
            file=str(manifest["file"]),
            path=manifest.get("path"),
            source=manifest.get("source"),
            loaded_at=str(manifest.get("loaded_at", "")),
            tables=dict(sorted(rows.items())),
            quarantined=refused,
        )


@dataclass(frozen=True, kw_only=True)
class Meant:
    """What was named, and its files in the order of their digests: at least one."""

    what: What
    name: str
    files: tuple[InLake, ...]


def meant(workspace: Workspace, name: str) -> Meant:
    """Return the files of the lake that `name` means.

    Args:
        workspace: Its manifests are read.
        name: The first 8 or more hex of a file's SHA-256; a path (of a folder or archive: everything in it); a file's
            name alone; the id of a `source_batch`; an institution. `file:`, `batch:` or `source:` before it says which.

    Raises:
        NotFound: Nothing bears the name.
        UsageError: Several files or kinds of thing do; the message lists what to type for each.
        DataError: A manifest or a batch cannot be read.
    """
    known = [InLake.of(manifest) for manifest in lake.manifests(workspace)]
    prefixed = _PREFIXED.fullmatch(name)
    only, bare = (prefixed[1], prefixed[2]) if prefixed else (None, name)
    found: dict[What, tuple[InLake, ...]] = {}
    if only in (None, "file"):
        found["file"] = _files(known, bare)
    if only in (None, "batch"):
        found["batch"] = tuple(_batch(workspace, known, bare))
    if only in (None, "source"):
        found["source"] = tuple(each for each in known if each.source == bare)
    hits = [(what, files) for what, files in found.items() if files]
    if not hits:
        sources = ", ".join(sorted({each.source for each in known if each.source})) or "–"
        raise NotFound("undo.not_found", name=name, files=len(known), sources=sources)
    if len(hits) > 1:
        ways = "\n".join(say("undo.way", type=f"{what}:{bare}", what=len(files)) for what, files in hits)
        raise UsageError("undo.ambiguous", name=name, ways=ways)
    what, files = hits[0]
    return Meant(what=what, name=bare, files=files)


def _files(known: Sequence[InLake], name: str) -> tuple[InLake, ...]:
    """Return the files of this digest, else of this path, else below it, else of this name.

    Members of one archive and the files of one folder are one thing; two files of one name, of one digest as far as it
    was typed, or of one path at different times are not.

    Raises:
        UsageError: Several things bear the name.
    """
    digest, path = name.lower(), Path(name).resolve()
    started = [each for each in known if _DIGEST.fullmatch(digest) and each.sha256.startswith(digest)]
    if started:
        return _one_of(started, name, is_one=len(started) == 1)
    there = [each for each in known if each.file == name or (each.path and Path(each.path) == path)]
    if there:
        return _one_of(there, name, is_one=len({each.file for each in there}) == len(there))
    below = [each for each in known if each.path and path in Path(each.path).parents]
    if below:
        return tuple(below)
    named = [each for each in known if name in each.names]
    return _one_of(named, name, is_one=len(named) < 2)


def _one_of(files: Sequence[InLake], name: str, *, is_one: bool) -> tuple[InLake, ...]:
    if is_one:
        return tuple(files)
    digits = _telling(files)
    lines = [
        say("undo.way_file", type=each.sha256[:digits], file=each.file, rows=each.rows, at=each.loaded_at)
        for each in files
    ]
    raise UsageError("undo.ambiguous", name=name, ways="\n".join(lines))


def _telling(files: Sequence[InLake]) -> int:
    """Return how many hex tell the digests of `files` apart."""
    digits = 16
    while len({each.sha256[:digits] for each in files}) < len(files):
        digits += 8
    return digits


def _batch(workspace: Workspace, known: Sequence[InLake], name: str) -> Iterator[InLake]:
    """Yield the files that batch `name` handed over, and those that tell of no other batch.

    `name` is the institution's own batch id, with or without the institution before it. A file belongs to a batch that
    tells its SHA-256, or its name where it tells no digest.
    """
    rows = [row for path in lake.tables(workspace).get("source_batch", ()) for row in _rows(path)]
    own = [row for row in rows if name in (row["batch_id"], _own_id(row))]
    if not own:
        return
    digests = {str(row["handover_sha256"]).strip().lower() for row in own if row["handover_sha256"]}
    names = {PurePath(str(row["file_name"])).name for row in own if row["file_name"] and not row["handover_sha256"]}
    telling = {row["row_id"][:16] for row in own} - {row["row_id"][:16] for row in rows if row not in own}
    for each in known:
        told = lake.digest_name(each.sha256) in telling
        if told or each.sha256 in digests or each.names & names:
            yield each


def _own_id(row: Mapping[str, Any]) -> str:
    return str(row["batch_id"]).removeprefix(f"{row['source']}:")


def _rows(path: Path) -> list[dict[str, Any]]:
    columns = ["batch_id", "source", "row_id", "file_name", "handover_sha256"]
    try:
        return [dict(row) for row in pq.read_table(path, columns=columns, partitioning=None).to_pylist()]
    except (OSError, pa.ArrowInvalid) as fault:
        raise DataError("run.broken_lake", file=path.name, told=str(fault)) from fault
