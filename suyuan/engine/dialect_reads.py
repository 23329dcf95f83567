"""Which tables and columns a select reads."""

from collections.abc import Mapping

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import traverse_scope

from suyuan.domain.errors import DataError


def _parsed(sql: str) -> exp.Expr:
    try:
        return parse_one(sql, read="duckdb")
    except SqlglotError as fault:
        raise DataError("engine.not_sql", why=str(fault), sql=sql) from fault


def tables_read(sql: str) -> frozenset[str]:
    """Return the tables that `sql` reads; its own CTEs are none.

    Raises:
        DataError: `sql` is not SQL.
    """
    found = set()
    for scope in traverse_scope(_parsed(sql)):
        found |= {source.name for source in scope.sources.values() if isinstance(source, exp.Table) and source.name}
    return frozenset(found)


def columns_read(sql: str, *, tables: Mapping[str, Mapping[str, str]]) -> dict[str, frozenset[str]]:
    """Return table → columns that `sql` reads; a star reads all that `tables` (table → column → type) gives.

    Raises:
        DataError: `sql` is not SQL, or names a column that no table has.
    """
    schema: dict[str, object] = {table: dict(columns) for table, columns in tables.items()}
    try:
        tree = qualify(_parsed(sql), schema=schema, dialect="duckdb", quote_identifiers=False)
        found: dict[str, set[str]] = {}
        for scope in traverse_scope(tree):
            for column in scope.columns:
                source = scope.sources.get(column.table)
                if isinstance(source, exp.Table):
                    found.setdefault(source.name, set()).add(column.name)
    except SqlglotError as fault:
        raise DataError("engine.not_sql", why=str(fault), sql=sql) from fault
    return {table: frozenset(columns) for table, columns in found.items()}
