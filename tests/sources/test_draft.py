"""A draft fills in what names and values tell, marks guesses, and refuses to load until a person has looked."""

from pathlib import Path

import pytest

from suyuan.domain.errors import DataError
from suyuan.sources.draft import Draft, draft
from suyuan.sources.mapping import load_mapping
from tests.sources.conftest import Opener

LOANS = (
    "合同编号,出借人,借款人,合同金额(元),实际到手金额,借款期限,签订日期,经办\nA1,B,C,1000.00,700.00,7,2018-09-01,x\n"
)


def _draft(opener: Opener, folder: Path, text: str) -> Draft:
    path = folder / "loans.csv"
    path.write_text(text, encoding="utf-8")
    found = draft(opener.grid(path), name="loans")
    assert found is not None
    return found


def test_a_chinese_loan_table_is_understood(opener: Opener, tmp_path: Path) -> None:
    found = _draft(opener, tmp_path, LOANS)
    assert found.table == "loan"
    assert found.missing == ("currency",)
    assert "经办" in found.left_out
    assert "loan_id" in found.unsure
    assert "lender_id" not in found.unsure
    assert """received_fen: 'fen("实际到手金额")'""" in found.yaml


def test_it_does_not_load_until_what_is_marked_is_filled(opener: Opener, tmp_path: Path) -> None:
    found = _draft(opener, tmp_path, LOANS)
    path = tmp_path / "loans.yml"
    path.write_text(found.yaml, encoding="utf-8")
    with pytest.raises(DataError, match="currency"):
        load_mapping(path)
    path.write_text(found.yaml.replace('currency: "?"', "currency: \"'CNY'\""), encoding="utf-8")
    assert load_mapping(path).tables[0].table == "loan"


def test_an_english_table_of_transfers_is_understood(opener: Opener, tmp_path: Path) -> None:
    found = _draft(opener, tmp_path, "sender,receiver,amount,currency,date\na,b,12.50,CNY,2024-01-02\n")
    assert found.table == "transfer"
    assert found.missing == ()
    assert """amount_fen: 'fen("amount")'""" in found.yaml


def test_a_sum_without_decimals_is_asked_about(opener: Opener, tmp_path: Path) -> None:
    found = _draft(opener, tmp_path, "sender,receiver,amount,currency\na,b,12,CNY\n")
    assert "yuan or fen?" in found.yaml


def test_values_that_do_not_fit_speak_against_a_name(opener: Opener, tmp_path: Path) -> None:
    found = _draft(opener, tmp_path, "姓名,身份证号,联系电话\n张三,11010519491231002X,13800138000\n")
    assert found.table == "person"
    assert """id_number: '"身份证号"'""" in found.yaml
    other = _draft(opener, tmp_path, "姓名,身份证号,联系电话\n张三,none,none at all\n")
    assert "id_number" not in other.yaml


def test_a_draft_is_the_same_every_time(opener: Opener, tmp_path: Path) -> None:
    assert _draft(opener, tmp_path, LOANS) == _draft(opener, tmp_path, LOANS)


def test_a_text_without_a_header_has_no_draft(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "prose.txt"
    path.write_text("one word a line\nand nothing else\n", encoding="utf-8")
    assert draft(opener.grid(path), name="prose") is None
