from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import pytest

from suyuan.domain.contract import contracts
from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine
from suyuan.lead.lead import TABLES, Before, lead_tables
from suyuan.typology.model import Typology

Make = Callable[..., Typology]
AT = datetime(2024, 1, 5, 10)  # noqa: DTZ001


def ring(lenders: tuple[str, ...] = ("C",), **more: Any) -> dict[str, Any]:
    """Lenders with one loan each; the first also fires on its payer account."""
    loans = [
        {
            "loan_id": f"L{each}",
            "lender_id": each,
            "payer_account_id": "P",
            "borrower_id": f"V{each}",
            "received_fen": 70_000,
            "principal_fen": 100_000,
            "signed_on": date(2024, 1, 5),
        }
        for each in lenders
    ]
    return {
        "signal": [
            *(
                {
                    "signal_id": f"s{each}",
                    "typology_id": "t.a",
                    "subject_kind": "company",
                    "subject_id": each,
                    "score": 0.8,
                }
                for each in lenders
            ),
            {
                "signal_id": "x",
                "typology_id": "t.b",
                "subject_kind": "account",
                "subject_id": "P",
                "score": 0.5,
                "amount_fen": 50_000,
                "facts": {"currency": "CNY"},
            },
        ],
        "signal_evidence": [{"signal_id": f"s{each}", "table_name": "loan", "row_id": f"L{each}"} for each in lenders],
        "loan": loans,
        "entity": [{"entity_id": each, "kind": "company", "name": f"Firm {each}", "records": 2} for each in lenders],
        **more,
    }


def leads(engine: Engine, typology: Make, *, before: Before | None = None, raise_at: float = 0.5) -> Mapping[str, str]:
    return lead_tables(
        engine,
        typologies={"t.a": typology("t.a", "urgent"), "t.b": typology("t.b")},
        contracts=contracts(),
        raise_at=raise_at,
        before=before or Before(number=1),
    )


def only(engine: Engine) -> dict[str, Any]:
    rows = engine.read("lead").to_pylist()
    assert len(rows) == 1
    return dict(rows[0])


def test_signals_of_one_ring_become_one_lead_with_its_measures(
    lay: Callable[..., None], typology: Make, engine: Engine
) -> None:
    lay(engine, **ring())
    leads(engine, typology)
    lead = only(engine)
    assert lead["title_en"] == "Title of t.a + Title of t.b: Firm C, 1 borrower"
    assert lead["title_zh"] == "t.a 的名称、t.b 的名称：Firm C，涉借款人 1 名"
    assert (lead["amount_fen"], lead["currency"], lead["amount_basis"]) == (70_000, "CNY", "loans")
    assert (lead["rank"], lead["raised"], lead["hidden"], lead["severity"]) == (1, True, True, "urgent")
    assert lead["typologies"] == ["t.a", "t.b"]
    assert lead["score"] == pytest.approx(1 - (1 - 0.72) * (1 - 0.3))
    assert (lead["signals"], lead["members"], lead["since_no"]) == (2, 3, 1)
    reasons = sorted(engine.read("lead_reason").to_pylist(), key=lambda row: row["reason_no"])
    assert [row["typology_id"] for row in reasons] == ["t.a", "t.b"]
    assert all(engine.has(table) for table in TABLES)


def test_a_ring_that_grew_keeps_its_lead_id_in_the_next_run(lay: Callable[..., None], typology: Make) -> None:
    first = DuckEngine()
    lay(first, **ring())
    leads(first, typology)
    before = Before(number=2, leads=first.read("lead"), members=first.read("lead_member"))
    second = DuckEngine()
    lay(second, **ring(("B", "C", "D")))
    assert leads(second, typology, before=before) == {}
    assert only(second)["lead_id"] == only(first)["lead_id"]
    assert only(second)["since_no"] == 1


def test_no_signal_is_no_lead(lay: Callable[..., None], typology: Make) -> None:
    engine = DuckEngine()
    lay(engine)
    leads(engine, typology)
    assert [engine.read(table).num_rows for table in TABLES] == [0] * len(TABLES)


def test_a_lead_below_the_bar_is_kept_but_not_raised(lay: Callable[..., None], typology: Make) -> None:
    engine = DuckEngine()
    lay(engine, **ring())
    leads(engine, typology, raise_at=0.99)
    assert only(engine)["raised"] is False


def test_a_report_on_a_victim_takes_the_hidden_flag_away(lay: Callable[..., None], typology: Make) -> None:
    engine = DuckEngine()
    lay(engine, **ring(police_report=[{"report_id": "R", "victim_id": "VC", "reported_at": AT}]))
    leads(engine, typology)
    assert (only(engine)["hidden"], only(engine)["reports"]) == (False, 1)


def test_a_person_is_counted_and_not_named_in_a_title(lay: Callable[..., None], typology: Make) -> None:
    engine = DuckEngine()
    signal = {"signal_id": "s", "typology_id": "t.a", "subject_kind": "person", "subject_id": "P"}
    lay(engine, signal=[signal], entity=[{"entity_id": "P", "kind": "person", "name": "Zhang San", "records": 1}])
    leads(engine, typology)
    assert only(engine)["title_en"] == "Title of t.a: one person (…P)"
