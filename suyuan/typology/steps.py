"""Plans the steps of one typology: its signals, then their evidence."""

from collections.abc import Mapping

from sqlglot.tokenizer_core import TokenType

from suyuan.domain.errors import DataError, UsageError
from suyuan.engine.step import Keep, Scalar, Step
from suyuan.engine.text import tokens_of
from suyuan.typology.model import EVIDENCE, Typology
from suyuan.typology.shape import fits

MOST_EVIDENCE = 1000

_RANKED = """
,
named_rows as (
  select e.subject_id, e.table_name, e.row_id, e.why, e.weight,
    row_number() over (partition by e.subject_id, e.table_name, e.row_id order by e.weight desc, e.why) as again
  from evidence as e
  join {fired} as f on f.subject_id = e.subject_id
),
ranked_rows as (
  select *,
    row_number() over (partition by subject_id order by weight desc, table_name, row_id) as strength,
    count(*) over (partition by subject_id) as evidence_rows
  from named_rows
  where again = 1
)
select subject_id, table_name, row_id, why, weight, evidence_rows
from ranked_rows
where strength <= {most}
"""


def split(sql: str) -> tuple[str, str]:
    """Return the CTEs of `sql` (`with …`) and its last select.

    Raises:
        DataError: `sql` does not begin with CTEs or has no last select.
    """
    depth = 0
    tokens = tokens_of(sql)
    for token in tokens:
        depth += {TokenType.L_PAREN: 1, TokenType.R_PAREN: -1}.get(token.token_type, 0)
        if token.token_type is TokenType.SELECT and depth == 0 and tokens[0].token_type is TokenType.WITH:
            return sql[: token.start], sql[token.start :].rstrip().rstrip(";")
    raise DataError("typology.no_with")


def evidence_sql(sql: str) -> str:
    """Return the select that gives every evidence row, of subjects that fire and of others.

    Raises:
        DataError: `sql` does not begin with CTEs.
    """
    return f"{split(sql)[0]}select {', '.join(EVIDENCE)}\nfrom evidence"


def values(typology: Typology, given: Mapping[str, Scalar]) -> dict[str, Scalar]:
    """Return every parameter of `typology` with its value: the one `given`, else the default.

    Raises:
        UsageError: `given` names a parameter that the typology lacks, or a value of another type.
    """
    for name, value in given.items():
        if name not in typology.params:
            known = ", ".join(typology.params) or "–"
            raise UsageError("typology.no_such_param", id=typology.id, param=name, known=known)
        told = typology.params[name].type
        if not fits(value, told):
            raise UsageError("typology.param_type", id=typology.id, param=name, type=told, value=value)
    chosen = {name: given.get(name, param.default) for name, param in typology.params.items()}
    return {
        name: float(value) if typology.params[name].type == "double" and isinstance(value, int) else value
        for name, value in chosen.items()
    }


def names(typology: Typology) -> tuple[str, str]:
    """Return what the signals and the evidence of `typology` are known by once its steps have run."""
    stem = typology.id.replace(".", "_")
    return f"signals_of_{stem}", f"evidence_of_{stem}"


def plan(typology: Typology, *, params: Mapping[str, Scalar] | None = None) -> list[Step]:
    """Return the two steps that find the signals of `typology` and the evidence for them.

    Args:
        typology: Its tables (`reads`) are read under their own names and must be known, empty or not.
        params: Other values than the defaults.

    The first step writes `names(typology)[0]`: one row per subject that fires, the columns of `HEAD` and the facts. The
    second writes `names(typology)[1]`: the columns of `EVIDENCE` and `evidence_rows`, the number of all evidence rows
    of the subject; at most 1,000 rows a subject, heaviest first, each row of a table once. Deterministic.

    Raises:
        UsageError: `params` names what the typology lacks, or a value of another type.
    """
    chosen = values(typology, params or {})
    fired, evidence = names(typology)
    ranked = split(typology.sql)[0].rstrip() + _RANKED.format(fired=fired, most=MOST_EVIDENCE)
    return [
        Step(name=fired, sql=typology.sql, keep=Keep.TABLE, params=chosen),
        Step(name=evidence, sql=ranked, keep=Keep.TABLE, params=chosen),
    ]
