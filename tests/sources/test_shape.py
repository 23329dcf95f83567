import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.sources.delimited import records
from suyuan.sources.shape import Looked, Shape, look_at, shape_of

COMMA = ord(",")


def look(block: bytes) -> Looked:
    return look_at(block, COMMA)


def test_lines_cells_and_blanks_are_counted() -> None:
    assert look(b"a,b\r\n\r\nc,d,e\r\n") == Looked(
        block=b"a,b\n\nc,d,e\n", shape=Shape(rows=3, columns=3, longest=6, blanks=True)
    )


def test_delimiters_inside_quotes_are_not_counted() -> None:
    shape = look(b'"1,234.00",x\n"","a,b,c,d"\n').shape
    assert shape is not None
    assert (shape.rows, shape.columns) == (2, 2)


@pytest.mark.parametrize(
    "block", [b'"a\nb",1\n', b'"a""b",1\n', b'a "q" b\n', b'"a\n', b'"a" ,b\n', b'"a"\rb\n', b'"a","b\n"c"\n']
)
def test_a_block_that_needs_mending_has_no_shape_and_stays_as_it_came(block: bytes) -> None:
    assert look(block) == Looked(block=block, shape=None)


def test_line_ends_of_old_machines_are_turned_where_no_quote_is_about() -> None:
    assert look(b"a\rb\r").block == b"a\nb\n"


@given(st.lists(st.lists(st.text(alphabet='ab,"\n ', max_size=4), min_size=1, max_size=4), min_size=1, max_size=5))
def test_a_shape_is_what_the_parser_finds(table: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    block = out.getvalue().encode()
    shape = shape_of(block, COMMA, has_quotes=b'"' in block)
    if shape is not None:
        found = list(records(out.getvalue(), delimiter=","))
        assert shape.rows == len(found)
        assert shape.columns == max(max(len(record.cells), 1) for record in found)
