"""The SQL that reads the rows of a table of loans: cells to values, with the first thing wrong named beside them.

DuckDB's own dialect: these selects run on the reader's connection and on no other engine.
"""

from datetime import date

from suyuan.engine.text import literal
from suyuan.money.cap import lender_kinds
from suyuan.money.steps import PAYMENT, UNDATED
from suyuan.sources.grid import Grid
from suyuan.sources.reading import identifier
from suyuan.work.loan_columns import Columns, words

AMOUNTS = ("principal", "received", "repaid", "flow")
DAYS = ("signed_on", "paid_out_on", "repaid_on", "flow_on")
COUNTS = ("days", "interval_days")
_BLANKS = literal(" \t\r\n'\"　\u00a0")


def read_sql(grid: Grid, columns: Columns, *, lender_kind: str, currency: str) -> str:
    """Return the select of every row with data: `row_no`, values, and `bad` (`why:column`, null when all can be read).

    Args:
        grid: Where the rows are.
        columns: What its columns mean.
        lender_kind: Of all rows, when the table does not tell.
        currency: Likewise.
    """
    told = {meaning: f"t_{meaning}" for meaning in columns.found}
    cells = [
        f"nullif(trim(cast({identifier(found.relation_name)} as varchar), {_BLANKS}), '') as t_{meaning}"
        for meaning, found in columns.found.items()
    ]
    values = {meaning: _value(meaning, columns) for meaning in (*AMOUNTS, *DAYS, *COUNTS)}
    values["lender_kind"] = _listed("lender_kind", _lenders()) if "lender_kind" in told else literal(lender_kind)
    values["currency"] = _currency() if "currency" in told else literal(currency)
    loan_id = "t_loan_id" if "loan_id" in told else "cast(row_no as varchar)"
    present = " or ".join(f"{name} is not null" for name in told.values())
    return f"""
with cells as (
  select row_no, {", ".join(cells)} from {grid.relation} where row_no > {columns.header_row}
),
read as (
  select row_no, {loan_id} as loan_id, {", ".join(f"{value} as {name}" for name, value in values.items())},
    {", ".join(told.values())}
  from cells where {present}
)
select *, {_bad(columns)} as bad from read
"""


def head_sql(columns: Columns) -> str:
    """Return the select of one row a loan of `cells`: what `money.steps.loan_cost` takes, `first_row`, `spoilt`."""
    firsts = {
        name: f"first({name} order by row_no) filter (where {name} is not null)" for name in ("lender_kind", "currency")
    }
    firsts |= {
        f"first_{name}": f"min_by({name}, row_no)" for name in ("principal", "signed_on", "days", "interval_days")
    }
    if columns.by_flow:
        received = "sum(case when flow > 0 then flow else 0 end)"
        received_on = "min(case when flow > 0 then flow_on end)"
    else:
        received, received_on = "min_by(received, row_no)", "min_by(coalesce(paid_out_on, signed_on), row_no)"
    grouped = ", ".join(f"{value} as {name}" for name, value in firsts.items())
    return f"""
with loans as (
  select loan_id, min(row_no) as first_row, bool_or(bad is not null) as spoilt, {grouped},
    {received} as received_fen, {received_on} as received_on
  from cells where loan_id is not null group by loan_id
)
select
  row_number() over (order by loan_id) - 1 as loan_no, loan_id, first_row, spoilt,
  cast(null as varchar) as lender_id, cast(null as varchar) as borrower_id, lender_kind, currency,
  first_principal as principal_fen, cast(received_fen as bigint) as received_fen, received_on,
  coalesce(first_signed_on, received_on) as contract_on,
  coalesce(first_interval_days, 0) as interval_days, coalesce(first_days, 0) as term_days
from loans
"""


