"""Hands the database behind an engine to a library that talks to databases itself, such as Splink.

Whoever asks reads the names the engine knows, writes under names of its own, and takes them away again.
"""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

import duckdb

from suyuan.domain.errors import DataError
from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine


def duck_connection(engine: Engine) -> duckdb.DuckDBPyConnection:
    """Return the connection of a DuckDB `engine`.

    Raises:
        DataError: The engine is none.
    """
    if not isinstance(engine, DuckEngine):
        raise DataError("engine.not_native", engine=engine.dialect, wanted=DuckEngine.dialect)
    return engine._con  # noqa: SLF001 - this module is the one door


def spark_session(engine: Engine) -> Any:
    """Return the session of a Spark `engine`. Spark is imported only here and where an engine of it was opened.

    Raises:
        DataError: The engine is none.
    """
    if engine.dialect == "spark":
        module = import_module("suyuan.engine.spark")
        if isinstance(engine, module.SparkEngine):
            return engine._spark  # noqa: SLF001
    raise DataError("engine.not_native", engine=engine.dialect, wanted="spark")


def forget(engine: Engine, names: Iterable[str]) -> None:
    """Let `engine` forget each of `names` that it knows; views that read one become tables first, on DuckDB."""
    for name in names:
        if not engine.has(name):
            continue
        if isinstance(engine, DuckEngine):
            engine._forget(name)  # noqa: SLF001
        else:
            spark_session(engine).catalog.dropTempView(name)
            engine._twin.drop(name)  # type: ignore[attr-defined]  # noqa: SLF001
