"""The meanings that columns of money may have."""

import pytest

from suyuan.sources.statement.header import Header
from suyuan.sources.statement.reading import fen_of, once, readings, scale_of, told_once, word_direction
from suyuan.sources.statement.words import Role, words


def _header(**columns: int) -> Header:
    roles: dict[Role, tuple[int, ...]] = {role.rstrip("_"): (place,) for role, place in columns.items()}  # type: ignore[misc]
    return Header(first_row=1, last_row=1, names=("a", "b", "c", "d", "e"), columns=roles, score=1.0)


@pytest.mark.parametrize(
    ("columns", "names"),
    [
        ({"in_": 1, "out": 2}, ["split", "split:swapped", "split:minus"]),
        ({"amount": 1, "flag": 2}, ["flagged", "flagged:swapped", "flagged:signed", "flagged:swapped:signed"]),
        ({"amount": 1}, ["signed:in", "signed:out", "worded"]),
        ({"amount": 1, "payer_account": 2, "payee_account": 3}, ["signed:in", "signed:out", "worded", "parties"]),
        ({"in_": 1}, ["only:in"]),
        ({"out": 1}, ["only:out"]),
    ],
)
def test_the_columns_tell_which_meanings_are_open(columns: dict[str, int], names: list[str]) -> None:
    assert [reading.name for reading in readings(_header(**columns), words())] == names


@pytest.mark.parametrize(
    ("name", "scale"), [("金额(元)", 100), ("金额", 100), ("交易金额(分)", 1), ("金额(万元)", 1_000_000)]
)
def test_units_in_a_header_scale(name: str, scale: int) -> None:
    assert scale_of(name) == scale


def test_only_what_is_there_is_worked_out() -> None:
    assert set(told_once(_header(in_=1, out=2, balance=3), words(), texts=[])) == {
        once("in"),
        once("out"),
        once("balance"),
    }
    assert fen_of(_header(amount=1), "balance") == "CAST(NULL AS BIGINT)"
    assert word_direction([], words()) == "CAST(NULL AS VARCHAR)"
