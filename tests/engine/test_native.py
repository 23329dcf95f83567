"""The database behind an engine."""

import pyarrow as pa
import pytest

from suyuan.domain.errors import DataError
from suyuan.engine.duck import DuckEngine
from suyuan.engine.native import duck_connection, forget, spark_session
from suyuan.engine.protocol import Engine
from suyuan.engine.step import Step


def test_the_database_knows_the_names_of_its_engine(engine: Engine) -> None:
    engine.write("told", pa.table({"n": [1, 2]}))
    if engine.dialect == "spark":
        assert spark_session(engine).sql("select sum(n) from told").collect()[0][0] == 3
    else:
        assert duck_connection(engine).execute("select sum(n) from told").fetchall() == [(3,)]


def test_another_engine_is_refused(engine: Engine) -> None:
    with pytest.raises(DataError, match=engine.dialect):
        (duck_connection if engine.dialect == "spark" else spark_session)(engine)


def test_what_is_forgotten_is_gone_and_may_be_named_anew(engine: Engine) -> None:
    engine.write("told", pa.table({"n": [1]}))
    forget(engine, ["told", "never_known"])
    assert not engine.has("told")
    engine.write("told", pa.table({"m": ["x"]}))
    assert engine.columns("told") == {"m": "text"}


def test_a_view_outlives_what_it_reads() -> None:
    engine = DuckEngine(threads=1)
    engine.write("told", pa.table({"n": [1]}))
    engine.run([Step(name="seen", sql="select n + 1 as n from told")])
    forget(engine, ["told"])
    assert engine.read("seen")["n"].to_pylist() == [2]
    engine.close()
