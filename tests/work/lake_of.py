"""Small files of people, taken into a lake."""

from datetime import datetime
from pathlib import Path

from suyuan.domain.workspace import Workspace
from suyuan.sources.statement import Hints
from suyuan.work.ingest import Wanted, ingest

NOW = datetime(2026, 11, 22, 9)  # noqa: DTZ001
COLUMNS = "person_id,name,id_number,phone"


def people(*ids: str, **numbers: str) -> str:
    """Return a table of people: those of `ids` without an identity number, those of `numbers` with theirs."""
    rows = [f"{one},某{one},,13900{int.from_bytes(one.encode()) % 1000000:06}" for one in ids]
    rows += [f"{one},某某,{number}," for one, number in numbers.items()]
    return "\n".join([COLUMNS, *rows]) + "\n"


def take(workspace: Workspace, source: str, *paths: Path) -> None:
    """Take `paths` in as files of `source`; each must come in, or be in already."""
    wanted = Wanted(hints=Hints(institution=source))
    told = ingest(workspace, paths, wanted=wanted, actor="tester", now=NOW, tell=lambda *_: None)
    assert [each.status for each in told.files if each.status not in ("ingested", "already")] == []
