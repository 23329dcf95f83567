"""Plans `loan_cost`: what every loan cost, the line that holds for it, and what was paid over that line."""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import arrow_schema
from suyuan.engine.step import AnyStep, ArrowStep, Keep, Step
from suyuan.money.allowed import beyond, reckon
from suyuan.money.cap import NO_LINES, FirstLines, NoLine, first_lines
from suyuan.money.cost import REASONS, WhyNull, table_rates
from suyuan.money.schedule import Int64s, Schedules, day_number

_UNKNOWN = np.iinfo(np.int64).min
_NEVER = 1 << 40
UNDATED, OTHER_CURRENCY, PAYMENT = 1, 2, 4
"""Flags of a flow, added up: its day is not told; its currency is not the loan's; the borrower paid it."""

_HEAD = """
with twice as (
  select loan_id
  from {loan}
  group by loan_id
  having count(*) > 1
),

firsts as (
  select
    loan_id, lender_id, borrower_id, lender_kind, currency, principal_fen, received_fen, signed_on, paid_out_at,
    interval_days, term_days
  from {loan} as told
  where not exists (select 1 from twice where twice.loan_id = told.loan_id)
  union all
  select
    told.loan_id, told.lender_id, told.borrower_id, told.lender_kind, told.currency, told.principal_fen,
    told.received_fen, told.signed_on, told.paid_out_at, told.interval_days, told.term_days
  from {loan} as told
  inner join twice on twice.loan_id = told.loan_id
  qualify row_number() over (partition by told.loan_id order by told.row_id) = 1
),

kept_back as (
  select loan_id, sum(amount_fen) as fen
  from (select distinct loan_id, coalesce(fee_id, row_id) as fee, amount_fen from {fee} where withheld)
  group by loan_id
)

select
  row_number() over (order by one.loan_id) - 1 as loan_no,
  one.loan_id,
  one.lender_id,
  one.borrower_id,
  one.lender_kind,
  one.currency,
  one.principal_fen,
  cast(coalesce(one.received_fen, one.principal_fen - kept_back.fen) as bigint) as received_fen,
  coalesce(cast(one.paid_out_at as date), one.signed_on) as received_on,
  coalesce(one.signed_on, cast(one.paid_out_at as date)) as contract_on,
  coalesce(one.interval_days, 0) as interval_days,
  coalesce(one.term_days, 0) as term_days
from firsts as one
left join kept_back on kept_back.loan_id = one.loan_id
"""

_FLOWS = """
with twice as (
  select repayment_id
  from {repayment}
  where repayment_id is not null
  group by repayment_id
  having count(*) > 1
),

paid as (
  select loan_id, cast(paid_at as date) as on_day, amount_fen, currency
  from {repayment} as told
  where not exists (select 1 from twice where twice.repayment_id = told.repayment_id)
  union all
  select loan_id, on_day, amount_fen, currency
  from (
    select distinct
      told.repayment_id, told.loan_id, cast(told.paid_at as date) as on_day, told.amount_fen, told.currency
    from {repayment} as told
    inner join twice on twice.repayment_id = told.repayment_id
  )
  union all
  select loan_id, on_day, amount_fen, currency
  from (
    select distinct
      coalesce(fee_id, row_id) as fee, loan_id, cast(charged_at as date) as on_day, amount_fen, currency
    from {fee}
    where not withheld
  )
)

select
  head.loan_no,
  paid.on_day,
  -paid.amount_fen as fen,
  4
  + case when paid.on_day is null then 1 else 0 end
  + case when paid.currency is distinct from head.currency then 2 else 0 end as flags
from paid
inner join {head} as head on head.loan_id = paid.loan_id
where paid.amount_fen <> 0
union all
select
  loan_no,
  received_on as on_day,
  received_fen as fen,
  case when received_on is null then 1 else 0 end as flags
from {head}
where received_fen > 0
"""


