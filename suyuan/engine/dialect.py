"""The house dialect: a linted subset of DuckDB SQL, and what it says in Spark SQL (`docs/dialect.md`)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify

from suyuan.domain.errors import DataError
from suyuan.domain.say import say
from suyuan.engine.dialect_kinds import NotPortable
from suyuan.engine.dialect_lint import Refusal, lint
from suyuan.engine.dialect_spark import rewrite

Tables = Mapping[str, Mapping[str, str]]  # table → column → DuckDB type


def told(refusals: list[Refusal]) -> str:
    """Return `refusals` one a line: line, construct, what to write instead."""
    return "\n".join(
        f"  {say('dialect.line', line=refusal.line)}: {say(refusal.key, what=refusal.what)}" for refusal in refusals
    )


def typed(sql: str, *, tables: Tables) -> exp.Expr:
    """Return `sql` as a tree with every column given its table and every part its type.

    Raises:
        DataError: `sql` is not one select over `tables`.
    """
    schema: dict[str, object] = {table: dict(columns) for table, columns in tables.items()}
    try:
        tree = qualify(parse_one(sql, read="duckdb"), schema=schema, dialect="duckdb", quote_identifiers=False)
        return annotate_types(tree, schema=schema, dialect="duckdb")
    except SqlglotError as fault:
        raise DataError("engine.not_sql", why=str(fault), sql=sql) from fault


@dataclass(frozen=True, kw_only=True)
class Part:
    """One CTE that Spark is given as a select of its own; `shared` when it is read more than once."""

    name: str
    sql: str
    shared: bool


def to_spark(sql: str, *, tables: Tables) -> str:
    """Return what `sql` (house dialect, parameters filled) says, as one select of Spark SQL.

    Raises:
        DataError: `sql` is not SQL, or says something that Spark cannot say alike; every such place is named.
    """
    return _text(_in_spark(sql, tables))


def spark_parts(sql: str, *, tables: Tables, prefix: str) -> tuple[list[Part], str]:
    """Return the CTEs of `sql` as selects of their own, in order, and the last select, which reads them.

    Spark writes a CTE out wherever it is read, so ten CTEs that read each other twice become a thousand; apart, each is
    worked out once. Their names begin with `prefix`.

    Raises:
        DataError: As `to_spark`.
    """
    tree = _in_spark(sql, tables)
    ctes = tree.args["with_"].expressions if tree.args.get("with_") else []
    names = {cte.alias: f"{prefix}{cte.alias}" for cte in ctes}
    reads: Counter[str] = Counter()
    for table in tree.find_all(exp.Table):
        if table.name in names and not table.db:
            reads[table.name] += 1
            table.set("alias", table.args.get("alias") or exp.TableAlias(this=exp.to_identifier(table.name)))
            table.set("this", exp.to_identifier(names[table.name]))
    parts = [Part(name=names[cte.alias], sql=_text(cte.this), shared=reads[cte.alias] > 1) for cte in ctes]
    tree.set("with_", None)
    return parts, _text(tree)


def _text(tree: exp.Expr) -> str:
    return tree.sql(dialect="spark", pretty=True)


def _in_spark(sql: str, tables: Tables) -> exp.Expr:
    refusals = lint(sql)
    if refusals:
        raise DataError("dialect.refused", refusals=told(refusals), sql=sql)
    try:
        return rewrite(typed(sql, tables=tables))
    except NotPortable as fault:
        raise DataError("dialect.refused", refusals=told([fault.refusal]), sql=sql) from fault
