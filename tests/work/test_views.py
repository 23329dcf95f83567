from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import arrow_schema
from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine
from suyuan.work.views import Laid, entity_steps, lay_known

Rows = Sequence[Mapping[str, Any]]
DAY = date(2024, 5, 10)


def lake_of(folder: Path, **tables: Sequence[Mapping[str, Any]]) -> dict[str, list[Path]]:
    """Write `tables` as lake files with row ids filled in."""
    lake: dict[str, list[Path]] = {}
    for table, rows in tables.items():
        schema = pa.schema([field.with_nullable(True) for field in arrow_schema(contracts()[table])])
        full = [
            {"row_id": f"{table}:{at}", "source": "s", "loaded_at": datetime(2026, 1, 1), **row}  # noqa: DTZ001
            for at, row in enumerate(rows)
        ]
        path = folder / table / "0000000000000000.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_pylist(full, schema=schema), path)
        lake[table] = [path]
    return lake


def laid(engine: Engine, lake: Mapping[str, Sequence[Path]], as_of: date | None = None) -> Laid:
    return lay_known(engine, lake=lake, contracts=contracts(), as_of=as_of)


def rows(engine: Engine, table: str, *columns: str) -> list[tuple[Any, ...]]:
    return sorted(tuple(row.values()) for row in engine.read(table, columns=columns).to_pylist())


def at(day: date, hour: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour)  # noqa: DTZ001


def test_a_table_without_files_is_empty_with_the_types_of_its_contract() -> None:
    engine = DuckEngine()
    told = laid(engine, {})
    assert "loan" in told.absent
    assert engine.columns("loan")["principal_fen"] == "bigint"
    assert engine.read("loan").num_rows == 0


def test_a_day_sees_what_was_known_before_its_end(engine: Engine, tmp_path: Path) -> None:
    entries: list[dict[str, Any]] = [
        {"entry_id": "a", "account_id": "s:1", "booked_at": at(DAY, 23)},
        {"entry_id": "b", "account_id": "s:1", "booked_at": at(DAY + timedelta(days=1))},
        {"entry_id": "c", "account_id": "s:1", "booked_at": None},
    ]
    told = laid(engine, lake_of(tmp_path, entry=entries), DAY)
    assert rows(engine, "entry", "entry_id") == [("a",), ("c",)]
    assert (told.rows["entry"], told.undated) == (2, {"entry": 1})


def test_a_table_known_only_later_is_absent(tmp_path: Path) -> None:
    engine = DuckEngine()
    lake = lake_of(tmp_path, loan=[{"loan_id": "L", "signed_on": DAY + timedelta(days=1), "currency": "CNY"}])
    assert "loan" in laid(engine, lake, DAY).absent
    assert "loan" not in laid(DuckEngine(), lake).absent


def test_later_columns_show_only_what_had_come(tmp_path: Path) -> None:
    engine = DuckEngine()
    loans = [
        {"loan_id": "A", "signed_on": DAY, "closed_on": DAY, "status": "closed"},
        {"loan_id": "B", "signed_on": DAY, "closed_on": DAY + timedelta(days=1), "status": "closed"},
    ]
    laid(engine, lake_of(tmp_path, loan=loans), DAY)
    assert rows(engine, "loan", "loan_id", "closed_on", "status") == [("A", DAY, None), ("B", None, None)]


def test_a_column_that_an_older_lake_lacks_is_null(tmp_path: Path) -> None:
    path = tmp_path / "old.parquet"
    pq.write_table(pa.table({"row_id": ["r"], "transfer_id": ["t"], "surplus": [1]}), path)
    engine = DuckEngine()
    told = laid(engine, {"transfer": [path], "novel": [path]})
    assert rows(engine, "transfer", "transfer_id", "memo") == [("t", None)]
    assert "surplus" not in engine.columns("transfer")
    assert told.unknown == ("novel",)


def member(kind: str, lake_id: str, entity_id: str, *, row_id: str = "", table: str = "") -> dict[str, str]:
    """One row of `entity_member`."""
    ids = {"kind": kind, "lake_id": lake_id, "entity_id": entity_id}
    return {**ids, "table_name": table or kind, "member_row_id": row_id}


