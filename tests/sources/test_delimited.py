import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.sources.delimited import DELIMITERS, records, sniff_delimiter

CELL = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0") | st.sampled_from(',;|\t"\r\n '), max_size=12
)


def cells(text: str, delimiter: str = ",") -> list[list[str]]:
    return [record.cells for record in records(text, delimiter=delimiter)]


@given(st.lists(st.lists(CELL, min_size=2, max_size=5), min_size=1, max_size=6), st.sampled_from(DELIMITERS))
def test_what_a_csv_writer_writes_comes_back_cell_by_cell(table: list[list[str]], delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(table)
    assert cells(out.getvalue(), delimiter) == table


@given(st.text(alphabet='a1,;\t" \r\n', max_size=60), st.sampled_from(DELIMITERS))
def test_no_text_fails_and_no_line_is_lost(text: str, delimiter: str) -> None:
    found = list(records(text, delimiter=delimiter))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert sum(record.lines for record in found) == len(lines) - (not lines[-1])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('"-1.00"\t,HKD', ["-1.00", "HKD"]),
        ('"abc   \t",x', ["abc   \t", "x"]),
        ('a, "b,c" ,d', ["a", "b,c", "d"]),
        ('a "q" b,2', ['a "q" b', "2"]),
        ('"a "q" b",2', ['a "q" b', "2"]),
        ('"a""b",2', ['a"b', "2"]),
        ('5" nail,2', ['5" nail', "2"]),
        ('"lone,2', ['"lone', "2"]),
        ('a,"', ["a", '"']),
        ('"",', ["", ""]),
        ("2023-05-02     \t,x", ["2023-05-02     \t", "x"]),
    ],
)
def test_a_broken_quote_is_read_the_way_that_loses_nothing(line: str, expected: list[str]) -> None:
    assert cells(line) == [expected]


def test_a_quote_that_never_closes_takes_no_other_line() -> None:
    assert cells('"open,1\nb,2\n"c",3\n') == [['"open', "1"], ["b", "2"], ["c", "3"]]


def test_a_quote_that_closes_a_hundred_lines_later_was_forgotten() -> None:
    text = '"open,1\n' + "x,2\n" * 150 + 'end",3\n'
    assert len(cells(text)) == 152


def test_line_ends_may_be_mixed() -> None:
    assert cells("a,b\r\nc,d\re,f\n\ng") == [["a", "b"], ["c", "d"], ["e", "f"], [], ["g"]]


def test_a_cell_over_lines_counts_its_lines() -> None:
    (first, second) = records('"a\r\nb",1\nc,2', delimiter=",")
    assert (first.cells, first.lines, second.lines) == (["a\r\nb", "1"], 2, 1)


@pytest.mark.parametrize("pattern", ['"a,', '"x,"""",', '"a""', '"""a,', '"\n', '"a""\n', '"x\n"",1\n', ' "', '""""x,'])
def test_cost_is_linear_whatever_the_quotes(pattern: str) -> None:
    text = pattern * (400_000 // len(pattern))
    started = time.process_time()
    for _ in records(text, delimiter=","):
        pass
    assert time.process_time() - started < 5


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_the_delimiter_is_the_one_that_cuts_evenly(delimiter: str) -> None:
    rows = [["a title"], [], ["date", "amount", "memo"], *(["2023-05-01", "1.5", "x y"] for _ in range(5)), ["total"]]
    assert sniff_delimiter("\n".join(delimiter.join(row) for row in rows)) == delimiter


def test_padding_tabs_before_commas_do_not_make_tabs_the_delimiter() -> None:
    line = '2023-04-22     \t,"shop   \t","0.01   \t",CNY   \t\n'
    assert sniff_delimiter("name: x\n\n" + line * 4) == ","


def test_commas_in_cells_do_not_win_over_semicolons() -> None:
    assert sniff_delimiter("date;amount;memo\n" + "2023;1,5;a, b\n" * 5) == ";"


def test_a_hint_in_the_first_line_settles_it() -> None:
    assert sniff_delimiter("sep=|\na,b|c,d\na,b|c,d\n") == "|"


def test_one_column_is_read_with_commas() -> None:
    assert sniff_delimiter("a\nb\n") == ","
