"""Lines of several institutions that tell of one transfer."""

from itertools import combinations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.engine.duck import DuckEngine
from suyuan.world.score.transfers import TransferScores, transfer_scores

Line = tuple[str, str, str | None]
"""Transfer of the truth, institution, transfer that was found (None: the line is not known)."""
DIGEST = "0123456789abcdef"


def _scored(lines: list[Line], *, table: str = "entry") -> TransferScores:
    engine = DuckEngine(memory="1GiB", threads=2)
    try:
        places = range(2, len(lines) + 2)
        told = {"transfer_id": [line[0] for line in lines], "source": [line[1] for line in lines]}
        files = {"table_name": ["entry"] * len(lines), "file": [f"{line[1]}/a.csv" for line in lines]}
        engine.write("truth_transfers", _texts({**told, **files}).append_column("line", pa.array(places, pa.int64())))
        sources = sorted({line[1] for line in lines})
        digests = [f"{DIGEST[:-2]}{place:02d}" for place in range(len(sources))]
        engine.write("truth_file", _texts({"file": [f"{source}/a.csv" for source in sources], "digest": digests}))
        found = [
            (line[2], f"{digests[sources.index(line[1])]}:1:{place}")
            for place, line in zip(places, lines, strict=True)
            if line[2] is not None
        ]
        rows = {"transfer_id": [each[0] for each in found], "row_id": [each[1] for each in found]}
        engine.write("found_witness", _texts({**rows, "table_name": [table] * len(found)}))
        return transfer_scores(engine)
    finally:
        engine.close()


def _texts(columns: dict[str, list[str]]) -> pa.Table:
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def test_two_lines_of_one_transfer_that_were_joined_are_a_pair() -> None:
    scores = _scored([("t1", "a", "x"), ("t1", "b", "x"), ("t2", "a", "y"), ("t2", "b", "z")])
    assert (scores.lines, scores.known, scores.pairs) == (4, 4, 2)
    assert (scores.precision, scores.recall) == (1.0, 0.5)


def test_lines_of_one_institution_are_no_pair() -> None:
    scores = _scored([("t1", "a", "x"), ("t1", "a", "x")])
    assert (scores.pairs, scores.precision, scores.recall, scores.f1) == (0, None, None, None)


def test_a_line_that_is_not_known_stands_alone() -> None:
    scores = _scored([("t1", "a", "x"), ("t1", "b", None), ("t2", "a", "y"), ("t2", "b", "y")])
    assert (scores.known, scores.recall, scores.precision) == (3, 0.5, 1.0)


def test_a_wrong_pair_costs_precision() -> None:
    scores = _scored([("t1", "a", "x"), ("t1", "b", "y"), ("t2", "a", "y"), ("t2", "b", "x")])
    assert (scores.precision, scores.recall, scores.f1) == (0.0, 0.0, 0.0)


def test_tables_of_which_nothing_is_said_are_left_out() -> None:
    assert _scored([("t1", "a", "x"), ("t1", "b", "x")], table="transfer").lines == 0


_LINES = st.lists(
    st.tuples(
        st.sampled_from(["t1", "t2", "t3"]), st.sampled_from(["a", "b", "c"]), st.sampled_from(["x", "y", "z", None])
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=40, deadline=None)
@given(_LINES)
def test_numbers_equal_those_of_every_pair(lines: list[Line]) -> None:
    scores = _scored(lines)
    if all(line[2] is None for line in lines):
        assert scores.lines == 0
        return
    pairs = [(one, two) for one, two in combinations(lines, 2) if one[1] != two[1]]
    true = [one[0] == two[0] for one, two in pairs]
    found = [one[2] is not None and one[2] == two[2] for one, two in pairs]
    both = sum(a and b for a, b in zip(true, found, strict=True))
    assert scores.pairs == sum(true)
    assert scores.precision == (pytest.approx(both / sum(found)) if sum(found) else None)
    assert scores.recall == (pytest.approx(both / sum(true)) if sum(true) else None)
