"""Each form a date or a time may take."""

from datetime import datetime, time
from typing import Any

import duckdb
import pytest

from suyuan.sources.statement.dates import DATEISH, Form, clock, form_of, moment, month_of, order_told, seconds_told

at = datetime.fromisoformat


def _value(con: duckdb.DuckDBPyConnection, expression: str, cell: str) -> Any:
    return con.execute(f"SELECT {expression} FROM (SELECT trim($1) AS cell)", [cell]).fetchall()[0][0]


@pytest.mark.parametrize(
    ("cell", "form", "expected"),
    [
        ("2025-08-22", Form.YMD, at("2025-08-22")),
        ("2025/8/2", Form.YMD, at("2025-08-02")),
        ("2025.8.2", Form.YMD, at("2025-08-02")),
        ("2025年1月3日", Form.YMD, at("2025-01-03")),
        ("2025/12/03  14:06:51", Form.YMD, at("2025-12-03 14:06:51")),
        ("2025年9月2日 15时00分", Form.YMD, at("2025-09-02 15:00:00")),
        ("2020-01-02-12.30.45.123456", Form.YMD, at("2020-01-02 12:30:45.123456")),
        ("2025-08-22T17:57:17Z", Form.YMD, at("2025-08-23 01:57:17")),
        ("2025-08-22 17:57:17+0100", Form.YMD, at("2025-08-23 00:57:17")),
        ("20250101", Form.COMPACT, at("2025-01-01")),
        ("20220119.0", Form.COMPACT, at("2022-01-19")),
        ("20250822170305", Form.COMPACT, at("2025-08-22 17:03:05")),
        ("20250101 10:20:30", Form.COMPACT, at("2025-01-01 10:20:30")),
        ("24/03/2025", Form.SLASHED, at("2025-03-24")),
        ("24-03-25", Form.SLASHED, at("2025-03-24")),
        ("5/1/2023 9:05", Form.SLASHED, at("2023-01-05 09:05:00")),
        ("22MAR25", Form.NAMED, at("2025-03-22")),
        ("22-Mar-2025", Form.NAMED, at("2025-03-22")),
        ("3 Mar 2025", Form.NAMED, at("2025-03-03")),
        ("Mar 5, 2025", Form.NAMED, at("2025-03-05")),
        ("29/12", Form.DAY, at("2023-12-29")),
        ("22MAR", Form.DAY, at("2023-03-22")),
        ("45678.5", Form.SERIAL, at("2025-01-21 12:00:00")),
    ],
)
def test_a_date_is_told_by_its_form(con: duckdb.DuckDBPyConnection, cell: str, form: Form, expected: datetime) -> None:
    shape = form_of([cell])
    assert shape is not None
    assert shape.form is form
    assert _value(con, moment("cell", form=form, order="dmy", year=(2024, 1)), cell) == expected


def test_month_first_is_read_when_told_so(con: duckdb.DuckDBPyConnection) -> None:
    assert _value(con, moment("cell", form=Form.SLASHED, order="mdy"), "05/01/2023") == at("2023-05-01")
    assert _value(con, moment("cell", form=Form.DAY, order="mdy", year=(2024, 1)), "01/03") == at("2024-01-03")
    assert _value(con, moment("cell", form=Form.DAY, order="mdy", year=(2024, 1)), "12月29日") == at("2023-12-29")


@pytest.mark.parametrize("cell", ["2025-13-41", "合计", "20251341", "31/31/2025"])
def test_what_is_no_date_is_null(con: duckdb.DuckDBPyConnection, cell: str) -> None:
    for form in (Form.YMD, Form.COMPACT, Form.SLASHED, Form.NAMED, Form.SERIAL):
        assert _value(con, moment("cell", form=form, order="dmy"), cell) is None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("17:57:17", time(17, 57, 17)), ("123456", time(12, 34, 56)), ("93021", time(9, 30, 21)), ("17:57", time(17, 57)),
     ("09.20.43", time(9, 20, 43)), ("9时5分", time(9, 5)), ("1899-12-31 10:20:30", time(10, 20, 30)), ("x", None)],
)  # fmt: skip
def test_a_clock_is_read(con: duckdb.DuckDBPyConnection, cell: str, expected: time | None) -> None:
    assert _value(con, clock("cell"), cell) == expected


def test_seconds_are_told_apart_from_minutes(con: duckdb.DuckDBPyConnection) -> None:
    told = [
        _value(con, seconds_told("cell"), cell)
        for cell in ("2025-01-01 10:20:30", "2025-01-01 10:20", "2025-01-01", "20250101102030")
    ]
    assert told == [True, False, None, True]


def test_a_form_is_what_most_dates_of_a_column_show() -> None:
    shape = form_of(["2025-01-01", "2025-01-02 10:00:00", None, "合计", "第1页"])
    assert shape is not None
    assert (shape.form, shape.hits, shape.timed) == (Form.YMD, 2, True)
    assert form_of(["消费", "转账"]) is None
    assert form_of(["1", "22", "2025-01-01"]) is None


def test_days_over_twelve_settle_the_order() -> None:
    assert order_told(["05/01/2023", "13/02/2023"], form=Form.SLASHED) == {"dmy"}
    assert order_told(["05/13/2023"], form=Form.SLASHED) == {"mdy"}
    assert order_told(["05/01/2023"], form=Form.SLASHED) == {"dmy", "mdy"}
    assert order_told(["12/29", "x"], form=Form.DAY) == {"mdy"}


def test_a_row_is_dateish_by_the_start_of_its_cell(con: duckdb.DuckDBPyConnection) -> None:
    pattern = f"regexp_matches(cell, '{DATEISH}')"
    assert all(
        _value(con, pattern, cell)
        for cell in ("2025-01-01", "20250101", "1/2", "22MAR", "Mar 5, 2025", "45678", "12月3日")
    )
    assert not any(_value(con, pattern, cell) for cell in ("合计", "第1页", "共66笔", "Total"))


def test_the_month_of_a_day_without_a_year() -> None:
    assert [month_of(cell, "mdy") for cell in ("12/29", "1月3日", "22MAR", "22XXX", "13/01", "x", None)] == [
        12,
        1,
        3,
        None,
        None,
        None,
        None,
    ]
    assert month_of("29/12", "dmy") == 12
