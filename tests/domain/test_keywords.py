import duckdb
import pytest

from suyuan.domain.keywords import DUCKDB, FORBIDDEN


def test_every_keyword_of_duckdb_that_cannot_be_a_plain_name_is_listed() -> None:
    with duckdb.connect() as connection:
        rows = connection.execute(
            "select keyword_name from duckdb_keywords() where keyword_category <> 'unreserved'"
        ).fetchall()
    assert {row[0] for row in rows} == DUCKDB


@pytest.mark.parametrize("word", ["at", "from", "to", "window", "order", "date", "user", "end"])
def test_words_that_have_bitten_are_forbidden(word: str) -> None:
    assert word in FORBIDDEN
