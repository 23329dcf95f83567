import numpy as np
import pyarrow as pa

from suyuan.resolve.match.side import side_of
from suyuan.resolve.match.words import MEMO, REFERENCE, Held, counts, cut_length, words_of
from tests.resolve.match.rows import told


def held(one: Held, row: int) -> int:
    return int(one.bounds[row + 1] - one.bounds[row])


def test_a_memo_holds_words_and_chinese_characters_each_once() -> None:
    left = side_of(told({"amount_fen": 5, "memo": "货款; rent RENT ＡＢＣ"}), salt="a")
    words = words_of(left, side_of(told({"amount_fen": 5, "memo": "abc 款"}), salt="b"))
    assert held(words.left.whole, 0) == 4
    assert len(np.intersect1d(words.left.whole.words, words.right.whole.words)) == 2


def test_a_length_that_many_memos_have_is_where_they_were_cut() -> None:
    memos = ["x" * (4 + number % 8) for number in range(80)] + ["y" * 15] * 60 + ["z" * 22] * 3
    assert cut_length(pa.chunked_array([memos])) == 15
    assert cut_length(pa.chunked_array([["x" * (4 + number % 30) for number in range(300)]])) == 0


def test_what_a_cut_leaves_of_a_word_meets_the_head_of_the_whole_word() -> None:
    cut = side_of(told(*({"amount_fen": 5 + number, "memo": "MATTHIAS C paym"} for number in range(40))), salt="a")
    whole = side_of(told({"amount_fen": 5, "memo": "MATTHIAS C payment BGC"}), salt="b")
    words = words_of(cut, whole)
    assert words.left.cut.all()
    assert set(words.left.within.words) == set(words.right.within.words)
    assert held(words.right.whole, 0) == 4


def test_short_references_and_zeros_are_no_references() -> None:
    rows = ({"amount_fen": fen, "reference": text} for fen, text in ((1, "12"), (2, "00000000"), (3, "AB123456")))
    words = words_of(side_of(told(*rows), salt="a"), side_of(told({"amount_fen": 5, "memo": "AB123456"}), salt="b"))
    assert [held(words.left.whole, row) for row in range(3)] == [0, 0, 1]
    assert sorted(words.kind.tolist()) == [MEMO, REFERENCE]
    assert counts(words.left.whole, words=2).sum() == 1
