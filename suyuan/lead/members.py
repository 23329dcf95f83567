"""Says who belongs to a group and what the rows prove him to be; what they do not prove is `unknown`.

A claim is one row that gives one entity a role: a loan names its lender, its payer account, its borrower. An entity
with several claims bears the role that stands first in `ROLES`.
"""

from suyuan.engine.step import AnyStep, Keep, Step

ROLES = (
    "lender",  # named as lender by an evidenced loan
    "signatory",  # signed such a loan for the lender's side
    "payment",  # account that paid such loans out, or that spreads money to many; and who holds it
    "collection",  # account repaid into, or that gathers money from many; and who holds it
    "beneficiary",  # gets a quarter or more of what a collecting account pays out
    "funder",  # gives a quarter or more of what a paying account gets
    "fee_taker",  # took a fee of such a loan
    "intermediary",
    "officer",
    "legal_representative",
    "shareholder",
    "director",
    "finance_person",
    "nominee",
    "collector",
    "conduit",  # account that receives and passes on
    "entrusted_payee",
    "victim",  # borrower of an evidenced loan, and his account
    "unknown",  # the other side of an evidenced transfer; a subject of which no row says more
)

WIDE = 3  # one side has three times the parties of the other: the account gathers or spreads; below, it passes on

NARROW_SHARE = 0.25  # of a spreading account's income or a gathering one's outlay: four such at most

_TIES = "'legal_representative', 'shareholder', 'director', 'finance_person', 'nominee', 'collector'"

_ROW = """
select distinct g.group_id, e.table_name, e.row_id
from signal_evidence as e
join lead_group as g on g.signal_id = e.signal_id
"""

_LOAN = """
select distinct r.group_id, l.loan_id, l.row_id
from lead_row as r
join loan as l on l.row_id = r.row_id
where r.table_name = 'loan'
"""

_MOVE = """
with subjects as (
  select distinct g.group_id, s.subject_id
  from signal as s
  join lead_group as g on g.signal_id = s.signal_id
  where s.subject_kind = 'account'
)
select distinct r.group_id, t.transfer_id, t.src_account_id, t.dst_account_id, t.currency, t.amount_fen, t.booked_at,
  s.subject_id is not null as src_subject, d.subject_id is not null as dst_subject
from lead_row as r
join transfer as t on t.transfer_id = r.row_id
left join subjects as s on s.group_id = r.group_id and s.subject_id = t.src_account_id
left join subjects as d on d.group_id = r.group_id and d.subject_id = t.dst_account_id
where r.table_name = 'transfer'
"""

_SHAPE = f"""
with sides as (
  select group_id, src_account_id as account_id, dst_account_id as paid_to, null as paid_by, transfer_id
  from lead_move where src_subject
  union all
  select group_id, dst_account_id as account_id, null as paid_to, src_account_id as paid_by, transfer_id
  from lead_move where dst_subject
)
select group_id, account_id, min(transfer_id) as row_id,
  case
    when count(distinct paid_by) >= {WIDE} * count(distinct paid_to) then 'collection'
    when count(distinct paid_to) >= {WIDE} * count(distinct paid_by) then 'payment'
    else 'conduit'
  end as role
from sides
group by group_id, account_id
"""


_NARROW = f"""
with facing as (
  select m.group_id, m.dst_account_id as account_id, 'beneficiary' as role, m.src_account_id as subject_id,
    m.currency, m.amount_fen, m.transfer_id
  from lead_move as m
  join lead_shape as s on s.group_id = m.group_id and s.account_id = m.src_account_id and s.role = 'collection'
  union all
  select m.group_id, m.src_account_id as account_id, 'funder' as role, m.dst_account_id as subject_id,
    m.currency, m.amount_fen, m.transfer_id
  from lead_move as m
  join lead_shape as s on s.group_id = m.group_id and s.account_id = m.dst_account_id and s.role = 'payment'
),
whole as (
  select group_id, subject_id, role, currency, sum(amount_fen) as all_fen
  from facing
  group by group_id, subject_id, role, currency
)
select f.group_id, f.account_id, f.role, min(f.transfer_id) as row_id
from facing as f
join whole as w on w.group_id = f.group_id and w.subject_id = f.subject_id and w.role = f.role
  and w.currency = f.currency
group by f.group_id, f.account_id, f.role, f.subject_id, f.currency
having sum(f.amount_fen) >= {NARROW_SHARE} * max(w.all_fen)
"""


def _of_loan(column: str, kind: str, role: str) -> str:
    return f"""
select l.group_id, o.{column} as member_id, '{kind}' as kind, '{role}' as role,
  'loan.{column}' as basis, l.row_id
from lead_loan as l
join loan as o on o.row_id = l.row_id
where o.{column} is not null"""


