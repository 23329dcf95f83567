"""One select, two engines, equal rows: every construct that a typology may use."""

import math

import pyarrow as pa
import pytest

from suyuan.domain.errors import DataError
from suyuan.engine.dialect import to_spark
from suyuan.engine.dialect_kinds import NotPortable
from suyuan.engine.dialect_lint import lint
from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine
from suyuan.engine.step import Step
from tests.engine.shapes import ODD, REFUSED, REFUSED_BY_TYPE, SHAPES, transfers

TABLES = {"odd": ODD, "tx": transfers()}
TYPES = {
    "odd": {
        "id": "BIGINT", "k": "INTEGER", "m": "INTEGER", "n": "BIGINT", "x": "DOUBLE", "s": "VARCHAR", "g": "VARCHAR",
        "made_on": "DATE", "made_at": "TIMESTAMP", "b": "BOOLEAN", "xs": "BIGINT[]", "ws": "VARCHAR[]",
    },
    "tx": {
        "transfer_id": "VARCHAR", "src": "VARCHAR", "dst": "VARCHAR", "booked_at": "TIMESTAMP",
        "amount_fen": "BIGINT", "channel": "VARCHAR",
    },
}  # fmt: skip


def plain(value: object) -> object:
    if isinstance(value, float):
        return "nan" if math.isnan(value) else value + 0.0
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value


def rows(table: pa.Table) -> list[str]:
    return sorted(repr([plain(value) for value in row.values()]) for row in table.to_pylist())


def answer(engine: Engine, sql: str) -> pa.Table:
    for name, table in TABLES.items():
        if not engine.has(name):
            engine.write(name, table)
    engine.run([Step(name="answer", sql=sql)])
    return engine.read("answer")


@pytest.fixture(scope="module")
def duck() -> DuckEngine:
    return DuckEngine(threads=2)


@pytest.mark.spark
@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_gives_the_same_rows_on_both_engines(shape: str, duck: DuckEngine, spark_session: Engine) -> None:
    meant, given = answer(duck, SHAPES[shape]), answer(spark_session, SHAPES[shape])
    assert given.schema == meant.schema
    assert rows(given) == rows(meant)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_is_in_the_dialect_and_gives_rows(shape: str, duck: DuckEngine) -> None:
    assert to_spark(SHAPES[shape].replace(".5 * k", "0.5 * k"), tables=TYPES)
    assert answer(duck, SHAPES[shape]).num_rows > 0


@pytest.mark.parametrize("construct", REFUSED)
def test_what_is_not_portable_is_refused_by_its_look(construct: str) -> None:
    sql, key = REFUSED[construct]
    assert key in {refusal.key for refusal in lint(sql)}


@pytest.mark.parametrize("construct", REFUSED_BY_TYPE)
def test_what_is_not_portable_is_refused_by_its_types(construct: str) -> None:
    sql, key = REFUSED_BY_TYPE[construct]
    assert lint(sql) == []
    with pytest.raises(DataError) as caught:
        to_spark(sql, tables=TYPES)
    assert isinstance(caught.value.__cause__, NotPortable)
    assert caught.value.__cause__.refusal.key == key