def plan(
    *,
    loan: str = "loan",
    loan_fee: str = "loan_fee",
    repayment: str = "repayment",
    into: str = "loan_cost",
    suit_on: date | None = None,
) -> list[AnyStep]:
    """Return the steps that reckon what each loan cost and what its lender took over the line.

    Args:
        loan: One row a loan (of several with one `loan_id` the first by `row_id`). Received is `received_fen`, or the
            principal less the fees told as withheld; it came on the day of `paid_out_at`, or of `signed_on`.
        loan_fee: Fees; one with `withheld` false was paid beside the repayments and counts as paid on `charged_at`. One
            withheld, or not told, is already in what was received.
        repayment: Payments; equal rows with one `repayment_id` count once.
        into: Written, one row a loan, by `loan_id`, in the columns of the contract `loan_cost`. `repaid_fen` holds the
            fees paid beside; `line_*`, `allowed_fen` and `over_fen` are of the strictest line (null: `why_no_line`).
        suit_on: Day of suit for private contracts of before 2020-08-20 that ran on; null leaves those without a line.

    Deterministic. Cost: a sort of the flows, then some 100 ns a flow.
    """
    head, flows = f"{into}_head", f"{into}_flow"
    names = {"loan": loan, "fee": loan_fee, "repayment": repayment, "head": head}
    return [
        Step(name=head, sql=_HEAD.format(**names).strip(), keep=Keep.TABLE),
        Step(name=flows, sql=_FLOWS.format(**names).strip()),
        ArrowStep(
            name=into,
            reads={head: None, flows: None},
            run=lambda tables: loan_cost(tables[head], tables[flows], suit_on=suit_on),
            any_order=True,
        ),
    ]


def loan_cost(head: pa.Table, flows: pa.Table, *, suit_on: date | None) -> pa.Table:
    """Return the rows of `loan_cost` from the loans and their flows, as `plan` lays them.

    Args:
        head: `loan_no` is 0 … n − 1; sorted here.
        flows: `loan_no`, `on_day` (null: not told), `fen` (signed), `flags`.
        suit_on: See `plan`.
    """
    if not (np.diff(_ints(head["loan_no"])) == 1).all():
        head = head.sort_by("loan_no")
    loans = head.num_rows
    number, flags, fen = _ints(flows["loan_no"]), _ints(flows["flags"]), _ints(flows["fen"])
    day = _days(flows["on_day"])
    flagged = [np.bincount(number[flags & bit != 0], minlength=loans) > 0 for bit in (UNDATED, OTHER_CURRENCY)]
    usable = flags & (UNDATED | OTHER_CURRENCY) == 0
    schedules = Schedules.of(loans=loans, loan=number[usable], day=day[usable], fen=fen[usable])
    paid = (flags & PAYMENT != 0) & (flags & OTHER_CURRENCY == 0)
    repaid = _sums(number[paid], -fen[paid], loans)
    last_paid = np.full(loans, _UNKNOWN)
    np.maximum.at(last_paid, number[paid & usable], day[paid & usable])

    table = table_rates(schedules, interval_days=_ints(head["interval_days"]), term_days=_ints(head["term_days"]))
    outside = beyond(schedules)
    why = _why_null(table.why, head=head, undated=flagged[0], mixed=flagged[1], outside=outside)
    rated = (why == 0) | (why == 1 + REASONS.index("beyond_numbers")) & ~outside
    lined = _lined(head, schedules, suit_on=suit_on, unsure=flagged[0] | flagged[1], outside=outside)
    columns = {
        **{name: head[name] for name in ("loan_id", "lender_id", "borrower_id", "principal_fen", "received_fen")},
        "repaid_fen": pa.array(repaid, mask=flagged[1]),
        "head_cut": _head_cut(head),
        "nominal_rate": pa.array(table.nominal, mask=~rated | np.isnan(table.nominal)),
        "effective_rate": pa.array(table.effective, mask=~rated | np.isnan(table.effective)),
        **lined,
        "last_paid_on": _dates(last_paid),
        "why_null": pa.array([None, *REASONS]).take(pa.array(why)),
    }
    schema = arrow_schema(contracts()["loan_cost"])
    return pa.table([columns[name] for name in schema.names], names=schema.names).cast(schema)


