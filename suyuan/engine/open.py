"""Opens an engine by its name."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Literal

from suyuan.domain.errors import DataError
from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine

EngineName = Literal["duck", "spark"]


def open_engine(
    name: EngineName,
    *,
    memory: str | None = None,
    threads: int | None = None,
    temp_dir: Path | None = None,
    folders: Sequence[Path] | None = None,
    small: bool = False,
) -> Engine:
    """Open the engine called `name`. Spark is imported only when asked for.

    `memory` is DuckDB's limit ("2GiB") or Spark's heap ("2g"); `temp_dir` and `folders` concern DuckDB only;
    `small` sets Spark for a handful of rows, as cases have.

    Raises:
        DataError: Spark was asked for and cannot start here; the message says what is missing.
    """
    if name == "duck":
        return DuckEngine(memory=memory, threads=threads, temp_dir=temp_dir, folders=folders)
    try:
        module = import_module("suyuan.engine.spark")
    except ImportError as fault:
        raise DataError("engine.no_spark", why=str(fault)) from fault
    settings = module.SMALL if small else {}
    engine: Engine = module.SparkEngine(memory=memory or "2g", threads=threads or 2, settings=settings)
    return engine
