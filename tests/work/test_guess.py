from pathlib import Path

import pytest

from suyuan.domain.errors import DataError
from suyuan.work.guess import guess, to_json


def test_a_draft_bears_the_name_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "2024 Loans-A.csv"
    path.write_text("loan_id,lender,borrower,principal,currency\nL,a,b,1.50,CNY\n", encoding="utf-8")
    told = to_json(guess(path))
    assert told["table"] == "loan"
    assert "mapping: table_2024_loans_a\n" in told["yaml"]
    assert not list(tmp_path.glob("*/"))


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    with pytest.raises(DataError, match="PDF"):
        guess(path)


def test_a_file_without_a_table_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("only words\nand words\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"x\.txt"):
        guess(path)
