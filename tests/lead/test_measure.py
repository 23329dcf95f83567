from collections.abc import Callable
from datetime import datetime
from typing import Any

from suyuan.domain.contract import contracts
from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine
from suyuan.lead.group import group_steps
from suyuan.lead.measure import measure_steps
from suyuan.lead.members import member_steps


def measured(engine: Engine, table: str, *columns: str) -> list[tuple[Any, ...]]:
    engine.run([*group_steps(), *member_steps(), *measure_steps(contracts())])
    return sorted(tuple(row.values()) for row in engine.read(table, columns=columns).to_pylist())


def signal(name: str, subject: str, kind: str = "account") -> dict[str, str]:
    return {"signal_id": name, "typology_id": name, "subject_kind": kind, "subject_id": subject}


def row(signal_id: str, table: str, row_id: str) -> dict[str, str]:
    return {"signal_id": signal_id, "table_name": table, "row_id": row_id}


def transfer(name: str, src: str, dst: str, fen: int) -> dict[str, Any]:
    return {"transfer_id": name, "src_account_id": src, "dst_account_id": dst, "amount_fen": fen}


def test_a_loan_and_a_transfer_count_once_across_typologies(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    lay(
        engine,
        signal=[signal("s1", "C", "company"), signal("s2", "C", "company")],
        signal_evidence=[row("s1", "loan", "L"), row("s2", "loan", "L"), row("s2", "loan", "M")],
        loan=[
            {"loan_id": "L", "principal_fen": 1000, "received_fen": 700},
            {"loan_id": "M", "principal_fen": 500},
        ],
    )
    assert measured(engine, "group_sum", "basis", "amount_fen", "told") == [("loans", 1200, 2)]


def test_money_that_goes_round_inside_is_not_added_up(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    moves = [
        transfer("t1", "x", "A", 900),
        transfer("t2", "A", "B", 880),
        transfer("t3", "B", "A", 870),
        transfer("t4", "B", "y", 860),
    ]
    evidence = [row(one, "transfer", move["transfer_id"]) for one in ("s1", "s2") for move in moves]
    lay(engine, signal=[signal("s1", "A"), signal("s2", "B")], signal_evidence=evidence, transfer=moves)
    assert measured(engine, "group_sum", "basis", "amount_fen") == [("inside", 880), ("paid", 860), ("received", 900)]


def test_currencies_are_never_mixed(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    moves = [transfer("t1", "x", "A", 900), {**transfer("t2", "x", "A", 50), "currency": "USD"}]
    evidence = [row("s1", "transfer", move["transfer_id"]) for move in moves]
    lay(engine, signal=[signal("s1", "A")], signal_evidence=evidence, transfer=moves)
    assert measured(engine, "group_sum", "currency", "amount_fen") == [("CNY", 900), ("USD", 50)]


def test_provinces_come_from_regions_identity_numbers_and_credit_codes(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    lay(
        engine,
        signal=[signal("s1", "C", "company")],
        signal_evidence=[row("s1", "loan", "L"), row("s1", "loan", "M")],
        loan=[
            {"loan_id": "L", "lender_id": "C", "borrower_id": "V"},
            {"loan_id": "M", "lender_id": "C", "borrower_id": "U"},
        ],
        company=[{"company_id": "C", "credit_code": "91520102MA6DJ8ER41"}],
        person=[
            {"person_id": "V", "region_code": "620102", "id_number": "110101199003070000"},
            {"person_id": "U", "id_number": "110101199003070000"},
        ],
    )
    assert measured(engine, "group_province", "province") == [("110000",), ("520000",), ("620000",)]


def test_a_window_spans_all_signals(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    late = {**signal("s2", "A"), "window_from_at": None, "window_to_at": datetime(2025, 1, 1)}  # noqa: DTZ001
    lay(engine, signal=[signal("s1", "A"), late])
    expected = [(datetime(2024, 1, 1), datetime(2025, 1, 1), 2, 1)]  # noqa: DTZ001
    assert measured(engine, "group_span", "first_at", "last_at", "signals", "subjects") == expected


def test_a_report_names_a_group_by_a_member_or_by_a_loan(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    ring = {
        "signal": [signal("s1", "C", "company")],
        "signal_evidence": [row("s1", "loan", "L")],
        "loan": [{"loan_id": "L", "lender_id": "C", "borrower_id": "V"}],
    }
    lay(engine, **ring, complaint=[{"complaint_id": "K", "against_id": "other"}])
    assert measured(engine, "group_reported", "reports") == []
    lay(
        engine,
        **ring,
        complaint=[{"complaint_id": "K", "complainant_id": "V", "against_id": "C"}],
        police_report=[{"row_id": "R", "report_id": "R", "loan_id": "L"}],
    )
    assert measured(engine, "group_reported", "reports") == [(2,)]
