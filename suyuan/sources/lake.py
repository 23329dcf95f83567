"""The lake: one Parquet a table and file, and the manifests that make them count.

A manifest, `lake/_ingests/<16 hex of the SHA-256>.json`, is the report of one ingested file. It is written last, so a
Parquet it does not name is rubbish of a killed command, and a Parquet it names is whole.

Files leave the lake together: `lake/_leaving.json` names them, and from the moment it stands none of them counts. What
they left is removed afterwards, then the note is.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from suyuan.domain.errors import DataError
from suyuan.domain.workspace import Workspace
from suyuan.engine import disk


@dataclass(frozen=True, kw_only=True)
class Part:
    """One Parquet of one ingest, written aside: where it lies now and its table (None: refused rows)."""

    path: Path
    table: str | None
    sheet_no: int


def digest_name(sha256: str) -> str:
    """Return what the files of an ingest are named by: the first 16 hex of the file's SHA-256."""
    return sha256[:16]


def manifest_path(workspace: Workspace, sha256: str) -> Path:
    """Return where the manifest of the file with digest `sha256` lies, or would."""
    return workspace.ingests / f"{digest_name(sha256)}.json"


def ingested(workspace: Workspace, sha256: str) -> Mapping[str, Any] | None:
    """Return the report of the file with digest `sha256`, null when it has not been ingested.

    Raises:
        DataError: Its manifest cannot be read.
    """
    path = manifest_path(workspace, sha256)
    return _read(path) if path.is_file() and path.name not in _leaving(workspace) else None


def manifests(workspace: Workspace) -> Iterator[Mapping[str, Any]]:
    """Yield the reports of all ingested files, in the order of their digests.

    Raises:
        DataError: A manifest cannot be read.
    """
    if workspace.ingests.is_dir():
        left = _leaving(workspace)
        for path in sorted(workspace.ingests.glob("*.json")):
            if path.name not in left:
                yield _read(path)


def tables(workspace: Workspace) -> dict[str, list[Path]]:
    """Return the Parquet files of every table that has rows, in the order of their files' digests.

    Raises:
        DataError: A manifest cannot be read, or a file it names is gone.
    """
    found: dict[str, list[Path]] = {}
    for manifest in manifests(workspace):
        for part in manifest["parts"]:
            path = workspace.root / part["path"]
            if not path.is_file():
                raise DataError("lake.part_gone", path=str(path), file=manifest["file"])
            found.setdefault(part["table"], []).append(path)
    return {table: found[table] for table in sorted(found)}


def quarantined(workspace: Workspace) -> list[Path]:
    """Return the Parquet files of refused rows; their columns are told by `suyuan.sources.stage.stage`."""
    return [workspace.root / path for manifest in manifests(workspace) for path in manifest["refused"]]


def admit(workspace: Workspace, report: Mapping[str, Any], parts: list[Part], *, folder: Path) -> None:
    """Make one file's staged `parts` count: move them into the lake, then write `report` as its manifest.

    An earlier ingest of the same file is replaced at that moment; what it left is swept afterwards. Killed anywhere,
    the lake is as before or as after. Needs the workspace's lock.
    """
    sha256 = str(report["sha256"])
    before = ingested(workspace, sha256)
    turn = int(before["turn"]) + 1 if before else 1
    moves = [(part.path, _target(workspace, part, sha256=sha256, turn=turn)) for part in parts]
    named = [
        (part, target.relative_to(workspace.root).as_posix()) for part, (_, target) in zip(parts, moves, strict=True)
    ]
    manifest = {
        **report,
        "turn": turn,
        "parts": [{"table": part.table, "path": path} for part, path in named if part.table],
        "refused": [path for part, path in named if not part.table],
    }
    aside = folder / f"{digest_name(sha256)}.json"
    aside.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    disk.publish([*moves, (aside, manifest_path(workspace, sha256))])
    if before:
        for path in (*(part["path"] for part in before["parts"]), *before["refused"]):
            disk.remove(workspace.root / path)


def take_out(workspace: Workspace, sha256s: Sequence[str], *, note: Mapping[str, Any], folder: Path) -> None:
    """Let the files with digests `sha256s` count no more, all at one moment; `note` is kept until `end_leaving`.

    Killed anywhere, all of them count or none. What they gave lies on as rubbish. Needs the workspace's lock, and that
    no earlier leaving is unended.
    """
    aside = folder / "leaving.json"
    told = {"digests": sorted(sha256s), "note": dict(note)}
    aside.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    disk.publish([(aside, _leaving_path(workspace))])


def leaving(workspace: Workspace) -> Mapping[str, Any] | None:
    """Return the note of files that left the lake and may still lie there; None when there are none.

    Raises:
        DataError: It cannot be read.
    """
    found = _leave(workspace)
    return None if found is None else found["note"]


def end_leaving(workspace: Workspace) -> None:
    """Remove what is left of files that left the lake: manifests, then the note, then what no manifest names.

    Needs the workspace's lock. Killed anywhere, it can be done again.

    Raises:
        DataError: The note or a manifest cannot be read.
    """
    for name in sorted(_leaving(workspace)):
        disk.remove(workspace.ingests / name)
    if workspace.ingests.is_dir():
        disk.flush_folder(workspace.ingests)
    disk.remove(_leaving_path(workspace))
    sweep_orphans(workspace)


def _leaving_path(workspace: Workspace) -> Path:
    return workspace.lake / "_leaving.json"


def _leave(workspace: Workspace) -> Mapping[str, Any] | None:
    path = _leaving_path(workspace)
    if not path.is_file():
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, dict) or not {"digests", "note"} <= found.keys():
            raise DataError("lake.bad_leaving", path=str(path), why="digests, note")
    except ValueError as fault:
        raise DataError("lake.bad_leaving", path=str(path), why=str(fault)) from fault
    return found


def _leaving(workspace: Workspace) -> frozenset[str]:
    """Return the names of manifests that count no more."""
    found = _leave(workspace)
    return frozenset() if found is None else frozenset(f"{digest_name(each)}.json" for each in found["digests"])


def _target(workspace: Workspace, part: Part, *, sha256: str, turn: int) -> Path:
    name = digest_name(sha256)
    name += f"-{part.sheet_no}" if part.sheet_no > 1 else ""
    name += f".{turn}" if turn > 1 else ""
    if part.table:
        return workspace.lake / part.table / f"{name}.parquet"
    return workspace.quarantine / f"{part.path.name.partition('-')[0]}-{name}.parquet"


def sweep_orphans(workspace: Workspace) -> int:
    """Remove Parquet files that no manifest names and return how many there were. Needs the workspace's lock.

    Raises:
        DataError: A manifest cannot be read; nothing is removed then.
    """
    named = {path for paths in tables(workspace).values() for path in paths} | set(quarantined(workspace))
    lying = [*workspace.lake.glob("[!_]*/*.parquet"), *workspace.quarantine.glob("*.parquet")]
    orphans = [path for path in lying if path not in named]
    for path in orphans:
        disk.remove(path)
    return len(orphans)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, dict) or not {"parts", "refused", "turn", "file"} <= found.keys():
            raise DataError("lake.bad_manifest", path=str(path), why="parts, refused, turn, file")
    except ValueError as fault:
        raise DataError("lake.bad_manifest", path=str(path), why=str(fault)) from fault
    return found
