from collections.abc import Callable
from datetime import date
from typing import Any

from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine
from suyuan.lead.group import group_steps
from suyuan.lead.members import ROLES, member_steps


def roles(engine: Engine) -> dict[str, str]:
    engine.run([*group_steps(), *member_steps()])
    rows = engine.read("group_member").to_pylist()
    assert len({(row["group_id"], row["member_id"]) for row in rows}) == len(rows)
    return {row["member_id"]: row["role"] for row in rows}


def loan_ring(**more: Any) -> dict[str, Any]:
    """One lender, one evidenced loan."""
    loan = {"loan_id": "L", "lender_id": "C", "payer_account_id": "P", "borrower_id": "V", "borrower_account_id": "W"}
    return {
        "signal": [{"signal_id": "s", "typology_id": "t", "subject_kind": "company", "subject_id": "C"}],
        "signal_evidence": [{"signal_id": "s", "table_name": "loan", "row_id": "L"}],
        "loan": [loan, {**loan, "loan_id": "M", "borrower_id": "not evidenced"}],
        **more,
    }


def moves(*pairs: tuple[str, str], subject: str = "A") -> dict[str, Any]:
    """One account as subject, and evidenced transfers."""
    transfers = [
        {"transfer_id": f"t{n}", "src_account_id": src, "dst_account_id": dst, "amount_fen": 100}
        for n, (src, dst) in enumerate(pairs)
    ]
    return {
        "signal": [{"signal_id": "s", "typology_id": "t", "subject_kind": "account", "subject_id": subject}],
        "signal_evidence": [
            {"signal_id": "s", "table_name": "transfer", "row_id": row["transfer_id"]} for row in transfers
        ],
        "transfer": transfers,
    }


def test_a_loan_names_lender_payer_and_victim_with_his_account(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    lay(engine, **loan_ring())
    assert roles(engine) == {"C": "lender", "P": "payment", "V": "victim", "W": "victim"}


def test_repayments_prove_the_collection_account_and_its_holder(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    repaid = [{"repayment_id": "R", "loan_id": "L", "payee_account_id": "K", "payer_account_id": "W"}]
    accounts = [{"account_id": "K", "holder_id": "H"}, {"account_id": "W", "holder_id": "V"}]
    lay(engine, **loan_ring(repayment=repaid, account=accounts))
    found = roles(engine)
    assert (found["K"], found["H"], found["V"]) == ("collection", "collection", "victim")


def test_ties_to_the_lender_prove_people(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    ties = [
        {"tie_id": "1", "from_id": "B", "to_id": "C", "kind": "legal_representative"},
        {"tie_id": "2", "from_id": "E", "to_id": "C", "kind": "household"},
    ]
    lay(engine, **loan_ring(tie=ties))
    found = roles(engine)
    assert found["B"] == "legal_representative"
    assert "E" not in found


def test_an_account_is_named_by_what_its_rows_show(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    for pairs, role in (
        ([("x", "A"), ("y", "A"), ("z", "A"), ("A", "b")], "collection"),
        ([("x", "A"), ("A", "b"), ("A", "c"), ("A", "d")], "payment"),
        ([("x", "A"), ("y", "A"), ("A", "b")], "conduit"),
    ):
        lay(engine, **moves(*pairs))
        found = roles(engine)
        assert found["A"] == role
        assert found["x"] == ("funder" if role == "payment" else "unknown")
        assert found["b"] == ("beneficiary" if role == "collection" else "unknown")


def test_who_gets_a_quarter_of_what_was_gathered_ends_up_with_the_money(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    pairs = [(f"p{n}", "A") for n in range(15)] + [("A", "b")] * 3 + [("A", name) for name in ("c", "d", "e", "f")]
    lay(engine, **moves(*pairs), account=[{"account_id": "b", "holder_id": "H"}, {"account_id": "c", "holder_id": "I"}])
    found = roles(engine)
    assert [found.get(name) for name in ("A", "b", "H", "c", "I")] == [
        "collection",
        "beneficiary",
        "beneficiary",
        "unknown",
        None,
    ]


def test_a_known_service_is_no_member(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    service = {
        "subject_id": "x",
        "subject_kind": "account",
        "service": "court",
        "from_on": date(2020, 1, 1),
        "to_on": date(2030, 1, 1),
    }
    lay(engine, **moves(("x", "A"), ("A", "b")), known_service=[service])
    assert set(roles(engine)) == {"A", "b"}


def test_a_member_carries_the_row_that_proves_its_role_and_its_entity(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    lay(engine, **loan_ring(entity=[{"entity_id": "C", "kind": "person", "name": "Zhang", "records": 3}]))
    roles(engine)
    lender = next(row for row in engine.read("group_member").to_pylist() if row["member_id"] == "C")
    told = [lender[name] for name in ("kind", "name", "role_basis", "role_row_id", "records", "signals")]
    assert told == ["person", "Zhang", "loan.lender_id", "L", 3, 1]


def test_every_role_is_ranked_once() -> None:
    assert len(set(ROLES)) == len(ROLES)
