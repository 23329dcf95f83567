import pytest

from suyuan.domain.errors import DataError
from suyuan.engine.dialect import to_spark

TABLES = {"t": {"made_on": "DATE", "made_at": "TIMESTAMP", "k": "INTEGER"}}


def spark(text: str) -> str:
    return (
        " ".join(to_spark(f"select {text} as r from t", tables=TABLES).split())
        .removeprefix("SELECT ")
        .split(" AS r ")[0]
    )


def test_boundaries_are_counted_not_whole_units() -> None:
    assert spark("date_diff('day', made_on, made_at)") == (
        "CAST(DATEDIFF(CAST(t.made_at AS DATE), CAST(t.made_on AS DATE)) AS BIGINT)"
    )
    assert "YEAR(t.made_at) * 12 + MONTH(t.made_at)" in spark("date_diff('month', made_on, made_at)")
    assert "FLOOR(UNIX_SECONDS(CAST(t.made_at AS TIMESTAMP)) / 3600)" in spark("date_diff('hour', made_on, made_at)")


def test_weekdays_are_numbered_as_duckdb_does() -> None:
    assert spark("isodow(made_on)") == "( WEEKDAY(t.made_on) + 1 )"
    assert spark("dayofweek(made_on)") == "( DAYOFWEEK(t.made_on) - 1 )"


def test_a_date_and_an_interval_make_a_time() -> None:
    assert spark("made_on + interval 1 day").startswith("CAST(t.made_on AS TIMESTAMP_NTZ) + INTERVAL '1' DAY")


def test_a_difference_of_dates_is_days_and_of_times_is_refused() -> None:
    assert spark("made_on - date '2024-01-01'").startswith("CAST(DATEDIFF(t.made_on")
    with pytest.raises(DataError, match="date_diff"):
        spark("made_at - made_at")
