import pytest

from suyuan.domain.errors import DataError
from suyuan.engine.twin import Twin


@pytest.fixture
def twin() -> Twin:
    made = Twin()
    made.put("t", {"n": "BIGINT", "k": "INTEGER", "s": "VARCHAR"})
    return made


def test_a_select_is_typed_without_a_row(twin: Twin) -> None:
    assert twin.bind(
        step="s", sql="select sum(n) as total, k / 2 as half, year(date '2024-01-01') as y from t group by k"
    ) == {
        "total": "BIGINT",
        "half": "DOUBLE",
        "y": "BIGINT",
    }


def test_what_duckdb_refuses_is_told(twin: Twin) -> None:
    with pytest.raises(DataError, match="nothing"):
        twin.bind(step="s", sql="select nothing from t")


def test_a_name_may_be_put_again_and_forgotten(twin: Twin) -> None:
    twin.put("t", {"a": "DATE"})
    assert twin.bind(step="s", sql="select * from t") == {"a": "DATE"}
    twin.clear()
    with pytest.raises(DataError):
        twin.bind(step="s", sql="select * from t")
    twin.close()
