"""The text that Spark is given for a step, and how types are called on either side. Needs no Spark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from suyuan.domain.errors import DataError
from suyuan.engine.dialect import Part, spark_parts
from suyuan.engine.step import Step
from suyuan.engine.text import filled, words
from suyuan.engine.twin import Twin

_DUCK_TYPES = {
    "string": "VARCHAR",
    "tinyint": "INTEGER",
    "smallint": "INTEGER",
    "int": "INTEGER",
    "bigint": "BIGINT",
    "float": "DOUBLE",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp_ntz": "TIMESTAMP",
    "timestamp": "TIMESTAMP",
}
_SPARK_TYPES = {
    "VARCHAR": "STRING",
    "INTEGER": "INT",
    "BIGINT": "BIGINT",
    "DOUBLE": "DOUBLE",
    "BOOLEAN": "BOOLEAN",
    "DATE": "DATE",
    "TIMESTAMP": "TIMESTAMP_NTZ",
    "TINYINT": "INT",
    "SMALLINT": "INT",
    "FLOAT": "DOUBLE",
    '"NULL"': "INT",
}


def duck_type(told: str) -> str:
    """Return the DuckDB type that holds values of Spark's `told`.

    Examples:
        >>> duck_type("array<string>"), duck_type("decimal(38,0)")
        ('VARCHAR[]', 'BIGINT')
    """
    if told.startswith("array<"):
        return f"{duck_type(told[6:-1])}[]"
    if told.startswith("decimal(") and told.endswith(",0)"):
        return "BIGINT"
    return _DUCK_TYPES.get(told, "VARCHAR")


def spark_type(told: str) -> str:
    """Return the Spark type that holds values of DuckDB's `told`.

    Raises:
        DataError: House steps deliver no such type.

    Examples:
        >>> spark_type("TIMESTAMP[]")
        'ARRAY<TIMESTAMP_NTZ>'
    """
    if told.endswith("[]"):
        return f"ARRAY<{spark_type(told[:-2])}>"
    if told not in _SPARK_TYPES:
        raise DataError("engine.no_type", type=told.lower())
    return _SPARK_TYPES[told]


@dataclass(frozen=True, kw_only=True)
class Script:
    """What Spark is given for one step: its CTEs one by one, then the select that delivers `types`."""

    types: Mapping[str, str]
    parts: Sequence[Part]
    sql: str

    def __str__(self) -> str:
        """Return it as one text to read."""
        cached = {True: "CACHE TABLE", False: "CREATE TEMPORARY VIEW"}
        told = [f"{cached[part.shared]} {part.name} AS\n{part.sql};" for part in self.parts]
        return "\n\n".join([*told, self.sql])


@lru_cache(maxsize=256)
def _parts(sql: str, read: tuple[tuple[str, tuple[tuple[str, str], ...]], ...], prefix: str) -> tuple[list[Part], str]:
    """Remember translations: cases run the same select over the same columns again and again."""
    return spark_parts(sql, tables={name: dict(columns) for name, columns in read}, prefix=prefix)


def translated(step: Step, twin: Twin) -> Script:
    """Return what Spark is given for `step` over the names of `twin`.

    Raises:
        DataError: DuckDB refuses the step, or Spark cannot say it alike.
    """
    sql = filled(step.sql, step.params, step=step.name)
    types = twin.bind(step=step.name, sql=sql)
    named = words(sql)
    read = tuple((name, tuple(columns.items())) for name, columns in sorted(twin.tables.items()) if name in named)
    parts, last = _parts(sql, read, f"{step.name}__")
    casts = ", ".join(f"CAST(`{column}` AS {spark_type(told)}) AS `{column}`" for column, told in types.items())
    return Script(types=types, parts=parts, sql=f"SELECT {casts} FROM (\n{last}\n)")
