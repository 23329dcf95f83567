"""Statements of every account that is held: in bulk by institution, a few as their holders print them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.domain.tell import Tell
from suyuan.world.frame.dice import Ints
from suyuan.world.frame.memory import give_back
from suyuan.world.frame.world import World
from suyuan.world.institutions.handed import Handed, Written
from suyuan.world.institutions.statements_cells import breakable
from suyuan.world.institutions.statements_entries import Entries, cut, laid
from suyuan.world.institutions.statements_faces import Faces
from suyuan.world.institutions.statements_files import UNBROKEN, Broken, File, write_text
from suyuan.world.institutions.statements_layouts import Institution, Layout, figures, institutions
from suyuan.world.institutions.statements_ledger import Ledger, ledger
from suyuan.world.institutions.statements_registers import write_account_registers
from suyuan.world.institutions.statements_spoilt import spoilt
from suyuan.world.institutions.statements_ways import numbers_told
from suyuan.world.institutions.statements_workbooks import write_workbook
from suyuan.world.life.balances import Running, running

_THREADS = 2
_Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, kw_only=True)
class _Task:
    """One file to write."""

    institution: Institution
    layout: Layout
    path: Path
    entries: Entries
    broken: Broken = UNBROKEN


def write_statements(
    world: World,
    out: Path,
    handed: Handed,
    *,
    tell: Tell = lambda *_: None,
    told: Running | None = None,
    threads: int = _THREADS,
) -> None:
    """Write what institutions tell of the accounts they hold: registers and statements, below `out/<source>/`.

    The bytes do not depend on `threads`. About 1.2 µs of CPU a line, in blocks: a few hundred bytes of memory an entry
    are never needed at once.

    Args:
        world: Closed, with balances.
        out: Folder of sources.
        handed: Told of every file, of the accounts' records, of the transfer each line tells of, and of lines that
            belong to a story or are broken.
        tell: Told of files done.
        told: The balances; None reckons them.
        threads: How many files are written side by side.

    Raises:
        OSError: A file cannot be written.
    """
    give_back()
    faces = Faces(world)
    write_account_registers(world, faces, out, handed)
    entries = laid(world, faces, told if told is not None else running(world))
    texts = ledger(world, faces)
    labelled = _labelled(world)
    tasks = list(_tasks(world, faces, entries, out))
    del entries
    give_back()
    with ThreadPoolExecutor(threads) as pool:
        written = pool.map(lambda task: _write(task, texts), tasks)
        for done, (task, file) in enumerate(zip(tasks, written, strict=True), start=1):
            tell("statements", done, len(tasks))
            _hand(world, task, file, handed, out, labelled=labelled)


def _tasks(world: World, faces: Faces, entries: Entries, out: Path) -> Iterator[_Task]:
    """Yield every file of every institution, in the order in which they are told of."""
    owner = faces.institution[entries.account]
    books = sum(1 for each in institutions().values() if each.workbook)
    for place, institution in enumerate(institutions().values()):
        own = entries.at(slice(*np.searchsorted(owner, [place, place + 1]).tolist()))
        if not len(own):
            continue
        folder = out / institution.source
        folder.mkdir(parents=True, exist_ok=True)
        chance = world.chance("institutions", "statements", institution.source)
        printed, again = _chosen(chance, own, prints=figures().prints if institution.printed else 0)
        yield from _bulk(world, institution, own.at(~np.isin(own.account, printed)), folder, in_books=books)
        yield from _again(institution, own.at(np.isin(own.account, again)), folder)
        yield from _printed(institution, own, printed, folder)


def _chosen(chance: np.random.Generator, own: Entries, *, prints: int) -> tuple[Ints, Ints]:
    """Return the accounts whose statements are printed, and others that are handed over twice."""
    told = figures()
    accounts, rows = np.unique(own.account, return_counts=True)
    fitting = accounts[(rows >= told.print_rows.least) & (rows <= told.print_rows.most)]
    twice = len(accounts) * told.again // 1000
    drawn = chance.permutation(fitting)
    return np.sort(drawn[:prints], kind="stable"), np.sort(drawn[prints : prints + twice], kind="stable")


def _bulk(world: World, institution: Institution, own: Entries, folder: Path, *, in_books: int) -> Iterator[_Task]:
    """Yield the files of all statements of an institution, some as workbooks where it hands over workbooks."""
    told, layout = figures(), institution.bulk
    spoilt_at, reasons = spoilt(world, institution.source, "entry", len(own), breakable(layout))
    parts: list[tuple[slice, str]] = []
    books = cut(own, rows=told.workbook_rows_a_file) if institution.workbook else []
    kept = [part for part in books if part.stop <= told.workbook_rows // in_books]
    parts += [(part, "xlsx") for part in kept]
    start = kept[-1].stop if kept else 0
    rest = own.at(slice(start, None))
    parts += [(slice(part.start + start, part.stop + start), "csv") for part in cut(rest, rows=told.rows_a_file)]
    for number, (part, ending) in enumerate(parts, start=1):
        inside = (spoilt_at >= part.start) & (spoilt_at < part.stop)
        yield _Task(
            institution=institution,
            layout=layout,
            path=folder / f"{institution.name}{layout.title}_{number:02d}.{ending}",
            entries=own.at(part),
            broken=Broken(
                places=spoilt_at[inside] - part.start,
                reasons=[reason for reason, here in zip(reasons, inside.tolist(), strict=True) if here],
            ),
        )


def _again(institution: Institution, twice: Entries, folder: Path) -> Iterator[_Task]:
    """Yield the file of the accounts that were asked for a second time."""
    if len(twice):
        layout = institution.bulk
        yield _Task(
            institution=institution,
            layout=layout,
            path=folder / f"{institution.name}{layout.title}_补充.csv",
            entries=twice,
        )


def _printed(institution: Institution, own: Entries, accounts: Ints, folder: Path) -> Iterator[_Task]:
    """Yield the statements that holders of `accounts` have printed."""
    layout = institution.printed
    for number, account in enumerate(accounts.tolist() if layout else [], start=1):
        assert layout
        yield _Task(
            institution=institution,
            layout=layout,
            path=folder / f"{institution.name}{layout.title}_{number:02d}.csv",
            entries=own.at(own.account == account),
        )


def _write(task: _Task, texts: Ledger) -> File:
    if task.path.suffix == ".xlsx":
        return write_workbook(task.path, ledger=texts, layout=task.layout, entries=task.entries, broken=task.broken)
    return write_text(
        task.path,
        ledger=texts,
        layout=task.layout,
        entries=task.entries,
        bank=task.institution.name,
        broken=task.broken,
    )


def _hand(world: World, task: _Task, file: File, handed: Handed, out: Path, *, labelled: _Flags) -> None:
    """Tell `handed` of a file, and whose its lines are."""
    source, name = task.institution.source, task.path.relative_to(out).as_posix()
    handed.written.append(
        Written(
            file=name,
            sha256=file.sha256,
            source=source,
            table="entry",
            rows=len(task.entries),
            broken=len(task.broken.places),
        )
    )
    numbers, sound = numbers_told(task.layout, task.entries), np.ones(len(task.entries), np.bool_)
    sound[task.broken.places] = False
    handed.tells(
        source=source,
        table="entry",
        file=name,
        keys=numbers,
        line=file.line,
        transfer=task.entries.transfer.astype(np.int64),
        sound=sound,
    )
    reasons = np.full(len(task.entries), None, object)
    reasons[task.broken.places] = task.broken.reasons
    told = np.flatnonzero(labelled[task.entries.transfer] | np.isin(np.arange(len(reasons)), task.broken.places))
    moved = task.entries.transfer[told].astype(np.int64)
    handed.lines(
        source=source,
        table="entry",
        file=name,
        keys=pa.array(numbers[told]).cast(pa.string()),
        line=file.line[told],
        ring=world.column("transfer", "_ring")[moved],
        step=_labels(world, "_step", moved),
        scenario=_labels(world, "_scenario", moved),
        broken=pa.array(reasons[told], pa.string()),
    )


def _labelled(world: World) -> _Flags:
    """Return which transfers belong to a story: a ring's or an honest scenario's."""
    scenario = world.tables.table("transfer")["_scenario"]
    told = pc.fill_null(pc.not_equal(scenario.cast(pa.string()), ""), False)
    return np.asarray((world.column("transfer", "_ring") >= 0) | told.to_numpy(), np.bool_)


def _labels(world: World, name: str, rows: Ints) -> pa.Array:
    return world.tables.table("transfer")[name].take(pa.array(rows)).cast(pa.string()).combine_chunks()
