import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from suyuan.domain.workspace import Workspace
from suyuan.sources.lake import quarantined, tables
from suyuan.sources.statement import Hints
from suyuan.work.ingest import Wanted, ingest
from suyuan.work.ingest_report import FileReport
from suyuan.world.frame.tables import row_of
from suyuan.world.frame.world import World
from suyuan.world.institutions.handed import Handed, Written
from suyuan.world.institutions.statements import write_statements
from suyuan.world.institutions.statements_layouts import institutions
from suyuan.world.institutions.statements_numbers import serials
from suyuan.world.life.balances import running
from tests.world.institutions.paid_world import paid_world

NOW = datetime(2026, 1, 1)  # noqa: DTZ001


@dataclass(frozen=True)
class Taken:
    """A world, what was written of it, and the lake it was taken into."""

    world: World
    handed: Handed
    workspace: Workspace
    reports: Mapping[str, FileReport]


def _written(world: World, out: Path, *, threads: int = 2) -> Handed:
    handed = Handed()
    write_statements(world, out, handed, threads=threads)
    return handed


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    folder = tmp_path_factory.mktemp("statements")
    world = paid_world()
    handed = _written(world, folder / "sources")
    workspace, reports = Workspace(root=folder / "w"), dict[str, FileReport]()
    for source in sorted({each.source for each in handed.written}):
        report = ingest(
            workspace,
            [folder / "sources" / source],
            wanted=Wanted(hints=Hints(institution=source)),
            actor="test",
            now=NOW,
            tell=lambda *_: None,
        )
        reports |= {f"{source}/{Path(each.file).name}": each for each in report.files}
    return Taken(world=world, handed=handed, workspace=workspace, reports=reports)


def _rows(paths: list[Path], sql: str) -> list[tuple[Any, ...]]:
    listed = ", ".join(f"'{path}'" for path in paths)
    with duckdb.connect() as con:
        return con.execute(sql.format(lake=f"read_parquet([{listed}])")).fetchall()


def test_ingest_keeps_every_sound_row_of_every_file_and_refuses_exactly_the_broken_ones(taken: Taken) -> None:
    told = {each.file: each for each in taken.handed.written}
    assert taken.reports.keys() == told.keys()
    for name, report in taken.reports.items():
        wrote: Written = told[name]
        assert (report.status, report.table) == ("ingested", wrote.table), (name, report.why, report.needs)
        assert (report.rows_kept, report.rows_quarantined) == (wrote.rows - wrote.broken, wrote.broken), name
    assert sum(each.broken for each in told.values() if each.table == "entry") >= 12 * 3


def test_the_quarantine_holds_the_lines_that_truth_calls_broken_for_the_reason_it_gives(taken: Taken) -> None:
    rows = taken.handed.rows.filter(taken.handed.rows["broken"].is_valid()).to_pylist()
    broken = {(row["source"], row["file"].rpartition("/")[2], row["line"]): row["broken"] for row in rows}
    sql = "select file, row_no, reasons from {lake}"
    found = {(Path(file).name, row_no): reasons for file, row_no, reasons in _rows(quarantined(taken.workspace), sql)}
    assert {(file, line) for _, file, line in broken} == found.keys()
    known = {"no_direction": "missing:effect"}
    for (_, file, line), reason in broken.items():
        reasons = found[file, line]
        assert reason in reasons or known.get(reason) in reasons or f"{reason}:" in ":".join(reasons), (file, reasons)


def _numbering(bank: str) -> str:
    """Return the source that numbers the lines of `bank` by itself; "" where it uses the payment system's numbers."""
    known = institutions().get(bank)
    return known.source if known and known.ways.own_serials else ""


def _expected(world: World) -> dict[tuple[str, str], tuple[int, str, int, np.datetime64]]:
    """Return every entry by account number and serial: amount without fees, effect, balance without them, moment."""
    balances, numbers = running(world), world.column("account", "number")
    moved = np.arange(world.tables.rows("transfer"))
    at = world.column("transfer", "booked_at").astype("datetime64[s]")
    amount, found = world.column("transfer", "amount_fen"), {}
    owns = [_numbering(bank) for bank in world.column("account", "bank")]
    serial = {own: serials(moved, own_of=own).astype(str) for own in {*owns}}
    for side, effect, after in (
        ("src_account_id", "out", balances.src_after),
        ("dst_account_id", "in", balances.dst_after),
    ):
        accounts = world.column("transfer", side)
        for n in moved[accounts >= 0]:
            account = row_of(accounts[n])
            key = (str(numbers[account]), str(serial[owns[account]][n]))
            found[key] = (int(amount[n]), effect, int(after[n]), at[n])
    return found


