"""The engines that tests run on, and what a test run could not run."""

import os
import shutil
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from suyuan.domain.say import spoken
from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine

# A test never measures time (benchmarks do); CI tries the same examples each time, so that it fails for a change alone.
settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _language_is_given_back() -> Iterator[None]:
    """No test speaks the language that one before it asked for."""
    token = spoken.set("en")
    yield
    spoken.reset(token)


def _why_no_spark() -> str | None:
    if find_spec("pyspark") is None:
        return "pyspark is not installed: pip install -e .[spark]"
    if shutil.which("java") is None:
        return "no java on the path: install Java 17"
    return None


@pytest.fixture(scope="session")
def spark_session() -> Iterator[Any]:
    """One Spark for the whole test run; skipped with its reason where it cannot start."""
    why = _why_no_spark()
    if why is not None:
        pytest.skip(why)
    module = import_module("suyuan.engine.spark")
    engine = module.SparkEngine(threads=2, settings=module.SMALL)
    yield engine
    engine.close()


@pytest.fixture(params=[pytest.param("duck"), pytest.param("spark", marks=pytest.mark.spark)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Every test that takes `engine` runs on each engine, on no table but its own."""
    if request.param == "duck":
        duck = DuckEngine(memory="1GiB", threads=2)
        yield duck
        duck.close()
        return
    spark = request.getfixturevalue("spark_session")
    yield spark
    spark.forget_all()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end what was not run, and why; SUYUAN_NOT_RUN names a file that gathers it over several test runs."""
    skipped: dict[str, list[str]] = {}
    for report in terminalreporter.getreports("skipped"):
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        skipped.setdefault(why.removeprefix("Skipped: "), []).append(report.nodeid)
    if not skipped:
        return
    terminalreporter.section("not run, why")
    lines = [f"not run: {node} ({why})" for why, nodes in skipped.items() for node in nodes]
    for line in lines:
        terminalreporter.write_line(line)
    if gathered := os.environ.get("SUYUAN_NOT_RUN"):
        with Path(gathered).open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
