"""Takes files of any kind into the lake: read, recognised, staged, checked, published one by one."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

import duckdb

from suyuan.domain.errors import DataError, NotFound
from suyuan.domain.say import say
from suyuan.domain.tell import Tell
from suyuan.domain.workspace import Workspace
from suyuan.engine.disk import locked, staging
from suyuan.sources.contract_csv import NAME as CONTRACT
from suyuan.sources.folder import walk
from suyuan.sources.grid import Grid, Refused
from suyuan.sources.lake import admit, ingested, manifests, sweep_orphans
from suyuan.sources.mapping import TableMapping, load_mapping, load_mappings, shipped
from suyuan.sources.open import open_grids
from suyuan.sources.statement import Hints
from suyuan.work.ingest_bench import Bench
from suyuan.work.ingest_file import STATEMENT, Plan, read_aside
from suyuan.work.ingest_leave import finish
from suyuan.work.ingest_report import FileReport, IngestReport
from suyuan.work.init import init


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What was typed: hints for statements, a mapping by name or file, and whether to read again what is in already."""

    hints: Hints
    mapping: str | None = None
    again: bool = False


def ingest(
    workspace: Workspace,
    paths: Iterable[Path],
    *,
    wanted: Wanted,
    actor: str,
    now: datetime,
    tell: Tell,
    threads: int | None = None,
) -> IngestReport:
    """Take every file below `paths` into the lake of `workspace`, which is made when it is absent.

    Each file stands alone: it is published whole or not at all, and one that is refused or must be asked about stops no
    other. A file that is in already, under whatever name, adds nothing, unless `wanted.again`; then it is read anew and
    replaces what it gave before. With `again` and no paths, files with refused rows are read again where they lay.

    Args:
        workspace: Where to.
        paths: Files and folders.
        wanted: What was typed.
        actor: Who does it; kept in the manifest.
        now: `loaded_at` of every row, China Standard Time.
        tell: Told of progress: what, files done, files in all.
        threads: None takes every core.

    Raises:
        DataError: A mapping is faulty, or the lake is.
        NotFound: No mapping bears the name that was asked for.
        Conflict: Another command is writing in the workspace.
    """
    return ingest_parts(workspace, [(wanted, list(paths))], actor=actor, now=now, tell=tell, threads=threads)


def ingest_parts(
    workspace: Workspace,
    parts: Sequence[tuple[Wanted, Sequence[Path]]],
    *,
    actor: str,
    now: datetime,
    tell: Tell,
    threads: int | None = None,
) -> IngestReport:
    """Take several sets of files into the lake, each as was typed for it, under one lock; see `ingest`."""
    reports: list[FileReport] = []
    with locked(workspace):
        init(workspace)
        finish(workspace)
        swept = sweep_orphans(workspace)
        plans = [_plan(workspace, wanted, now) for wanted, _ in parts]
        walks = [walk(paths or (_again(workspace) if wanted.again else [])) for wanted, paths in parts]
        done, total = 0, sum(len(walked.files) for walked in walks)
        with staging(workspace) as folder, closing(Bench(folder, threads=threads)) as bench:
            for (wanted, _), plan, walked in zip(parts, plans, walks, strict=True):
                work = _Work(workspace=workspace, plan=plan, wanted=wanted, actor=actor, bench=bench)
                reports += [_passed(each) for each in walked.passed if not each.harmless]
                for path in walked.files:
                    tell(say("ingest.reading"), done, total)
                    reports += _one(work, path)
                    done += 1
        tell(say("ingest.reading"), total, total)
    return IngestReport(files=tuple(reports), swept=swept)


def _plan(workspace: Workspace, wanted: Wanted, now: datetime) -> Plan:
    known = {**shipped(), **load_mappings(workspace.root / "mappings")}
    chosen = _mapping(wanted.mapping, known)
    return Plan(
        hints=wanted.hints,
        mappings=known,
        mapping=chosen,
        statement_only=wanted.mapping == STATEMENT,
        loaded_at=now,
    )


def _mapping(name: str | None, known: Mapping[str, TableMapping]) -> TableMapping | None:
    """Return the mapping that was asked for by name or file; null when none was, or a built-in one."""
    if name is None or name in (STATEMENT, CONTRACT):
        return None
    if name in known:
        return known[name]
    if Path(name).is_file():
        return load_mapping(Path(name))
    raise NotFound("ingest.no_mapping", mapping=name, known=", ".join([*known, STATEMENT, CONTRACT]))


def _again(workspace: Workspace) -> list[Path]:
    """Return the files that rows were refused from, where they lay."""
    return [Path(told["path"]) for told in manifests(workspace) if told.get("rows_quarantined") and "path" in told]


def _passed(refused: Refused) -> FileReport:
    return FileReport(
        file=refused.file,
        status="refused",
        key=refused.key,
        why=str(DataError(refused.key, **refused.values)),
        harmless=refused.harmless,
    )


@dataclass(frozen=True, kw_only=True)
class _Work:
    """What every file of one ingest is read with."""

    workspace: Workspace
    plan: Plan
    wanted: Wanted
    actor: str
    bench: Bench


def _one(work: _Work, path: Path) -> list[FileReport]:
    """Return the reports of one file, or of each member of an archive; each is published as soon as it is whole."""
    reports: list[FileReport] = []
    folder, con = work.bench.lay_out()
    try:
        opened = open_grids(path, con=con, staging=folder)
        for number, (_, found) in enumerate(groupby(opened, key=lambda each: each.file)):
            reports.append(_member(work, list(found), path=path, con=con, folder=folder / f"out{number}"))
    except OSError as fault:
        reports.append(_unwritten(str(path), fault))
    finally:
        work.bench.clear(folder, went_well=all(each.status != "refused" for each in reports))
    return reports


def _member(
    work: _Work, found: list[Grid | Refused], *, path: Path, con: duckdb.DuckDBPyConnection, folder: Path
) -> FileReport:
    """Publish one file or member, or say why not; of one that is broken further on nothing is kept."""
    grids: list[Grid] = []
    for each in found:
        if isinstance(each, Refused):
            return _passed(each)
        grids.append(each)
    sha256, file = grids[0].sha256, grids[0].file
    before = ingested(work.workspace, sha256)
    if before is not None and not work.wanted.again:
        return FileReport.of_manifest(before, file=file)
    folder.mkdir()
    try:
        aside = read_aside(con, grids, plan=work.plan, folder=folder)
        if aside.report.status == "ingested":
            manifest = {
                **aside.report.to_json(),
                "path": str(path.resolve()),
                "actor": work.actor,
                "loaded_at": work.plan.loaded_at.isoformat(timespec="seconds"),
            }
            admit(work.workspace, manifest, list(aside.parts), folder=folder)
    except DataError as fault:
        return FileReport(file=file, sha256=sha256, status="refused", key=fault.key, why=str(fault))
    return aside.report


def _unwritten(file: str, fault: OSError) -> FileReport:
    why = say("ingest.cannot_write", file=file, why=fault.strerror or type(fault).__name__)
    return FileReport(file=file, status="refused", key="ingest.cannot_write", why=why)
