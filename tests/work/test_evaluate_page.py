"""The page of scores on disk."""

from pathlib import Path

import pytest

from suyuan.domain.errors import DataError
from suyuan.work.evaluate_page import write_scores
from tests.report.test_score_page import document


def test_the_page_is_written_where_it_was_wanted(tmp_path: Path) -> None:
    write_scores(tmp_path / "new" / "scores.html", document())
    assert "<html" in (tmp_path / "new" / "scores.html").read_text(encoding="utf-8")


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be written"):
        write_scores(tmp_path, document())
