import sys

import pytest

from suyuan.domain.errors import DataError
from suyuan.engine.duck import DuckEngine
from suyuan.engine.open import open_engine


def test_duck_is_opened_without_touching_spark() -> None:
    engine = open_engine("duck", memory="256MiB", threads=1)
    assert isinstance(engine, DuckEngine)
    engine.close()


def test_a_machine_without_pyspark_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "suyuan.engine.spark", None)
    with pytest.raises(DataError, match=r"suyuan\[spark\]"):
        open_engine("spark")
