"""An empty DuckDB that holds the same names as another engine and knows the type of every column.

Binding a step there first gives one meaning to both engines: a step that DuckDB would refuse is refused, and the types
it would give its columns are the types the other engine must deliver.
"""

import duckdb

from suyuan.domain.errors import DataError
from suyuan.engine.duck import connect
from suyuan.engine.text import quoted


class Twin:
    """Names and DuckDB types of columns; never a row."""

    def __init__(self) -> None:
        """Start with no names."""
        self._con = connect(memory="512MiB", threads=1)
        self.tables: dict[str, dict[str, str]] = {}

    def bind(self, *, step: str, sql: str) -> dict[str, str]:
        """Return column → DuckDB type of `sql` over the known names; sums of 128 bits count as BIGINT.

        Raises:
            DataError: DuckDB refuses `sql`.
        """
        try:
            rows = self._con.execute(f"DESCRIBE {sql}").fetchall()
        except duckdb.Error as fault:
            raise DataError("engine.step_failed", step=step, engine="duckdb", why=str(fault), sql=sql) from fault
        return {str(row[0]): "BIGINT" if row[1] == "HUGEINT" else str(row[1]) for row in rows}

    def put(self, name: str, types: dict[str, str]) -> None:
        """Let `name` have columns of these DuckDB types."""
        columns = ", ".join(f'"{column}" {told}' for column, told in types.items())
        self._con.execute(f"CREATE OR REPLACE TABLE {quoted(name)} ({columns})")
        self.tables[name] = types

    def drop(self, name: str) -> None:
        """Forget `name`."""
        del self.tables[name]
        self._con.execute(f"DROP TABLE {quoted(name)}")

    def clear(self) -> None:
        """Forget every name."""
        for name in self.tables:
            self._con.execute(f"DROP TABLE {quoted(name)}")
        self.tables.clear()

    def close(self) -> None:
        """Let go of the database."""
        self._con.close()
