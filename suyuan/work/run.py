"""`suyuan run`: from the lake to ranked leads, written as one immutable folder.

The order is resolve → transfers → cost of loans → typologies → leads; the report is drawn from what was written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from suyuan.access.pseudonym import make_key, use_key
from suyuan.domain.contract import Contract, contracts
from suyuan.domain.errors import DataError, UsageError
from suyuan.domain.say import say
from suyuan.domain.tell import Tell
from suyuan.domain.workspace import Workspace
from suyuan.engine.disk import flush, flush_folder, locked, move, staging
from suyuan.engine.open import EngineName, open_engine
from suyuan.engine.protocol import Engine
from suyuan.lead.lead import Before, lead_tables
from suyuan.money import steps as money
from suyuan.resolve import address_book, transfers
from suyuan.sources import lake
from suyuan.typology.group import load_group
from suyuan.typology.model import Group
from suyuan.typology.signals import Findings, Skipped, find_signals
from suyuan.work.kept import TIMING, previous_of, that_stands, write_json, write_table
from suyuan.work.report import write_report
from suyuan.work.resolving import Resolving, planned, resolved
from suyuan.work.run_inputs import (
    fingerprints,
    inputs_digest,
    lake_lines,
    raise_at,
    run_id_of,
    typology_folders,
    versions,
)
from suyuan.work.run_store import OUTPUTS, TOLD, RunInfo, runs
from suyuan.work.views import Laid, entity_steps, lay_known


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What `run` did: the run, and whether it was there already because nothing had changed."""

    run: RunInfo
    unchanged: bool

    def to_json(self) -> dict[str, Any]:
        """Return what a program wants to know."""
        return {**self.run.told, "unchanged": self.unchanged, "report": str(self.run.report)}


@dataclass(kw_only=True)
class _Clock:
    """Seconds by stage. Readings go to `timing.json` and nowhere else."""

    tell: Tell
    seconds: dict[str, float] = field(default_factory=dict)
    since: float = field(default_factory=perf_counter)

    def mark(self, stage: str) -> None:
        now = perf_counter()
        self.seconds[stage] = round(now - self.since, 3)
        self.since = now
        self.tell(say("run.stages"), len(self.seconds), STAGES)


STAGES = 8


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """What is to be run, settled before anything is."""

    workspace: Workspace
    home: Workspace
    files: Mapping[str, Sequence[Path]]
    group: Group
    tables: Mapping[str, Contract]
    raise_at: float
    as_of: date | None
    engine: EngineName
    inputs: str
    number: int
    previous: RunInfo | None
    who: Resolving

    @property
    def run_id(self) -> str:
        return run_id_of(self.inputs, previous=self.previous.run_id if self.previous else None)


def run(
    *,
    workspace: Workspace,
    now: datetime,
    as_of: date | None = None,
    engine: EngineName = "duck",
    typologies: Sequence[str] = (),
    into: Workspace | None = None,
    tell: Tell = lambda *_: None,
) -> Ran:
    """Run everything that has been ingested, and return the run.

    Args:
        workspace: Its lake is read; `runs/<run_id>/` is written, in one rename.
        now: Goes to `timing.json` only.
        as_of: Sees what was known at the end of this day; None: everything.
        engine: "duck" or "spark".
        typologies: Only these; empty: all.
        into: Holds the runs in place of `workspace`, which is then only read.
        tell: Told the stages as they are done.

    When the last run of that day had the same inputs it is returned. Deterministic: the same files, versions and
    parameters give the same bytes of every table.

    Raises:
        DataError: Nothing has been ingested, or a stage refused.
        UsageError: A typology is not known.
        Conflict: Another command is writing to the workspace.
    """
    home = into or workspace
    with locked(home):
        if into is None:
            make_key(workspace)
        use_key(workspace)
        plan = _planned(workspace, home=home, as_of=as_of, engine=engine, typologies=typologies)
        known = that_stands(runs(home), inputs=plan.inputs, as_of=as_of)
        if known:
            return Ran(run=known, unchanged=True)
        return Ran(run=_carried_out(plan, now=now, tell=tell), unchanged=False)


def _planned(
    workspace: Workspace, *, home: Workspace, as_of: date | None, engine: EngineName, typologies: Sequence[str]
) -> _Plan:
    files = lake.tables(workspace)
    if not any(files.values()):
        raise DataError("run.nothing_ingested", workspace=workspace.root)
    group = _chosen(load_group(*typology_folders(workspace), portable=engine == "spark"), typologies)
    known, bar, tables = runs(home), raise_at(workspace), contracts()
    lines = lake_lines(files)
    who = planned(workspace, home=home, lake=lines, contracts=tables, as_of=as_of)
    inputs = inputs_digest(
        lake=lines,
        contracts=tables,
        typologies=fingerprints(group),
        parameters={"raise_at": bar, "engine": engine, "typologies": ",".join(sorted(typologies)), "who": who.inputs},
        as_of=as_of,
    )
    return _Plan(
        workspace=workspace,
        home=home,
        files=files,
        group=group,
        tables=tables,
        raise_at=bar,
        as_of=as_of,
        engine=engine,
        inputs=inputs,
        number=known[-1].number + 1 if known else 1,
        previous=previous_of(known, as_of=as_of),
        who=who,
    )