def _lined(
    head: pa.Table, schedules: Schedules, *, suit_on: date | None, unsure: NDArray[np.bool_], outside: NDArray[np.bool_]
) -> dict[str, pa.Array]:
    """Return the line of every loan and what it allows; where a flow cannot be placed, no sums."""
    kinds = pc.unique(head["lender_kind"]).drop_null().to_pylist()
    kind = _ints(pc.fill_null(pc.index_in(head["lender_kind"], pa.array(kinds, pa.string())), -1))
    signed = _days(head["contract_on"])
    first = first_lines(kinds=kinds, kind=kind, signed_day=signed, suit_on=suit_on)
    index = first.index.copy()
    index[pc.not_equal(head["currency"], "CNY").to_numpy(zero_copy_only=False)] = _no("currency_without_line")
    index = _past_the_change(index, first, schedules)
    index[outside] = _no("beyond_numbers")
    named = index >= 0
    at = np.maximum(index, 0)
    law = {"rate": [line.rate for line in first.lines], "after": [line.rate_after or 0 for line in first.lines]}
    rate, after = (np.array(law[name] or [0], dtype=np.int64)[at] for name in ("rate", "after"))
    change = np.array([_change(line.change_on) for line in first.lines] or [_NEVER])[at]
    sums = reckon(schedules, rate=rate, change_day=change, rate_after=after)
    hidden = ~named | unsure | _null(head["received_fen"])
    names = pa.array([line.name for line in first.lines] or [""])
    return {
        "line_name": names.take(pa.array(at, mask=~named)),
        "line_rate": pa.array(rate / 10_000, mask=~named),
        "allowed_fen": pa.array(sums.allowed, mask=hidden),
        "over_fen": pa.array(sums.over, mask=hidden),
        "why_no_line": pa.array(NO_LINES).take(pa.array(-1 - index, mask=named)),
    }


def _past_the_change(index: Int64s, first: FirstLines, schedules: Schedules) -> Int64s:
    """Take the line from loans that ran past its change when what holds afterwards is unknown."""
    last = np.full(len(index), _UNKNOWN)
    some = np.flatnonzero(np.diff(schedules.offsets))
    last[some] = schedules.days[schedules.offsets[some + 1] - 1]
    told = index.copy()
    for place, line in enumerate(first.lines):
        if line.why_after is not None and line.change_on is not None:
            told[(index == place) & (last > day_number(line.change_on))] = _no(line.why_after)
    return told


def _why_null(
    found: NDArray[np.int8],
    *,
    head: pa.Table,
    undated: NDArray[np.bool_],
    mixed: NDArray[np.bool_],
    outside: NDArray[np.bool_],
) -> NDArray[np.int64]:
    why = found.astype(np.int64)
    reasons: list[tuple[NDArray[np.bool_], WhyNull]] = [
        (outside, "beyond_numbers"),
        (undated, "day_unknown"),
        (mixed, "several_currencies"),
        (_null(head["received_fen"]), "received_unknown"),
    ]
    for where, reason in reasons:
        why[where] = 1 + REASONS.index(reason)
    return why


def _head_cut(head: pa.Table) -> pa.Array:
    principal, received = (_ints(head[name]).astype(np.float64) for name in ("principal_fen", "received_fen"))
    unknown = _null(head["principal_fen"]) | _null(head["received_fen"]) | (principal <= 0)
    share = (principal - received) / np.where(unknown, 1.0, principal)
    return pa.array(np.round(share, 10), mask=unknown)


def _no(reason: NoLine) -> int:
    return -1 - NO_LINES.index(reason)


def _change(day: date | None) -> int:
    return _NEVER if day is None else day_number(day)


def _null(column: pa.ChunkedArray) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = pc.is_null(column).to_numpy()
    return found


def _ints(column: pa.ChunkedArray) -> Int64s:
    """Return `column` as int64; nulls are the smallest."""
    found: Int64s = pc.fill_null(column.cast(pa.int64()), int(_UNKNOWN)).to_numpy()
    return found


def _days(column: pa.ChunkedArray) -> Int64s:
    """Return dates as days since 1970-01-01; nulls are the smallest."""
    return _ints(column.cast(pa.int32()))


def _dates(days: Int64s) -> pa.Array:
    unknown = days == _UNKNOWN
    return pa.array(np.where(unknown, 0, days).astype(np.int32), mask=unknown).cast(pa.date32())


def _sums(place: Int64s, values: Int64s, length: int) -> Int64s:
    """Return exact sums of `values` by `place`."""
    found = np.zeros(length, dtype=np.int64)
    np.add.at(found, place, values)
    return found
