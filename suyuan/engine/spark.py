"""Spark, for more data than one machine holds: `pip install suyuan[spark]` and Java 17.

The one module that imports pyspark; everybody else asks `open_engine`.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import assert_never

import pyarrow as pa
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from suyuan.domain.errors import DataError
from suyuan.engine.arrow import in_house
from suyuan.engine.duck import house_name
from suyuan.engine.spark_text import duck_type, spark_type, translated
from suyuan.engine.step import AnyStep, ArrowStep, Keep, Step
from suyuan.engine.text import quoted
from suyuan.engine.twin import Twin

_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",  # a failure comes back as an exception; its text is in the DataError
    "spark.driver.extraJavaOptions": "-Dlog4j2.level=OFF",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",  # house times are naive; no zone must ever shift them
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.parquet.mergeSchema": "true",
    "spark.sql.caseSensitive": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}

SMALL: Mapping[str, str] = {
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": "-Dlog4j2.level=OFF -XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
"""Settings for a handful of rows, where planning and compiling are all the cost: a fifth of the processor time."""


def _session(master: str, settings: Mapping[str, str]) -> SparkSession:
    builder = SparkSession.builder.master(master).appName("suyuan")
    for key, value in {**_SETTINGS, **settings}.items():
        builder = builder.config(key, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, OSError) as fault:
        raise DataError("engine.no_spark", why=str(fault)) from fault


class SparkEngine:
    """Runs steps on Spark. A step is bound in an empty DuckDB first, translated, and cast to the types found there."""

    dialect = "spark"

    def __init__(
        self,
        *,
        master: str | None = None,
        threads: int = 2,
        memory: str = "2g",
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """Start Spark, or join the session of this process.

        Args:
            master: A cluster's URL; None runs `local[threads]` in this machine.
            threads: Cores of a local Spark, and how many parts a shuffle has there.
            memory: The driver's heap, as Java writes it.
            settings: More of Spark's own settings; they win.

        Raises:
            DataError: pyspark or Java is missing.
        """
        local = {"spark.sql.shuffle.partitions": str(threads), "spark.default.parallelism": str(threads)}
        told = {"spark.driver.memory": memory, **(local if master is None else {}), **(settings or {})}
        self._joined = SparkSession.getActiveSession() is not None
        self._spark = _session(master or f"local[{threads}]", told)
        self._twin = Twin()

    def run(self, steps: Sequence[AnyStep]) -> None:
        """Carry out `steps` in order.

        Raises:
            DataError: A step failed; the message names the step, its Spark SQL and Spark's own words.
        """
        for step in steps:
            match step:
                case Step():
                    self._select(step)
                case ArrowStep():
                    tables = {name: self.read(name, columns=columns) for name, columns in step.reads.items()}
                    self.write(step.name, step.run(tables))
                case _:
                    assert_never(step)

    def spark_sql(self, step: Step) -> str:
        """Return the Spark SQL that `step` would run as, over the names now known.

        Raises:
            DataError: `step` is not SQL, or cannot be said on Spark.
        """
        return str(translated(step, self._twin))

    def read(self, name: str, *, columns: Sequence[str] | None = None, limit: int | None = None) -> pa.Table:
        """Return the rows of `name` in house types, in no particular order unless its step sorts them.

        Raises:
            DataError: `name` is not known, lacks a column, or cannot be computed.
        """
        self._known(name)
        try:
            frame = self._spark.table(quoted(name).replace('"', "`"))
            if columns is not None:
                frame = frame.select(*columns) if columns else frame.selectExpr("true AS nothing")
            return in_house((frame if limit is None else frame.limit(limit)).toArrow())
        except (PySparkException, pa.ArrowInvalid) as fault:
            raise DataError("engine.read_failed", name=name, engine=self.dialect, why=str(fault)) from fault

    def write(self, name: str, table: pa.Table) -> None:
        """Make `table` known as `name`, replacing what bore the name.

        Raises:
            DataError: `name` cannot name a table, or a value does not fit its house type.
        """
        quoted(name)
        try:
            told = in_house(table)
        except pa.ArrowInvalid as fault:
            raise DataError("engine.read_failed", name=name, engine=self.dialect, why=str(fault)) from fault
        nulls = [field.name for field in told.schema if pa.types.is_null(field.type)]
        for column in nulls:
            at = told.schema.get_field_index(column)
            told = told.set_column(at, column, told.column(column).cast(pa.int32()))
        self._keep(name, self._spark.createDataFrame(told))

    def scan(self, name: str, files: Sequence[Path]) -> None:
        """Make the union by name of Parquet `files` known as `name`, unread.

        Raises:
            DataError: There is no file, or one cannot be opened.
        """
        quoted(name)
        if not files:
            raise DataError("engine.no_files", name=name)
        try:
            frame = self._spark.read.parquet(*[str(file) for file in files])
        except PySparkException as fault:
            raise DataError("engine.read_failed", name=name, engine=self.dialect, why=str(fault)) from fault
        self._keep(name, frame)

    def columns(self, name: str) -> dict[str, str]:
        """Return column → house type of `name`.

        Raises:
            DataError: `name` is not known.
        """
        self._known(name)
        return {column: house_name(told) for column, told in self._twin.tables[name].items()}

    def has(self, name: str) -> bool:
        """Return whether `name` is known."""
        return name in self._twin.tables

    def forget_all(self) -> None:
        """Forget every name; the session stays."""
        for name in self._twin.tables:
            self._spark.catalog.dropTempView(name)
        self._spark.catalog.clearCache()
        self._twin.clear()

    def close(self) -> None:
        """Stop Spark, or, in a session that others began, forget what this engine knew."""
        if self._joined:
            self.forget_all()
        else:
            self._spark.stop()
        self._twin.close()

    def _known(self, name: str) -> None:
        if name not in self._twin.tables:
            raise DataError("engine.unknown_name", name=name, known=", ".join(sorted(self._twin.tables)) or "–")

    def _keep(self, name: str, frame: DataFrame) -> None:
        """Let `frame` bear `name`, its columns cast to house types."""
        types = {field.name: duck_type(field.dataType.simpleString()) for field in frame.schema}
        casts = [f"CAST(`{column}` AS {spark_type(told)}) AS `{column}`" for column, told in types.items()]
        frame.selectExpr(*casts).createOrReplaceTempView(name)
        self._twin.put(name, types)

    def _select(self, step: Step) -> None:
        quoted(step.name)
        script = translated(step, self._twin)
        running = script.sql
        try:
            for part in script.parts:
                running = part.sql
                frame = self._spark.sql(part.sql)
                (frame.localCheckpoint() if part.shared else frame).createOrReplaceTempView(part.name)
            running = script.sql
            frame = self._spark.sql(script.sql)
            if step.keep is Keep.TABLE:
                frame = frame.localCheckpoint()
            frame.createOrReplaceTempView(step.name)
        except PySparkException as fault:
            why = str(fault)
            raise DataError("engine.step_failed", step=step.name, engine=self.dialect, why=why, sql=running) from fault
        finally:
            for part in script.parts:
                self._spark.catalog.dropTempView(part.name)
        self._twin.put(step.name, dict(script.types))