def _chosen(group: Group, typologies: Sequence[str]) -> Group:
    for name in typologies:
        if name not in group.typologies:
            raise UsageError("run.no_typology", id=name, known=", ".join(group.typologies))
    if not typologies:
        return group
    kept = {name: typology for name, typology in group.typologies.items() if name in typologies}
    return Group(typologies=kept, folders=group.folders)


def _carried_out(plan: _Plan, *, now: datetime, tell: Tell) -> RunInfo:
    clock = _Clock(tell=tell)
    with staging(plan.home) as aside:
        (aside / "spill").mkdir()
        engine = open_engine(plan.engine, temp_dir=aside / "spill")
        clock.mark("open")
        try:
            told = _staged(plan, engine, aside=aside, clock=clock)
        finally:
            engine.close()
        (aside / "spill").rmdir()
        info = RunInfo(
            run_id=plan.run_id, number=plan.number, as_of=plan.as_of, inputs=plan.inputs, folder=aside, told=told
        )
        write_json(aside / TOLD, told)
        write_report(info, workspace=plan.workspace, typologies=plan.group.typologies)
        clock.mark("report")
        write_json(aside / TIMING, {"started_at": now.isoformat(timespec="seconds"), "seconds": clock.seconds})
        for path in sorted(aside.iterdir()):
            flush(path)
        target = plan.home.runs / plan.run_id
        target.parent.mkdir(parents=True, exist_ok=True)
        move(aside, target)
        flush_folder(target.parent)
    return RunInfo(**{**vars(info), "folder": target})


def _staged(plan: _Plan, engine: Engine, *, aside: Path, clock: _Clock) -> dict[str, Any]:
    """Run every stage on `engine`, write the tables into `aside` and return `run.json`."""
    laid = lay_known(engine, lake=plan.files, contracts=plan.tables, as_of=plan.as_of)
    clock.mark("lay")
    absent = _resolved(plan, engine, laid=laid, clock=clock)
    found = find_signals(engine, plan.group, absent=absent)
    engine.write("signal", found.signals)
    engine.write("signal_evidence", found.evidence)
    clock.mark("typologies")
    before = Before(
        number=plan.number,
        leads=plan.previous.read("lead") if plan.previous else None,
        members=plan.previous.read("lead_member") if plan.previous else None,
    )
    merged = lead_tables(
        engine, typologies=plan.group.typologies, contracts=plan.tables, raise_at=plan.raise_at, before=before
    )
    clock.mark("leads")
    counts = {
        table: write_table(aside / f"{table}.parquet", engine.read(table), contract=plan.tables[table])
        for table in OUTPUTS
    }
    raised = sum(engine.read("lead", columns=["raised"])["raised"].to_pylist())
    clock.mark("write")
    return _told(plan, laid=laid, found=found, counts=counts, merged=merged, raised=raised)


def _resolved(plan: _Plan, engine: Engine, *, laid: Laid, clock: _Clock) -> frozenset[str]:
    """Resolve entities, lay the views with their ids, and the tables made of them; return which tables are absent."""
    present = {table: engine.columns(table) for table, rows in laid.rows.items() if rows}
    resolved(plan.who, engine, present=present)
    engine.run(entity_steps(plan.tables, laid=laid))
    engine.run(address_book.plan(present))
    clock.mark("resolve")
    engine.run(transfers.plan(present))
    engine.run(money.plan())
    clock.mark("money")
    made = {"transfer"} if engine.read("transfer", limit=1).num_rows else set()
    made |= set() if "loan" in laid.absent else {"loan_cost"}
    return (laid.absent | {"transfer", "loan_cost"}) - made


def _told(
    plan: _Plan,
    *,
    laid: Laid,
    found: Findings,
    counts: Mapping[str, int],
    merged: Mapping[str, str],
    raised: int,
) -> dict[str, Any]:
    """Return `run.json`: what ran, what was skipped and why, versions and counts; no clock."""
    return {
        "run_id": plan.run_id,
        "number": plan.number,
        "previous": plan.previous.run_id if plan.previous else None,
        "resolution": plan.who.resolution_id,
        "as_of": plan.as_of.isoformat() if plan.as_of else None,
        "engine": plan.engine,
        "inputs": plan.inputs,
        "versions": versions(),
        "raise_at": plan.raise_at,
        "typologies": {
            "ran": [
                {"id": one.id, "version": one.version, "params_digest": one.params_digest, "signals": one.signals}
                for one in found.ran
            ],
            "skipped": [_skip(one) for one in found.skipped],
        },
        "known_rows": {table: rows for table, rows in sorted(laid.rows.items()) if rows},
        "undated_rows": dict(sorted(laid.undated.items())),
        "repeated_rows": dict(sorted(laid.repeated.items())),
        "tables_without_contract": list(laid.unknown),
        "rows": dict(counts),
        "leads": counts["lead"],
        "raised": raised,
        "merged_leads": dict(sorted(merged.items())),
    }


def _skip(one: Skipped) -> dict[str, Any]:
    why = {lang: say(one.key, lang=lang, **one.values) for lang in ("en", "zh")}
    return {"id": one.id, "version": one.version, "why": why}
