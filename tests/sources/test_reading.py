import pytest

from suyuan.domain.errors import DataError
from suyuan.sources.limits import Limits
from suyuan.sources.reading import Reading, chunks, columns_of, identifier, lay_rows, write_rows
from tests.sources.conftest import Opener


def test_rows_are_numbered_from_one_and_filled_with_nulls(opener: Opener) -> None:
    name = lay_rows(opener.reading(), [["a", "b"], [], ["", "c"]], n_cols=2)
    assert opener.con.execute(f"select * from {name}").fetchall() == [(1, "a", "b"), (2, None, None), (3, None, "c")]


def test_rows_bear_given_names_and_numbers(opener: Opener) -> None:
    odd = 'odd "name"'
    path = write_rows(opener.reading(), [["x"]], names=[odd], first=7)
    assert opener.con.execute(f"select row_no, {identifier(odd)} from '{path}'").fetchall() == [(7, "x")]


def test_names_are_never_given_twice(opener: Opener) -> None:
    reading = opener.reading()
    assert reading.fresh() != reading.fresh()


def test_a_file_that_takes_too_long_is_stopped(opener: Opener) -> None:
    late = Reading(con=opener.con, limits=Limits(seconds=7), staging=opener.staging, until=0.0)
    with pytest.raises(DataError) as fault:
        late.tick()
    assert (fault.value.key, fault.value.values) == ("read.too_slow", {"seconds": 7})


def test_columns_are_called_by_number() -> None:
    assert columns_of(3) == ["c1", "c2", "c3"]


def test_chunks_hold_all_rows_in_order() -> None:
    assert list(chunks([["a"], ["b"], ["c"]], 2)) == [[["a"], ["b"]], [["c"]]]
