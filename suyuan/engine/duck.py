"""DuckDB, in this process: the engine of every machine."""

from collections.abc import Sequence
from pathlib import Path
from typing import assert_never

import duckdb
import pyarrow as pa

from suyuan.domain.errors import DataError
from suyuan.engine.arrow import in_house
from suyuan.engine.step import AnyStep, ArrowStep, Keep, Step
from suyuan.engine.text import filled, literal, quoted, words

_HOUSE_TYPES = {
    "VARCHAR": "text",
    "TINYINT": "int",
    "SMALLINT": "int",
    "INTEGER": "int",
    "BIGINT": "bigint",
    "FLOAT": "double",
    "DOUBLE": "double",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
}


def connect(
    *,
    memory: str | None = None,
    threads: int | None = None,
    temp_dir: Path | None = None,
    folders: Sequence[Path] | None = None,
) -> duckdb.DuckDBPyConnection:
    """Open a private in-memory DuckDB with the house settings: no network, no extensions fetched, zone UTC.

    Args:
        memory: Most memory it may take, such as "2GiB"; None leaves DuckDB's own 80 %.
        threads: None takes every core.
        temp_dir: Where it may spill; None keeps DuckDB's default, a folder beside the process.
        folders: When given, SQL may read and write files below these folders (and `temp_dir`) only.
    """
    con = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "python_enable_replacements": "false",
            "lambda_syntax": "DISABLE_SINGLE_ARROW",
            "ieee_floating_point_ops": "false",  # what is divided by zero is null: it could not be computed
            "error_on_division_by_zero": "false",
        },
    )
    con.execute("SET TimeZone = 'UTC'")
    con.execute("SET parquet_metadata_cache = true")
    if memory is not None:
        con.execute(f"SET memory_limit = {literal(memory)}")
    if threads is not None:
        con.execute(f"SET threads = {threads}")
    if temp_dir is not None:
        con.execute(f"SET temp_directory = {literal(str(temp_dir))}")
    if folders is not None:
        allowed = [*folders, *([temp_dir] if temp_dir else [])]
        con.execute(f"SET allowed_directories = [{', '.join(literal(str(each)) for each in allowed)}]")
        con.execute("SET enable_external_access = false")
    return con


def house_name(told: str) -> str:
    """Return the house name of a DuckDB type.

    Examples:
        >>> house_name("VARCHAR[]"), house_name("HUGEINT"), house_name("INTERVAL")
        ('text[]', 'hugeint', 'interval')
    """
    if told.endswith("[]"):
        return f"{house_name(told[:-2])}[]"
    return _HOUSE_TYPES.get(told, told.lower())


