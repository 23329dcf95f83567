from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest

from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import arrow_schema
from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine
from suyuan.engine.step import ArrowStep
from suyuan.money.steps import loan_cost, plan

Row = dict[str, Any]


def table(name: str, rows: list[Row]) -> pa.Table:
    schema = pa.schema([field.with_nullable(True) for field in arrow_schema(contracts()[name])])
    return pa.Table.from_pylist(rows, schema=schema)


def loan(number: int, **told: object) -> Row:
    row: Row = {
        "row_id": f"r{number}",
        "loan_id": f"L{number}",
        "lender_id": "C",
        "lender_kind": "private",
        "currency": "CNY",
    }
    row |= {"principal_fen": 100_000, "received_fen": 70_000, "term_days": 7, "signed_on": date(2018, 9, 1)}
    return row | told


def paid(number: int, fen: int, at: datetime | None, **told: object) -> Row:
    key = f"p{number}-{fen}-{at}"
    row: Row = {"row_id": key, "repayment_id": key, "loan_id": f"L{number}", "paid_at": at, "amount_fen": fen}
    return row | {"currency": "CNY"} | told


def fee(number: int, fen: int, *, withheld: bool | None, **told: object) -> Row:
    key = f"f{number}-{fen}"
    row: Row = {"row_id": key, "fee_id": key, "loan_id": f"L{number}", "amount_fen": fen, "currency": "CNY"}
    return row | {"withheld": withheld} | told


def costs(
    engine: Engine, loans: list[Row], repayments: list[Row], fees: list[Row] | None = None, suit_on: date | None = None
) -> dict[str, Row]:
    engine.write("loan", table("loan", loans))
    engine.write("repayment", table("repayment", repayments))
    engine.write("loan_fee", table("loan_fee", fees or []))
    engine.run(plan(suit_on=suit_on))
    rows = engine.read("loan_cost").to_pylist()
    assert [row["loan_id"] for row in rows] == sorted(row["loan_id"] for row in rows)
    return {row["loan_id"]: row for row in rows}


WEEK = datetime.fromisoformat("2018-09-08T15:30")


def test_the_golden_loan_has_its_rates_line_and_excess(engine: Engine) -> None:
    assert costs(engine, [loan(1, paid_out_at=datetime.fromisoformat("2018-09-01T23:59"))], [paid(1, 100_000, WEEK)])[
        "L1"
    ] == {
        "loan_id": "L1",
        "lender_id": "C",
        "borrower_id": None,
        "principal_fen": 100_000,
        "received_fen": 70_000,
        "repaid_fen": 100_000,
        "head_cut": 0.3,
        "nominal_rate": 22.34693878,
        "effective_rate": 119407269.4,
        "line_name": "private_24",
        "line_rate": 0.24,
        "allowed_fen": 322,
        "over_fen": 29_678,
        "last_paid_on": date(2018, 9, 8),
        "why_null": None,
        "why_no_line": None,
    }


def test_what_is_not_known_is_null_with_its_reason(engine: Engine) -> None:
    loans = [
        loan(1),
        loan(2, received_fen=None),
        loan(3, signed_on=None),
        loan(4, lender_kind=None),
        loan(5),
        loan(6),
        loan(7, currency="USD"),
        loan(8, signed_on=date(2026, 3, 1)),
        loan(9, received_fen=2 * 10**13),
    ]
    late = datetime.fromisoformat("2026-03-08")
    repayments = [paid(number, 100_000, WEEK) for number in (2, 3, 4, 9)]
    repayments += [paid(5, 100_000, None), paid(6, 100_000, WEEK, currency="USD")]
    repayments += [paid(7, 100_000, WEEK, currency="USD"), paid(8, 100_000, late)]
    found = costs(engine, loans, repayments)
    assert {key: (row["why_null"], row["why_no_line"]) for key, row in found.items()} == {
        "L1": ("nothing_repaid", None),
        "L2": ("received_unknown", None),
        "L3": ("day_unknown", "contract_day_unknown"),
        "L4": (None, "lender_kind_unknown"),
        "L5": ("day_unknown", None),
        "L6": ("several_currencies", None),
        "L7": (None, "currency_without_line"),
        "L8": (None, "lpr_unknown"),
        "L9": ("beyond_numbers", "beyond_numbers"),
    }
    for key in ("L2", "L3", "L5", "L6", "L9"):
        assert found[key]["nominal_rate"] is None
        assert found[key]["over_fen"] is None
    assert (found["L1"]["allowed_fen"], found["L1"]["over_fen"], found["L1"]["last_paid_on"]) == (0, 0, None)
    assert (found["L5"]["repaid_fen"], found["L6"]["repaid_fen"]) == (100_000, None)
    assert (found["L2"]["head_cut"], found["L8"]["head_cut"]) == (None, 0.3)


