"""Measures a group: how much money, where, from when to when, and whether anybody has reported it."""

from collections.abc import Mapping

from suyuan.domain.contract import Contract
from suyuan.domain.ids.region import PROVINCES
from suyuan.engine.step import AnyStep, Keep, Step

_SUM = """
select group_id, currency, 'loans' as basis,
  sum(coalesce(received_fen, principal_fen)) as amount_fen, count(*) as told
from lead_loan as g
join (select row_id, currency, received_fen, principal_fen from loan) as l on l.row_id = g.row_id
group by group_id, currency
union all
select group_id, currency, 'received' as basis, sum(amount_fen) as amount_fen, count(*) as told
from lead_move
where dst_subject and not src_subject
group by group_id, currency
union all
select group_id, currency, 'paid' as basis, sum(amount_fen) as amount_fen, count(*) as told
from lead_move
where src_subject and not dst_subject
group by group_id, currency
union all
select group_id, currency, 'inside' as basis, max(amount_fen) as amount_fen, count(*) as told
from lead_move
where src_subject and dst_subject
group by group_id, currency
"""

_LISTED = ", ".join(f"'{code}'" for code in sorted(PROVINCES))

_PLACE = f"""
with codes as (
  select m.group_id, coalesce(p.region_code, case when length(p.id_number) = 18 then p.id_number end) as code
  from group_member as m
  join person as p on p.person_id = m.member_id
  union all
  select m.group_id, coalesce(c.region_code, substr(c.credit_code, 3, 6)) as code
  from group_member as m
  join company as c on c.company_id = m.member_id
)
select distinct group_id, substr(code, 1, 2) || '0000' as province
from codes
where substr(code, 1, 2) in ({_LISTED})
"""

_SPAN = """
select g.group_id, min(s.window_from_at) as first_at, max(s.window_to_at) as last_at, count(*) as signals,
  count(distinct s.subject_id) as subjects
from signal as s
join lead_group as g on g.signal_id = s.signal_id
group by g.group_id
"""

REPORTS = ("police_report", "complaint")


def _reported(contracts: Mapping[str, Contract]) -> str:
    """Return the select of groups that a report or a complaint names, in a member or in a loan."""
    parts = [
        f"""select m.group_id, t.row_id
from {table} as t
join group_member as m on m.member_id = t.{column.name}"""
        for table in REPORTS
        if table in contracts
        for column in contracts[table].columns.values()
        if any(ref.split(".")[0] in {"person", "company", "account"} for ref in column.refs)
    ]
    parts += [
        f"select l.group_id, t.row_id\nfrom {table} as t\njoin lead_loan as l on l.loan_id = t.loan_id"
        for table in REPORTS
        if table in contracts and "loan_id" in contracts[table].columns
    ]
    united = "\nunion\n".join(parts)
    return f"select group_id, count(*) as reports\nfrom (\n{united}\n) as named\ngroup by group_id"


def measure_steps(contracts: Mapping[str, Contract]) -> list[AnyStep]:
    """Return the steps that measure every group of `lead_group`.

    Reads what `member_steps` wrote, and `loan`, `person`, `company`, `police_report`, `complaint`. Writes

    - `group_sum`: `group_id`, `currency`, `basis`, `amount_fen`, `told` (rows). Each row of evidence counts once
      however many typologies point at it: loans by what the borrower received (by principal where that is not told);
      transfers that come into the group's accounts from outside (`received`), that leave them (`paid`), or, since
      money that goes round inside is the same money, the largest single one (`inside`);
    - `group_province`: `group_id`, `province` (six digits), from the region or identity number of members;
    - `group_span`: first and last moment of the signals' windows, `signals`, `subjects`;
    - `group_reported`: `group_id`, `reports`; a group without a row is named by nobody.
    """
    steps = {
        "group_sum": _SUM,
        "group_province": _PLACE,
        "group_span": _SPAN,
        "group_reported": _reported(contracts),
    }
    return [Step(name=name, sql=sql, keep=Keep.TABLE) for name, sql in steps.items()]
