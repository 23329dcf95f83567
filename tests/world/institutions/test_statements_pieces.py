import csv
import io
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from suyuan.world.institutions.statements_pieces import cells_of, code, content, lines, money, shown_where

FEN = np.array([0, 1, 10, 99_999, 100_000, 123_456_789, 100_000_000_00, 100_200_300_40, -5, -123_456_789], np.int64)


def _text(pieces: list[bytes | pa.Array], n: int) -> list[str]:
    return [each.decode() for each in lines(pieces, n).to_pylist()]


def test_plain_amounts_have_two_decimals() -> None:
    assert _text(money(FEN, "plain"), len(FEN)) == [f"{Decimal(int(fen)) / 100:.2f}" for fen in FEN]


def test_grouped_amounts_stand_in_quotes_where_they_have_a_comma() -> None:
    cells = _text(money(FEN, "grouped"), len(FEN))
    assert [next(csv.reader([cell]))[0] for cell in cells] == [f"{Decimal(int(fen)) / 100:,.2f}" for fen in FEN]
    assert all(cell.startswith('"') == ("," in cell) for cell in cells)


def test_amounts_in_fen_are_whole_numbers() -> None:
    assert _text(money(FEN, "fen"), len(FEN)) == [str(fen) for fen in FEN]


def test_a_mark_stands_before_an_amount() -> None:
    assert _text(money(FEN[:2], "plain", mark=code("¥", "utf-8")), 2) == ["¥0.00", "¥0.01"]


def test_an_amount_that_is_not_shown_leaves_its_cell_empty() -> None:
    assert _text(shown_where(money(FEN[:2], "plain"), np.array([False, True])), 2) == ["", "0.01"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_cells_come_back_through_a_reader_of_csv(encoding: str) -> None:
    texts = ["张三", "a,b", 'say "so"', None, "买·提", "x|y"]
    cells = cells_of(pa.array(texts), encoding)  # type: ignore[arg-type]
    row = b",".join(cells.to_pylist()).decode(encoding)
    assert next(csv.reader(io.StringIO(row))) == [text or "" for text in texts]


def test_cells_of_a_sheet_are_escaped() -> None:
    assert cells_of(pa.array(["<a> & b", None]), "xml").to_pylist() == [b"&lt;a&gt; &amp; b", b""]


def test_lines_join_what_differs_and_what_does_not() -> None:
    assert lines([b"a", b"b", pa.array([b"1", b"2"]), b"\n"], 2).to_pylist() == [b"ab1\n", b"ab2\n"]
    assert lines([b"a", b"b"], 2).to_pylist() == [b"ab", b"ab"]


def test_the_content_of_lines_is_their_bytes_one_after_the_other() -> None:
    told = pa.array([b"one\n", b"two\n", b"three\n"])
    assert bytes(content(told)) == b"one\ntwo\nthree\n"
    assert bytes(content(told.slice(1, 1))) == b"two\n"
    assert bytes(content(told.slice(3))) == b""
