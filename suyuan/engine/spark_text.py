"""The text that Spark is given for a step, and how types are called on either side. Needs no Spark."""

from suyuan.domain.errors import DataError
from suyuan.engine.dialect import to_spark
from suyuan.engine.step import Step
from suyuan.engine.text import filled
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


def translated(step: Step, twin: Twin) -> tuple[dict[str, str], str]:
    """Return the DuckDB types that `step` delivers over the names of `twin`, and its Spark SQL.

    Raises:
        DataError: DuckDB refuses the step, or Spark cannot say it alike.
    """
    sql = filled(step.sql, step.params, step=step.name)
    types = twin.bind(step=step.name, sql=sql)
    inner = to_spark(sql, tables=twin.tables)
    casts = ", ".join(f"CAST(`{column}` AS {spark_type(told)}) AS `{column}`" for column, told in types.items())
    return types, f"SELECT {casts} FROM (\n{inner}\n)"
