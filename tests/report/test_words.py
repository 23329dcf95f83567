from datetime import datetime
from typing import get_args

from suyuan.domain.contract import contracts
from suyuan.lead.members import ROLES as LEAD_ROLES
from suyuan.report import words
from suyuan.typology.model import Severity


def test_every_role_severity_basis_edge_and_flow_has_words() -> None:
    assert set(words.ROLES) == set(LEAD_ROLES)
    assert set(words.SEVERITIES) == set(words.NEXT) == set(get_args(Severity))
    for keys, table, column in (
        (words.BASES, "lead", "amount_basis"),
        (words.EDGES, "lead_edge", "kind"),
        (words.FLOWS, "lead_day", "flow"),
    ):
        assert set(keys) == set(contracts()[table].columns[column].values)


def test_every_province_has_a_name_in_both_languages() -> None:
    chips = words.provinces(["520000", "999999", "110000"], 2)
    assert "贵州" in chips
    assert "Guizhou" in chips
    assert "999999" in chips
    assert "1 more" in chips


def test_amounts_are_told_as_each_language_does() -> None:
    assert "¥4,382.00万" in words.big(4_382_000_000, "CNY")
    assert "¥43.82M" in words.big(4_382_000_000, "CNY")
    assert words.money(123_456, "USD") == "USD 1,234.56"
    assert words.money(None, "CNY") == words.big(None, None) == "–"


def test_a_moment_at_midnight_is_a_day() -> None:
    assert words.moment(datetime(2024, 1, 5)) == "2024-01-05"  # noqa: DTZ001
    assert words.moment(datetime(2024, 1, 5, 9, 30)) == "2024-01-05 09:30:00"  # noqa: DTZ001


def test_a_file_is_told_without_the_way_to_it() -> None:
    assert [words.tail(file) for file in ("a.csv", "/home/lin/case/a.csv", None)] == ["a.csv", "case/a.csv", "–"]


def test_both_languages_are_escaped() -> None:
    assert words.both({"zh": "<", "en": "&"}) == '<span lang="zh">&lt;</span><span lang="en">&amp;</span>'
    assert words.both({"zh": "<", "en": "<"}) == "&lt;"


def test_a_member_is_called_by_name_by_the_tail_of_a_number_or_by_the_end_of_its_id() -> None:
    account = {"kind": "account", "name": "张**", "number": "622200*****0019"}
    assert words.who_name(account, "a-1") == "张**·0019"
    assert words.who_name({"kind": "account", "name": None, "number": None}, "a-0123456789abcdef") == "…abcdef"
    assert words.who_name({"kind": "company", "name": "Firm", "number": None}, "c-1") == "Firm"
    assert words.who_name(None, "short") == "short"