def test_fees_kept_back_tell_what_was_received_and_fees_paid_beside_count_as_paid(engine: Engine) -> None:
    found = costs(
        engine,
        [loan(1, received_fen=None), loan(2, received_fen=100_000), loan(3)],
        [paid(number, 100_000, WEEK) for number in (1, 2, 3)],
        [
            fee(1, 20_000, withheld=True),
            fee(1, 10_000, withheld=True),
            fee(2, 30_000, withheld=False, charged_at=datetime.fromisoformat("2018-09-01T09:00")),
            fee(3, 30_000, withheld=None),
        ],
    )
    assert [found[key]["received_fen"] for key in ("L1", "L2", "L3")] == [70_000, 100_000, 70_000]
    assert [found[key]["repaid_fen"] for key in ("L1", "L2", "L3")] == [100_000, 130_000, 100_000]
    assert [found[key]["over_fen"] for key in ("L1", "L2", "L3")] == [29_678] * 3
    assert {found[key]["nominal_rate"] for key in ("L1", "L2", "L3")} == {22.34693878}


def test_rows_told_twice_count_once(engine: Engine) -> None:
    again = paid(1, 100_000, WEEK, row_id="other file")
    found = costs(engine, [loan(1), loan(1, row_id="r2")], [paid(1, 100_000, WEEK), again])
    assert len(found) == 1
    assert (found["L1"]["repaid_fen"], found["L1"]["over_fen"]) == (100_000, 29_678)


def test_payments_of_unknown_loans_are_left_out(engine: Engine) -> None:
    assert costs(engine, [loan(1)], [paid(2, 100_000, WEEK)])["L1"]["why_null"] == "nothing_repaid"


def test_old_private_contracts_that_ran_on_need_the_day_of_suit(engine: Engine) -> None:
    loans = [loan(1, signed_on=date(2020, 1, 1)), loan(2, signed_on=date(2020, 1, 1))]
    repayments = [
        paid(1, 100_000, datetime.fromisoformat("2021-01-01")),
        paid(2, 100_000, datetime.fromisoformat("2020-08-20")),
    ]
    unsaid = costs(engine, loans, repayments)
    assert (unsaid["L1"]["line_name"], unsaid["L1"]["why_no_line"]) == (None, "suit_day_unknown")
    assert unsaid["L2"]["line_name"] == "private_24"
    said = costs(engine, loans, repayments, suit_on=date(2022, 9, 1))
    # 232 days at 24 % and 134 at 14.6 % on 700.00
    assert said["L1"]["allowed_fen"] == round(70_000 * (232 * 0.24 + 134 * 0.146) / 365)


@pytest.mark.parametrize("rows", [0])
def test_no_loans_give_an_empty_table_of_the_contract(engine: Engine, rows: int) -> None:
    assert len(costs(engine, [], [])) == rows
    assert engine.columns("loan_cost")["over_fen"] == "bigint"


def test_the_order_of_rows_changes_nothing() -> None:
    engine = DuckEngine()
    engine.write("loan", table("loan", [loan(number) for number in range(40)]))
    days = [(400, datetime.fromisoformat("2018-09-05")), (990, datetime.fromisoformat("2018-09-08"))]
    payments = [paid(number, fen, day) for number in range(40) for fen, day in days]
    engine.write("repayment", table("repayment", payments))
    engine.write("loan_fee", table("loan_fee", []))
    *steps, last = plan()
    engine.run([*steps, last])
    head, flows = engine.read("loan_cost_head"), engine.read("loan_cost_flow")
    mixed = loan_cost(
        head.take(list(range(head.num_rows))[::-1]), flows.take(list(range(flows.num_rows))[::-1]), suit_on=None
    )
    assert isinstance(last, ArrowStep)
    assert last.any_order
    assert mixed.to_pylist() == engine.read("loan_cost").to_pylist()
