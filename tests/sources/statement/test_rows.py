"""Rows of data are told from everything round them."""

from datetime import datetime
from typing import Any

import pytest

from suyuan.sources.statement import Hints
from suyuan.sources.statement.rows import row_order

at = datetime.fromisoformat
OWN = Hints(own_account="6222000000000001")


@pytest.mark.parametrize(
    "line",
    [
        "合计,,1.00,0.00,", "人民币合计,,1.00,,", "本页小计：,,1.00,,", ",期初余额,,,5.00",
        "2025-01-01,承前页,,,5.00", "第1页 共2页,,,,", ",,,,", " ,,,,",
        "交易日期,摘要,收入,支出,余额", "以上数据仅供参考，具体内容请以柜台为准,,,,",
        "打印时间：2025-02-01 10:00:00,,,,", "Total,,1.00,,", "----,,,,",
    ],
)  # fmt: skip
def test_a_line_that_is_no_transaction_is_no_row_of_data(read: Any, line: str) -> None:
    found = read(f"交易日期,摘要,收入,支出,余额\n2025-01-01,a,1.00,,1.00\n{line}\n2025-01-02,b,2.00,,3.00\n", hints=OWN)
    assert len(found.entries) == 2
    assert found.refused == []


@pytest.mark.parametrize("line", [",a,1.00,,2.00", "??,a,1.00,,2.00", "2025-02-30,a,1.00,,2.00", "2025-01-02,a,,,2.00"])
def test_a_line_that_may_be_a_transaction_is_never_dropped(read: Any, line: str) -> None:
    found = read(f"交易日期,摘要,收入,支出,余额\n2025-01-01,a,1.00,,1.00\n{line}\n", hints=OWN)
    assert [row for row, _ in found.refused] == [3]


def test_the_totals_of_a_row_are_those_under_its_sides(read: Any) -> None:
    found = read("交易日期,摘要,收入,支出\n2025-01-01,a,1.00,\n合计,,1.00,0.00\n", hints=OWN)
    assert [(total["what"], total["told"]["fen"], total["agree"]) for total in found.report["totals"]["checked"]] == [
        ("in", 100, True),
        ("out", 0, True),
    ]


def test_the_order_of_rows_is_that_of_most_of_their_moments() -> None:
    days = [at(f"2025-01-{day:02d}") for day in range(1, 31)]
    assert row_order(days) == 1
    assert row_order(days[::-1]) == -1
    assert row_order([days[0], days[0], None]) is None
    assert row_order([days[3], days[1], days[2], days[0]]) == 0
    assert row_order([*days[1:], days[0]]) == 1