def test_id_columns_hold_entity_ids_and_unknown_ones_stay(engine: Engine, tmp_path: Path) -> None:
    lake = lake_of(
        tmp_path,
        account=[
            {"account_id": "s:1", "holder_id": "s:1", "number": None, "bank": "X"},
            {"account_id": "t:9", "holder_id": None, "number": "62", "bank": "Y"},
        ],
        transfer=[{"transfer_id": "t", "src_account_id": "s:1", "dst_account_id": "s:unseen"}],
        known_service=[{"subject_id": "s:1", "subject_kind": "account"}],
    )
    told = laid(engine, lake)
    members = [member("account", "s:1", "A1"), member("account", "t:9", "A1"), member("company", "s:1", "C1")]
    engine.write("entity_member", pa.Table.from_pylist(members))
    engine.run(entity_steps(contracts(), laid=told))
    assert rows(engine, "transfer", "src_account_id", "dst_account_id") == [("A1", "s:unseen")]
    assert rows(engine, "account", "account_id", "holder_id", "number", "bank") == [("A1", "C1", "62", "X")]
    assert rows(engine, "known_service", "subject_id") == [("A1",)]


def test_an_account_that_tells_its_holders_number_alone_gets_the_holder_resolved_from_it(tmp_path: Path) -> None:
    engine = DuckEngine()
    told = laid(engine, lake_of(tmp_path, account=[{"account_id": "s:1", "holder_id_no": "11010119900307109X"}]))
    members = [member("account", "s:1", "A1"), member("person", "s:11", "P1", row_id="account:0", table="account")]
    engine.write("entity_member", pa.Table.from_pylist(members))
    engine.run(entity_steps(contracts(), laid=told))
    assert rows(engine, "account", "account_id", "holder_id") == [("A1", "P1")]


def test_a_kind_of_lender_is_no_kind_of_entity(tmp_path: Path) -> None:
    engine = DuckEngine()
    told = laid(engine, lake_of(tmp_path, loan=[{"loan_id": "L", "lender_id": "s:1", "lender_kind": "private"}]))
    engine.write("entity_member", pa.Table.from_pylist([member("person", "s:1", "P1"), member("account", "s:1", "A1")]))
    engine.run(entity_steps(contracts(), laid=told))
    assert rows(engine, "loan", "lender_id") == [("P1",)]


def test_a_loan_in_two_exports_is_one_loan_and_is_counted(tmp_path: Path) -> None:
    engine = DuckEngine()
    loans = [{"loan_id": "L", "purpose": "first"}, {"loan_id": "L", "purpose": "again"}, {"loan_id": "M"}]
    told = laid(engine, lake_of(tmp_path, loan=loans))
    engine.write("entity_member", pa.Table.from_pylist([member("person", "x", "P")]))
    engine.run(entity_steps(contracts(), laid=told))
    assert rows(engine, "loan", "loan_id", "row_id") == [("L", "loan:0"), ("M", "loan:2")]
    assert told.repeated == {"loan": 1}


DAYS = st.one_of(st.none(), st.dates(date(2024, 5, 8), date(2024, 5, 12)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(loans=st.lists(st.tuples(DAYS, DAYS), max_size=6), moves=st.lists(DAYS, max_size=6))
def test_all_data_as_of_a_day_read_like_data_cut_at_that_day(
    tmp_path: Path, loans: list[tuple[date | None, date | None]], moves: list[date | None]
) -> None:
    def kept(day: date | None) -> date | None:
        return day if day and day <= DAY else None

    def known(day: date | None) -> bool:
        return day is None or day <= DAY

    all_loans = [
        {"row_id": f"l{i}", "loan_id": f"L{i}", "signed_on": signed, "closed_on": closed, "status": "open"}
        for i, (signed, closed) in enumerate(loans)
    ]
    all_moves = [
        {"row_id": f"m{i}", "transfer_id": f"T{i}", "booked_at": at(day, 12) if day else None}
        for i, day in enumerate(moves)
    ]
    cut_loans = [
        {**loan, "closed_on": kept(loan["closed_on"]), "status": None}  # type: ignore[arg-type]
        for loan in all_loans
        if known(loan["signed_on"])  # type: ignore[arg-type]
    ]
    cut_moves = [row for row, day in zip(all_moves, moves, strict=True) if known(day)]
    whole, cut = DuckEngine(), DuckEngine()
    told = laid(whole, lake_of(tmp_path / "whole", loan=all_loans, transfer=all_moves), DAY)
    same = laid(cut, lake_of(tmp_path / "cut", loan=cut_loans, transfer=cut_moves))
    assert told.rows == same.rows
    for table in ("loan", "transfer"):
        assert whole.read(table).sort_by("row_id").equals(cut.read(table).sort_by("row_id"))
