"""The house dialect: a linted subset of DuckDB SQL, and what it says in Spark SQL (`docs/dialect.md`)."""

from collections.abc import Mapping

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify

from suyuan.domain.errors import DataError
from suyuan.engine.dialect_spark import HouseSpark

Tables = Mapping[str, Mapping[str, str]]  # table → column → DuckDB type


def to_spark(sql: str, *, tables: Tables) -> str:
    """Return what `sql` (house dialect, parameters filled) says, in Spark SQL.

    Raises:
        DataError: `sql` is not SQL, or says something that Spark cannot say alike.
    """
    try:
        tree = parse_one(sql, read="duckdb")
        schema: dict[str, object] = {table: dict(columns) for table, columns in tables.items()}
        tree = qualify(tree, schema=schema, dialect="duckdb", quote_identifiers=False)
        tree = annotate_types(tree, schema=schema, dialect="duckdb")
    except SqlglotError as fault:
        raise DataError("engine.not_sql", why=str(fault), sql=sql) from fault
    if not isinstance(tree, exp.Query):
        raise DataError("engine.not_sql", why="a step is one select", sql=sql)
    return tree.sql(dialect=HouseSpark)