class DuckEngine:
    """Runs steps in DuckDB.

    A view sees what stood when its step ran: before a name is replaced, the views that read it become tables.
    """

    dialect = "duckdb"

    def __init__(
        self,
        *,
        memory: str | None = None,
        threads: int | None = None,
        temp_dir: Path | None = None,
        folders: Sequence[Path] | None = None,
    ) -> None:
        """Open a private database; see `connect`."""
        self._con = connect(memory=memory, threads=threads, temp_dir=temp_dir, folders=folders)
        self._kinds: dict[str, str] = {}  # name → VIEW or TABLE, as DROP wants it
        self._views: dict[str, set[str]] = {}  # view → names it may read
        self._arrow: dict[str, str] = {}  # name → registered relation behind it
        self._serial = 0

    def run(self, steps: Sequence[AnyStep]) -> None:
        """Carry out `steps` in order.

        Raises:
            DataError: A step failed; the message names the step, its SQL and DuckDB's own words.
        """
        for step in steps:
            match step:
                case Step():
                    self._select(step)
                case ArrowStep():
                    self.write(step.name, step.run(self._fetched(step)))
                case _:
                    assert_never(step)

    def read(self, name: str, *, columns: Sequence[str] | None = None, limit: int | None = None) -> pa.Table:
        """Return the rows of `name` in house types, in no particular order unless its step sorts them.

        Raises:
            DataError: `name` is not known, lacks a column, or cannot be computed.
        """
        self._known(name)
        chosen = ", ".join(quoted(column) for column in columns) if columns is not None else "*"
        if columns is not None and not columns:
            chosen = "true AS nothing"
        sql = f"SELECT {chosen} FROM {quoted(name)}" + ("" if limit is None else f" LIMIT {limit}")
        try:
            return in_house(self._con.sql(sql).to_arrow_table())
        except (duckdb.Error, pa.ArrowInvalid) as fault:
            raise DataError("engine.read_failed", name=name, engine=self.dialect, why=str(fault)) from fault

    def write(self, name: str, table: pa.Table) -> None:
        """Make `table` known as `name`, replacing what bore the name.

        Raises:
            DataError: `name` cannot name a table, or a value does not fit its house type.
        """
        try:
            told = in_house(table)
        except pa.ArrowInvalid as fault:
            raise DataError("engine.read_failed", name=name, engine=self.dialect, why=str(fault)) from fault
        self._serial += 1
        behind = f"__arrow_{self._serial}"
        self._forget(name)
        self._con.register(behind, told)
        self._con.execute(f"CREATE VIEW {quoted(name)} AS SELECT * FROM {quoted(behind)}")
        self._kinds[name] = "VIEW"
        self._arrow[name] = behind

    def scan(self, name: str, files: Sequence[Path]) -> None:
        """Make the union by name of Parquet `files` known as `name`, unread.

        Raises:
            DataError: There is no file, or one cannot be opened.
        """
        if not files:
            raise DataError("engine.no_files", name=name)
        listed = ", ".join(literal(str(file)) for file in files)
        sql = f"SELECT * FROM read_parquet([{listed}], union_by_name = true, hive_partitioning = false)"
        self._make(name, sql, Keep.VIEW, reads=set())

    def columns(self, name: str) -> dict[str, str]:
        """Return column → house type of `name`.

        Raises:
            DataError: `name` is not known.
        """
        self._known(name)
        rows = self._con.execute(f"DESCRIBE {quoted(name)}").fetchall()
        return {str(row[0]): house_name(str(row[1])) for row in rows}

    def has(self, name: str) -> bool:
        """Return whether `name` is known."""
        return name in self._kinds

    def close(self) -> None:
        """Let go of the database."""
        self._con.close()

    def _fetched(self, step: ArrowStep) -> dict[str, pa.Table]:
        """Read what `step` reads; rows come on all threads where their order does not matter (1.5 times as fast)."""
        self._con.execute(f"SET preserve_insertion_order = {not step.any_order}")
        try:
            return {name: self.read(name, columns=columns) for name, columns in step.reads.items()}
        finally:
            self._con.execute("SET preserve_insertion_order = true")

    def _known(self, name: str) -> None:
        if name not in self._kinds:
            raise DataError("engine.unknown_name", name=name, known=", ".join(sorted(self._kinds)) or "–")

    def _select(self, step: Step) -> None:
        sql = filled(step.sql, step.params, step=step.name)
        self._make(step.name, sql, step.keep, reads=words(sql) & self._kinds.keys())

    def _make(self, name: str, sql: str, keep: Keep, *, reads: set[str]) -> None:
        """Bind `sql`, narrow its 128-bit sums, and let it bear `name`; what bore the name stays if it fails."""
        table = keep is Keep.TABLE or name in reads
        try:
            described = self._con.execute(f"DESCRIBE {sql}").fetchall()
            wide = [str(row[0]) for row in described if row[1] == "HUGEINT"]
            if wide:
                narrow = ", ".join(f'CAST("{column}" AS BIGINT) AS "{column}"' for column in wide)
                sql = f"SELECT * REPLACE ({narrow}) FROM ({sql}\n)"
            aside = self._aside(sql) if table else None
            self._forget(name)
            if aside is not None:
                self._con.execute(f"ALTER TABLE {aside} RENAME TO {quoted(name)}")
            else:
                self._con.execute(f"CREATE VIEW {quoted(name)} AS {sql}")
        except duckdb.Error as fault:
            raise self._failed(name, sql, fault) from fault
        self._kinds[name] = "TABLE" if table else "VIEW"
        if not table:
            self._views[name] = reads

    def _aside(self, sql: str) -> str:
        """Compute `sql` into a table that bears no known name yet."""
        self._serial += 1
        name = f"__aside_{self._serial}"
        self._con.execute(f"CREATE TABLE {name} AS {sql}")
        return name

    def _forget(self, name: str) -> None:
        """Drop `name` after the views that read it have been made tables."""
        quoted(name)
        for view in sorted(view for view, reads in self._views.items() if name in reads):
            aside = self._aside(f"SELECT * FROM {quoted(view)}")
            self._con.execute(f"DROP VIEW {quoted(view)}")
            self._con.execute(f"ALTER TABLE {aside} RENAME TO {quoted(view)}")
            self._kinds[view] = "TABLE"
            del self._views[view]
        kind = self._kinds.pop(name, None)
        if kind is not None:
            self._con.execute(f"DROP {kind} {quoted(name)}")
        self._views.pop(name, None)
        behind = self._arrow.pop(name, None)
        if behind is not None:
            self._con.unregister(behind)

    def _failed(self, step: str, sql: str, fault: duckdb.Error) -> DataError:
        return DataError("engine.step_failed", step=step, engine=self.dialect, why=str(fault), sql=sql)