def test_every_line_comes_back_with_its_amount_direction_balance_and_time(taken: Taken) -> None:
    expected = _expected(taken.world)
    sql = """select distinct split_part(account_id, ':', 2), serial, amount_fen, effect, balance_fen, booked_at,
        time_precision from {lake}"""
    rows = _rows(tables(taken.workspace)["entry"], sql)
    assert len({row[:2] for row in rows}) == len(rows) > 5_000
    units = {"second": "s", "minute": "m", "day": "D"}
    banks = dict(zip(taken.world.column("account", "number"), taken.world.column("account", "bank"), strict=True))
    for number, serial, amount, effect, balance, booked_at, precision in rows:
        fen, way, after, at = expected[number, serial]
        ways = institutions()[banks[number]].ways
        fee = 0 if ways.fee is None else 30_000
        assert (effect, 0 <= amount - fen <= fee * (way == "out")) == (way, True)
        assert balance is None or 0 <= balance - after <= fee * len(rows)
        told = np.datetime64(booked_at).astype(f"datetime64[{units[precision]}]")
        late = {"second": ways.clock, "minute": 2, "day": 4}[precision]
        assert 0 <= (told - at.astype(f"datetime64[{units[precision]}]")).astype(int) < late


def test_balances_close_but_behind_a_broken_line(taken: Taken) -> None:
    for each in taken.handed.written:
        if each.table == "entry":
            balance = (taken.reports[each.file].checks or {})["balance"]
            assert balance["breaks"] <= each.broken, each.file
            assert balance["closes"] or each.broken or balance["closes"] is None


def test_every_held_entry_is_handed_over(taken: Taken) -> None:
    banks = dict(zip(taken.world.column("account", "number"), taken.world.column("account", "bank"), strict=True))
    held = sum(1 for number, _ in _expected(taken.world) if banks[number] != "江南银行")
    once = [each for each in taken.handed.written if each.table == "entry" and "补充" not in each.file]
    assert sum(each.rows for each in once) == held


def test_two_sides_bear_one_serial_and_name_each_other_unless_one_numbers_by_itself(taken: Taken) -> None:
    sql = """select a.account_id, b.account_id, a.counterparty_account, b.counterparty_account from {lake} as a
        join {lake} as b on a.serial = b.serial and a.effect = 'out' and b.effect = 'in'"""
    pairs = _rows(tables(taken.workspace)["entry"], sql)
    assert len(pairs) > 750
    for paid, received, told_by_payer, told_by_receiver in pairs:
        for other, told in ((received, told_by_payer), (paid, told_by_receiver)):
            number = other.rpartition(":")[2]
            assert told in (number, f"{number[:6]}****{number[-4:]}", None)
        both = {
            _numbering(name)
            for name, each in institutions().items()
            for side in (paid, received)
            if side.startswith(f"{each.source}:")
        }
        assert both == {""} or paid.partition(":")[0] == received.partition(":")[0]


def test_truth_tells_the_lines_of_rings_and_scenarios(taken: Taken, tmp_path: Path) -> None:
    rows = [row for row in taken.handed.rows.to_pylist() if row["table_name"] == "entry" and row["broken"] is None]
    assert {row["step"] for row in rows if row["ring"] == 0} == {"strike"}
    assert {row["scenario"] for row in rows if row["ring"] == -1} == {"a market"}
    again = _written(taken.world, tmp_path)
    assert again.rows.equals(taken.handed.rows)
    for row in rows:
        path = tmp_path / row["file"]
        if path.suffix == ".csv":
            line = path.read_bytes().split(b"\n")[row["line"] - 1]
            assert row["source_key"].encode() in line


def test_truth_tells_of_which_transfer_every_sound_line_of_a_statement_is(taken: Taken) -> None:
    told = pa.concat_tables(taken.handed.tellings)
    entries = [each for each in taken.handed.written if each.table == "entry"]
    assert told.num_rows == sum(each.rows - each.broken for each in entries)
    digest = {each.file: each.sha256[:16] for each in entries}
    moved = taken.world.column("transfer", "amount_fen")
    amounts = {
        f"{digest[file]}:1:{line}": moved[transfer]
        for file, line, transfer in zip(*(told[name].to_pylist() for name in ("file", "line", "transfer")), strict=True)
    }
    rows = dict(_rows(tables(taken.workspace)["entry"], "select row_id, amount_fen from {lake}"))
    assert rows.keys() == amounts.keys()
    assert sum(rows[each] == amounts[each] for each in rows) > 0.95 * len(rows)
    assert all(0 <= rows[each] - amounts[each] <= 30_000 for each in rows)


def test_the_same_bytes_whether_one_thread_writes_or_two(tmp_path: Path) -> None:
    world = paid_world(accounts=48, transfers=600)
    one, two = _written(world, tmp_path / "1", threads=1), _written(world, tmp_path / "2", threads=2)
    assert one.written == two.written
    assert one.rows.equals(two.rows)
    for each in one.written:
        assert hashlib.sha256((tmp_path / "2" / each.file).read_bytes()).hexdigest() == each.sha256


def test_every_held_account_has_its_record(taken: Taken) -> None:
    told = {row["truth_id"] for row in taken.handed.records.to_pylist() if row["kind"] == "account"}
    banks = taken.world.column("account", "bank")
    assert set(row_of(np.array(sorted(told))).tolist()) == set(np.flatnonzero(banks != "江南银行").tolist())