_CLAIMS = "\nunion all".join(
    [
        _of_loan("lender_id", "company", "lender"),
        _of_loan("signatory_id", "company", "signatory"),
        _of_loan("payer_account_id", "account", "payment"),
        _of_loan("borrower_id", "person", "victim"),
        _of_loan("borrower_account_id", "account", "victim"),
        _of_loan("intermediary_id", "person", "intermediary"),
        _of_loan("officer_id", "person", "officer"),
        _of_loan("entrusted_payee_id", "company", "entrusted_payee"),
        """
select l.group_id, r.payee_account_id, 'account', 'collection', 'repayment.payee_account_id', r.row_id
from lead_loan as l
join repayment as r on r.loan_id = l.loan_id
where r.payee_account_id is not null""",
        """
select l.group_id, f.collector_id, 'company', 'fee_taker', 'loan_fee.collector_id', f.row_id
from lead_loan as l
join loan_fee as f on f.loan_id = l.loan_id
where f.collector_id is not null""",
        """
select group_id, account_id, 'account', role, 'transfer', row_id
from lead_shape""",
        """
select group_id, account_id, 'account', role, 'transfer', row_id
from lead_narrow""",
        """
select group_id, src_account_id, 'account', 'unknown', 'transfer.src_account_id', transfer_id
from lead_move""",
        """
select group_id, dst_account_id, 'account', 'unknown', 'transfer.dst_account_id', transfer_id
from lead_move""",
        """
select g.group_id, s.subject_id, s.subject_kind, 'unknown', 'signal.subject_id', s.signal_id
from signal as s
join lead_group as g on g.signal_id = s.signal_id""",
    ]
)

_HELD = f"""
select * from lead_claim_direct
union all
select c.group_id, a.holder_id, 'person', c.role, 'account.holder_id', a.row_id
from lead_claim_direct as c
join account as a on a.account_id = c.member_id
where a.holder_id is not null and c.kind = 'account' and c.role not in ('victim', 'unknown')
union all
select c.group_id, t.from_id, 'person', t.kind, 'tie.from_id', t.row_id
from lead_claim_direct as c
join tie as t on t.to_id = c.member_id
where c.role in ('lender', 'signatory') and t.kind in ({_TIES})
"""

_RANKS = " ".join(f"when '{role}' then {rank}" for rank, role in enumerate(ROLES))

_MEMBER = f"""
with ranked as (
  select c.*, case c.role {_RANKS} else {len(ROLES)} end as role_rank
  from lead_claim as c
  where not exists (select 1 from known_service as k where k.subject_id = c.member_id)
),
best as (
  select *
  from ranked
  qualify row_number() over (partition by group_id, member_id order by role_rank, basis, row_id) = 1
),
fired as (
  select g.group_id, s.subject_id, count(*) as signals
  from signal as s
  join lead_group as g on g.signal_id = s.signal_id
  group by g.group_id, s.subject_id
),
rows_of as (
  select group_id, member_id, count(distinct row_id) as told
  from lead_claim
  group by group_id, member_id
)
select b.group_id, coalesce(e.kind, b.kind) as kind, b.member_id, e.name, b.role, b.basis as role_basis,
  b.row_id as role_row_id, coalesce(e.records, 0) as records, coalesce(f.signals, 0) as signals, r.told as evidence_rows
from best as b
join rows_of as r on r.group_id = b.group_id and r.member_id = b.member_id
left join entity as e on e.entity_id = b.member_id
left join fired as f on f.group_id = b.group_id and f.subject_id = b.member_id
"""


def member_steps() -> list[AnyStep]:
    """Return the steps that list the members of every group.

    Reads `signal`, `signal_evidence`, `lead_group`, `entity`, `loan`, `loan_fee`, `repayment`, `transfer`, `account`,
    `tie`, `known_service` (views with entity ids). Writes `lead_row` (evidence of a group, each row once), `lead_loan`,
    `lead_move` (evidenced transfers, and which sides are subjects), and `group_member`, one row a group and entity:
    `kind`, `member_id`, `name`, `role` (one of `ROLES`), `role_basis` and `role_row_id` (the row that proves it),
    `records`, `signals` (fired on it), `evidence_rows`. What a known service holds is no member.
    """
    steps = {
        "lead_row": _ROW,
        "lead_loan": _LOAN,
        "lead_move": _MOVE,
        "lead_shape": _SHAPE,
        "lead_narrow": _NARROW,
        "lead_claim_direct": _CLAIMS,
        "lead_claim": _HELD,
        "group_member": _MEMBER,
    }
    return [Step(name=name, sql=sql, keep=Keep.TABLE) for name, sql in steps.items()]
