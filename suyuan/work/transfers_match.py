"""`suyuan transfers match`: the same transfers told by two institutions, paired one to one."""

import csv
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from suyuan.domain.errors import DataError, NotFound
from suyuan.domain.say import say
from suyuan.domain.tell import Tell
from suyuan.domain.workspace import Workspace
from suyuan.engine.duck import connect
from suyuan.resolve.match.match import Matched, match
from suyuan.sources import lake
from suyuan.sources.mapping import load_mappings, shipped
from suyuan.sources.statement.ask import DateOrder
from suyuan.work.ingest_bench import Bench
from suyuan.work.transfers_plain import Chosen
from suyuan.work.transfers_told import Reader, Told, told_by_file, told_by_lake

HEADER = ("left_key", "right_key", "score")
_STEPS = 3


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Which columns were named: keys for each side; date, amount and memo for whichever side has such a column."""

    left_key: tuple[str, ...] = ()
    right_key: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    amount: tuple[str, ...] = ()
    memo: tuple[str, ...] = ()

    def of(self, key: tuple[str, ...]) -> Chosen:
        """Return what was named for the side with `key`."""
        return Chosen(key=key, date=self.date, amount=self.amount, memo=self.memo)


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """What `transfers_match` found and wrote."""

    left: Told
    right: Told
    matched: Matched
    out: Path

    def to_json(self) -> dict[str, Any]:
        """Return what a program wants to know."""
        return {
            "out": str(self.out),
            "pairs": len(self.matched.score),
            "left": _side(self.left),
            "right": _side(self.right),
            "within_days": self.matched.days,
            "within_amount_ratio": self.matched.ratio,
            "narrowed": self.matched.narrowed,
            "turns": self.matched.turns,
        }


def transfers_match(
    *,
    left: str,
    right: str,
    out: Path,
    workspace: Workspace | None = None,
    columns: Columns | None = None,
    date_order: DateOrder | None = None,
    tell: Tell = lambda *_: None,
) -> Pairs:
    """Match what `left` and `right` tell and write `out`: left_key, right_key, score in [0, 1], in the order of left.

    Args:
        left: A file, or the name of a source in the lake of `workspace`. A file of that name wins.
        right: As `left`.
        out: Written whole or not at all.
        workspace: Its lake is searched for names that are no files, and its mappings are tried.
        columns: Which columns were named.
        date_order: Of dates such as 03/04/2024 where a file leaves it open.
        tell: Told the steps.

    Raises:
        NotFound: Neither a file nor a source bears the name.
        DataError: A file cannot be read or recognised, or cannot be matched within bounds.
    """
    named = columns or Columns()
    tell(say("transfers.reading"), 0, _STEPS)
    one = _told(left, named.of(named.left_key), workspace=workspace, date_order=date_order)
    tell(say("transfers.reading"), 1, _STEPS)
    other = _told(right, named.of(named.right_key), workspace=workspace, date_order=date_order)
    tell(say("transfers.matching"), 2, _STEPS)
    matched = match(one.table, other.table)
    _written(out, one, other, matched)
    tell(say("transfers.matching"), _STEPS, _STEPS)
    return Pairs(left=one, right=other, matched=matched, out=out)


def _told(name: str, chosen: Chosen, *, workspace: Workspace | None, date_order: DateOrder | None) -> Told:
    mappings = shipped() if workspace is None else {**shipped(), **load_mappings(workspace.root / "mappings")}
    path = Path(name)
    if path.is_file():
        reader = Reader(mappings=mappings, chosen=chosen, date_order=date_order)
        with (
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
            closing(Bench(Path(folder), threads=None)) as bench,
        ):
            return told_by_file(path, reader=reader, bench=bench)
    files = {} if workspace is None else lake.tables(workspace)
    if files and workspace is not None:
        with closing(connect(folders=[workspace.lake])) as con:
            found = told_by_lake(name, files=files, con=con)
        if found is not None:
            return found
    raise NotFound("transfers.no_side", name=name)


def _written(out: Path, left: Told, right: Told, matched: Matched) -> None:
    """Write the pairs beside `out`, then let them bear its name."""
    left_keys = left.table["key"].take(matched.left).to_pylist()
    right_keys = right.table["key"].take(matched.right).to_pylist()
    aside = out.with_name(f".{out.name}.part")
    try:
        with aside.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            writer.writerows(zip(left_keys, right_keys, matched.score.tolist(), strict=True))
        aside.replace(out)
    except OSError as fault:
        raise DataError("transfers.cannot_write", out=str(out), why=fault.strerror or str(fault)) from fault


def _side(told: Told) -> dict[str, Any]:
    return {
        "name": told.name,
        "read_as": told.read_as,
        "columns": dict(told.columns),
        "rows": len(told.table),
        "rows_refused": told.refused,
    }
