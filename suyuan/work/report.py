"""Writes the HTML report of a run: gathers what it tells, and lets the report room draw it."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

import pyarrow.compute as pc

from suyuan.domain.contract import Label, contracts
from suyuan.domain.say import spoken
from suyuan.domain.workspace import Workspace
from suyuan.report.overview import FileTold, LeadLine, Overview, TableTold, TypologyTold
from suyuan.report.page import render
from suyuan.sources import lake
from suyuan.typology.model import Typology
from suyuan.work.lead_show import stories
from suyuan.work.run_store import REPORT, RunInfo

MOST_STORIES = 20
MOST_LINES = 100
MOST_FILES = 60

Rows = list[dict[str, Any]]


def write_report(run: RunInfo, *, workspace: Workspace, typologies: Mapping[str, Typology]) -> None:
    """Write `report.html` into the folder of `run`: the overview, and the story of its first 20 leads."""
    leads = sorted(run.read("lead").to_pylist(), key=lambda row: int(row["rank"]))
    overview = _overview(run, leads, workspace=workspace, typologies=typologies)
    ids = [row["lead_id"] for row in leads[:MOST_STORIES]]
    told = stories(ids, run=run, workspace=workspace, typologies=typologies) if ids else []
    page = render(overview, told, lang=spoken.get())
    (run.folder / REPORT).write_text(page, encoding="utf-8")


def _overview(run: RunInfo, leads: Rows, *, workspace: Workspace, typologies: Mapping[str, Typology]) -> Overview:
    raised = [row for row in leads if row["raised"]]
    amounts: dict[str, int] = defaultdict(int)
    for row in raised:
        if row["amount_fen"] and row["currency"]:
            amounts[row["currency"]] += row["amount_fen"]
    files = _files(workspace)
    known = run.told["known_rows"]
    return Overview(
        run_id=run.run_id,
        number=run.number,
        as_of=run.as_of,
        engine=run.told["engine"],
        raise_at=run.told["raise_at"],
        leads_total=len(leads),
        raised=len(raised),
        hidden=sum(1 for row in raised if row["hidden"]),
        amounts=dict(sorted(amounts.items())),
        members=sum(row["members"] for row in raised),
        victims=_victims(run),
        leads=_lines(run, leads[:MOST_LINES], typologies=typologies),
        typologies=_typologies(run, typologies),
        files=tuple(files[:MOST_FILES]),
        files_total=len(files),
        tables=tuple(
            TableTold(table=table, title=contracts()[table].title, rows=rows) for table, rows in known.items()
        ),
    )


def _victims(run: RunInfo) -> int:
    """Return how many people or firms bear the role of a victim in a raised lead."""
    leads = run.read("lead", columns=["lead_id", "raised"])
    raised = leads.filter(leads["raised"])["lead_id"]
    members = run.read("lead_member", columns=["lead_id", "kind", "member_id", "role"])
    chosen = pc.and_(pc.equal(members["role"], "victim"), pc.not_equal(members["kind"], "account"))
    harmed = members.filter(pc.and_(chosen, pc.is_in(members["lead_id"], value_set=raised.combine_chunks())))
    return len(harmed["member_id"].unique())


def _lines(run: RunInfo, leads: Rows, *, typologies: Mapping[str, Typology]) -> tuple[LeadLine, ...]:
    parts: dict[str, list[tuple[Label, float]]] = defaultdict(list)
    for row in sorted(run.read("lead_reason").to_pylist(), key=lambda row: int(row["reason_no"])):
        parts[row["lead_id"]].append((typologies[row["typology_id"]].title, row["contribution"]))
    plain = ("lead_id", "rank", "score", "raised", "hidden", "currency", "amount_fen", "members")
    return tuple(
        LeadLine(
            **{name: row[name] for name in plain},
            title=Label(en=row["title_en"], zh=row["title_zh"]),
            provinces=tuple(row["provinces"]),
            parts=tuple(parts[row["lead_id"]]),
        )
        for row in leads
    )


def _typologies(run: RunInfo, typologies: Mapping[str, Typology]) -> tuple[TypologyTold, ...]:
    told = run.told["typologies"]
    found = {one["id"]: (one["signals"], None) for one in told["ran"]}
    found |= {one["id"]: (None, Label(en=one["why"]["en"], zh=one["why"]["zh"])) for one in told["skipped"]}
    return tuple(
        TypologyTold(
            id=name,
            version=typologies[name].version,
            title=typologies[name].title,
            severity=typologies[name].severity,
            signals=signals,
            why_skipped=why,
        )
        for name, (signals, why) in sorted(found.items())
    )


def _files(workspace: Workspace) -> list[FileTold]:
    """Return what the manifests say of every ingested file, in the order of the names."""
    found = [
        FileTold(
            file="/".join(PurePath(str(told["file"])).parts[-2:]),
            table=str(told.get("table") or ""),
            rows_kept=int(told.get("rows_kept") or 0),
            rows_quarantined=int(told.get("rows_quarantined") or 0),
            reasons={str(why): int(n) for why, n in (told.get("quarantine_reasons") or {}).items()},
        )
        for told in lake.manifests(workspace)
    ]
    return sorted(found, key=lambda one: (one.file, one.table))
