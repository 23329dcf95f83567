"""The words of the mapping: normalised, checked, complete."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from suyuan.domain.content import content_dir
from suyuan.sources.statement.words import ROLES, normal, read_words, without_unit, words

SHIPPED = content_dir("mappings") / "statement.yml"


def test_every_role_has_words() -> None:
    assert set(words().roles) == set(ROLES)


def test_words_are_compared_without_width_case_blanks_and_quotes() -> None:
    assert normal(" 账　　号： ") == "账号"
    assert normal("Credit / Debit") == "credit/debit"
    assert normal("金额（元）") == "金额(元)"


@pytest.mark.parametrize(
    ("term", "bare"),
    [("金额(元)", "金额"), ("借方发生额/元(支取)", "借方发生额(支取)"), ("金额/分", "金额"), ("金额", "金额")],
)
def test_units_leave_a_header(term: str, bare: str) -> None:
    assert without_unit(term) == bare


@pytest.mark.parametrize(
    ("text", "code"), [("人民币", "CNY"), ("港币账户", "HKD"), ("usd", "USD"), ("xyz", "XYZ"), ("消费", None)]
)
def test_a_currency_is_named_in_many_ways(text: str, code: str | None) -> None:
    assert words().currency(text) == code


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("  ip: [", "  no_role: [a]\n  ip: [", "no_role"),
        ("mapping: statement", "mapping: other", "mapping"),
        ("  mac: [mac地址, mac]", "  mac: [mac, MAC]", "given twice"),
    ],
)
def test_a_table_of_words_that_cannot_be_trusted_does_not_load(
    tmp_path: Path, before: str, after: str, fault: str
) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert before in text
    changed = tmp_path / "statement.yml"
    changed.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(ValidationError, match=fault):
        read_words(changed)


def test_a_table_that_is_no_mapping_does_not_load(tmp_path: Path) -> None:
    path = tmp_path / "statement.yml"
    path.write_text("- a\n", encoding="utf-8")
    with pytest.raises(ValidationError):
        read_words(path)