def flow_sql(columns: Columns, *, as_of: date | None) -> str:
    """Return the select of the flows, as `money.steps.loan_cost` takes them; `as_of` is the last day that counts.

    A payment without a day is made on the last day of the term; without a term its day is not told.
    """
    undated = f"case when on_day is null then {UNDATED} else 0 end"
    known = "true" if as_of is None else f"on_day is null or on_day <= date '{as_of}'"
    if columns.by_flow:
        flows = (
            f"select head.loan_no, flow_on as on_day, flow as fen, case when flow < 0 then {PAYMENT} else 0 end as kind"
        )
        flows += " from cells join head using (loan_id) where bad is null and flow <> 0"
    else:
        due = (
            "cells.signed_on" if "paid_out_on" not in columns.found else "coalesce(cells.paid_out_on, cells.signed_on)"
        )
        flows = f"""
select head.loan_no, coalesce(repaid_on, {due} + cast(days as integer)) as on_day, -repaid as fen, {PAYMENT} as kind
from cells join head using (loan_id) where bad is null and repaid > 0
union all
select loan_no, received_on, received_fen, 0 from head where received_fen > 0 and not spoilt"""
    return f"select loan_no, on_day, fen, kind + {undated} as flags from ({flows}) where {known}"


def _value(meaning: str, columns: Columns) -> str:
    """Return the expression of the value of `meaning`, null where it cannot be read."""
    if meaning not in columns.found:
        return "cast(null as date)" if meaning in DAYS else "cast(null as bigint)"
    cell = f"t_{meaning}"
    if meaning in COUNTS:
        bare = f"rtrim({cell}, '天日')"
        return (
            f"case when regexp_full_match({bare}, '\\d{{1,5}}(\\.0*)?') then cast(cast({bare} as double) as bigint) end"
        )
    if meaning in DAYS:
        parts = r"'^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?([ T].*)?$', '\1-\2-\3'"
        packed = f"cast(try_strptime(left({cell}, 8), '%Y%m%d') as date)"
        spread = f"try_cast(regexp_replace({cell}, {parts}) as date)"
        return rf"case when regexp_matches({cell}, '^\d{{8}}($|[ T])') then {packed} else {spread} end"
    bare = f"rtrim(replace(replace(replace({cell}, ',', ''), '¥', ''), '￥', ''), '元')"
    if columns.found[meaning].in_fen:
        whole = rf"regexp_full_match({bare}, '[+-]?\d{{1,15}}(\.0*)?')"
        return f"case when {whole} then cast(cast({bare} as decimal(18, 0)) as bigint) end"
    fits = rf"regexp_full_match({bare}, '[+-]?\d{{1,13}}(\.\d{{0,2}}0*)?')"
    return f"case when {fits} then cast(cast({bare} as decimal(18, 2)) * 100 as bigint) end"


def _lenders() -> dict[str, str]:
    return {kind: kind for kind in lender_kinds()} | {
        word.casefold(): kind for kind, found in words().lenders.items() for word in found
    }


def _currency() -> str:
    listed = {word.casefold(): code for code, found in words().currencies.items() for word in found}
    code = "case when regexp_full_match(t_currency, '[A-Za-z]{3}') then upper(t_currency) end"
    return f"coalesce({_listed('currency', listed)}, {code})"


def _listed(meaning: str, known: dict[str, str]) -> str:
    pairs = " ".join(f"when {literal(word)} then {literal(meant)}" for word, meant in known.items())
    return f"case lower(t_{meaning}) {pairs} end"


def _bad(columns: Columns) -> str:
    """Return the expression of the first thing wrong with a row, `why:column`, or null."""
    found = columns.found
    wrong = [("missing:loan_id", "loan_id is null")] if "loan_id" in found else []
    why = dict.fromkeys(AMOUNTS, "amount") | dict.fromkeys(DAYS, "day") | dict.fromkeys(COUNTS, "days")
    why |= {"lender_kind": "lender_kind", "currency": "currency"}
    wrong += [(f"{why[name]}:{name}", f"t_{name} is not null and {name} is null") for name in why if name in found]
    needed = ("flow", "flow_on") if columns.by_flow else ("received",)
    wrong += [(f"missing:{name}", f"t_{name} is null") for name in needed]
    negative = ("principal",) if columns.by_flow else ("principal", "received", "repaid")
    wrong += [(f"amount:{name}", f"{name} < 0") for name in negative if name in found]
    if "currency" in found:
        wrong.append(("missing:currency", "t_currency is null"))
    if not columns.by_flow and "loan_id" in found:
        wrong.append(("twice:loan_id", "count(*) over (partition by loan_id) > 1"))
    return "case " + " ".join(f"when {test} then {literal(what)}" for what, test in wrong) + " end"
