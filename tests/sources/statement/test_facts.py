"""What the report says of how a statement was read."""

import json
from typing import Any

import pytest

from suyuan.sources.statement import Hints


def test_facts_are_ready_for_json_and_name_what_was_left(read: Any) -> None:
    found = read(
        "账号：6222000000000001\n交易日期,摘要,收入,支出,余额,心情\n2025-01-01,a,1.00,,1.00,好\n2025-01-02,b,1.00,,2.00,好\n"
    )
    facts = json.loads(json.dumps(found.facts, ensure_ascii=False))
    assert facts["unmapped"] == ["心情"]
    assert facts["columns"]["in"] == ["收入"]
    assert facts["own_account_from"] == "preamble"
    assert (facts["amounts"], facts["amounts_by"], facts["order"]) == ("split", "balance", "oldest_first")


@pytest.mark.parametrize(
    ("written", "file", "kind"),
    [
        ("交易时间,收/支,金额\n2025-01-01 10:00:00,支出,1.00\n", "a.csv", "wallet"),
        ("某银行信用卡账单\n交易日期,摘要,收入,支出\n2025-01-01,a,1.00,\n", "a.csv", "credit_card"),
        ("账户类型：借记卡\n交易日期,摘要,收入,支出\n2025-01-01,a,1.00,\n", "a.csv", "card"),
        ("账户类型：结算户\n交易日期,摘要,收入,支出\n2025-01-01,a,1.00,\n", "a.csv", "settlement"),
        ("交易日期,摘要,收入,支出\n2025-01-01,a,1.00,\n", "a.csv", "unknown"),
    ],
)
def test_the_kind_of_account_is_what_the_statement_shows(read: Any, written: str, file: str, kind: str) -> None:
    assert read(written, hints=Hints(own_account="1"), file=file).accounts[0]["kind"] == kind
