"""A typology of one thought, to try the room with."""

from pathlib import Path

YML = """\
id: lending.many_loans
version: 1
status: production
title: {en: Many loans, zh: 多笔借款}
stage: [warn]
finds: A borrower with many loans. Score 1.0 is ten loans or more.
severity: review
grain: one row per borrower
subject: person
reads:
  loan: [row_id, loan_id, borrower_id, principal_fen, signed_on]
  loan_cost: [loan_id, over_fen]
optional: [loan_cost]
params:
  min_loans: {type: int, default: 3, unit: count, why: "two happen to anybody"}
  full_loans: {type: int, default: 10, unit: count, why: "scores only", role: score}
facts:
  loans: {en: Loans, zh: 借款笔数, unit: count}
looks_like:
  - a farmer who borrows every season
blind_to:
  - loans under another name
sources:
  - nobody in particular
"""

SQL = """\
with counted as (
  select l.borrower_id, count(*) as loans, sum(l.principal_fen) as borrowed_fen, sum(c.over_fen) as over_fen,
    min(cast(l.signed_on as timestamp)) as first_at, max(cast(l.signed_on as timestamp)) as last_at
  from loan as l
  left join loan_cost as c on c.loan_id = l.loan_id
  where l.borrower_id is not null
  group by l.borrower_id
),
found as (
  select * from counted where loans >= :min_loans
),
evidence as (
  select l.borrower_id as subject_id, 'loan' as table_name, l.row_id, 'borrowed' as why, l.principal_fen / 100 as weight
  from loan as l
)
select
  borrower_id as subject_id,
  least(1.0, loans / :full_loans) as score,
  cast(borrowed_fen as bigint) as amount_fen,
  first_at as window_from_at,
  last_at as window_to_at,
  first_at as first_evidence_at,
  loans,
  cast(over_fen as bigint) as over_fen,
  borrowed_fen / loans as mean_fen
from found
"""

CASES = """\
- case: fires at three loans
  covers: [min_loans, full_loans]
  given:
    loan:
      - {repeat: 3, loan_id: "L{i}", borrower_id: P, principal_fen: "{i*100}", signed_on: "2024-03-01 + {i} days"}
  expect:
    - {subject_id: P, loans: 3, amount_fen: 600, mean_fen: 200, score: 0.3, over_fen: null, evidence_rows: 3,
       window_from_at: 2024-03-02, window_to_at: 2024-03-04}
- case: stays silent at two loans, as a farmer has
  covers: [min_loans]
  like: a farmer
  given:
    loan:
      - {repeat: 2, loan_id: "L{i}", borrower_id: P, principal_fen: 100, signed_on: 2024-03-01}
"""


def write(folder: Path, *, yml: str = YML, sql: str = SQL, cases: str = CASES) -> Path:
    """Write the three siblings below `folder` and return it."""
    family = folder / "typologies" / "lending"
    family.mkdir(parents=True, exist_ok=True)
    (family / "many_loans.yml").write_text(yml, encoding="utf-8")
    (family / "many_loans.sql").write_text(sql, encoding="utf-8")
    (family / "many_loans.cases.yml").write_text(cases, encoding="utf-8")
    return folder / "typologies"
