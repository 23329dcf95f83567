"""Takes folders into the lake of which each is one institution's, called after it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from suyuan.domain.tell import Tell
from suyuan.domain.workspace import Workspace
from suyuan.work.ingest import Wanted, ingest_parts
from suyuan.work.ingest_report import IngestReport


def ingest_folders(
    workspace: Workspace, paths: Iterable[Path], *, wanted: Wanted, actor: str, now: datetime, tell: Tell
) -> IngestReport:
    """Take in every folder that lies in `paths` as the files of the institution it is called after; return one report.

    Files that lie in `paths` themselves have the institution of `wanted`, as with `ingest`, whose errors this raises.
    """
    below = [found for path in paths for found in (sorted(path.iterdir()) if path.is_dir() else [path])]
    parts = [(wanted.hints.institution, [found for found in below if not found.is_dir()])]
    parts += [(found.name, [found]) for found in below if found.is_dir()]
    named = [(replace(wanted, hints=replace(wanted.hints, institution=name)), found) for name, found in parts if found]
    return ingest_parts(workspace, named, actor=actor, now=now, tell=tell)
