"""The house dialect: a linted subset of DuckDB SQL, and what it says in Spark SQL (`docs/dialect.md`)."""

from collections.abc import Mapping

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


def to_spark(sql: str, *, tables: Tables) -> str:
    """Return what `sql` (house dialect, parameters filled) says, in Spark SQL.

    Raises:
        DataError: `sql` is not SQL, or says something that Spark cannot say alike; every such place is named.
    """
    refusals = lint(sql)
    if refusals:
        raise DataError("dialect.refused", refusals=told(refusals), sql=sql)
    try:
        return rewrite(typed(sql, tables=tables)).sql(dialect="spark", pretty=True)
    except NotPortable as fault:
        raise DataError("dialect.refused", refusals=told([fault.refusal]), sql=sql) from fault
