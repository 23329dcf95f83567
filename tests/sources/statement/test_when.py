"""Which columns date a row, and how precisely."""

from datetime import date, datetime
from typing import Any

import pytest

from suyuan.sources.statement import Hints

at = datetime.fromisoformat

OWN = Hints(own_account="6222000000000001")


def test_a_posting_date_stands_in_where_the_trade_tells_none(read: Any) -> None:
    found = read("交易日,记账日,摘要,收入,支出\n,2025-01-02,a,1.00,\n2025-01-03,2025-01-04,b,1.00,\n", hints=OWN)
    assert [(row["booked_at"], row["posted_on"]) for row in found.entries] == [
        (at("2025-01-02"), date(2025, 1, 2)),
        (at("2025-01-03"), date(2025, 1, 4)),
    ]


def test_a_time_belongs_to_its_own_date(read: Any) -> None:
    found = read("记账日期,记账时间,收入,支出,摘要\n2025-01-02,17:57:17,1.00,,a\n2025-01-03,,1.00,,b\n", hints=OWN)
    assert found.column("booked_at") == [at("2025-01-02 17:57:17"), at("2025-01-03")]
    assert found.column("time_precision") == ["second", "day"]


def test_a_column_called_time_may_hold_the_whole_moment(read: Any) -> None:
    found = read("时间,收入,支出,摘要\n2025-01-02 17:57:17,1.00,,a\n", hints=OWN)
    assert found.column("booked_at") == [at("2025-01-02 17:57:17")]


def test_times_of_a_column_in_utc_are_moved(read: Any) -> None:
    found = read("UTC时间,收入,支出,摘要\n2025/11/09 20:46:11,1.00,,a\n", hints=OWN)
    assert found.entries == [] or found.column("booked_at") == [at("2025-11-10 04:46:11")]


def test_one_day_over_twelve_anywhere_in_the_file_settles_the_order(read: Any) -> None:
    rows = "".join(f"0{1 + number % 9}/02/2025,a,1.00,,{number}.00\n" for number in range(1, 600))
    found = read(f"交易日期,摘要,收入,支出,余额\n{rows}13/02/2025,a,1.00,,600.00\n", hints=OWN)
    assert found.facts["date_order"] == "dmy"


def test_a_hint_settles_what_the_dates_leave_open(read: Any) -> None:
    written = "交易日期,摘要,收入,支出\n03/04/2025,a,1.00,\n"
    assert read(written, hints=OWN).options == ["--date-order"]
    told = Hints(own_account="1", date_order="dmy")
    assert read(written, hints=told).column("booked_at") == [at("2025-04-03")]


@pytest.mark.parametrize(
    ("preamble", "file", "hints", "days"),
    [
        ("", "a.csv", Hints(own_account="1", year=2025), [at("2024-12-29"), at("2025-01-02")]),
        ("账单月份：2025年01月\n", "a.csv", OWN, [at("2024-12-29"), at("2025-01-02")]),
        ("账单月份：2024年12月\n", "a.csv", OWN, [at("2024-12-29"), at("2025-01-02")]),
        ("", "x_20241201_20250131.csv", OWN, [at("2024-12-29"), at("2025-01-02")]),
    ],
)
def test_the_turn_of_the_year_is_dated(read: Any, preamble: str, file: str, hints: Hints, days: list[datetime]) -> None:
    found = read(f"{preamble}交易日,摘要,收入,支出\n12/29,a,1.00,\n01/02,b,1.00,\n", hints=hints, file=file)
    assert found.column("booked_at") == days


def test_a_bare_year_says_nothing_when_the_year_turns(read: Any) -> None:
    written = "交易日,摘要,收入,支出\n{},a,1.00,\n01/02,b,1.00,\n"
    assert read(written.format("12/29"), hints=OWN, file="账单2024.csv").options == ["--year"]
    assert read(written.format("01/01"), hints=OWN, file="账单2024.csv").column("booked_at")[1] == at("2024-01-02")
