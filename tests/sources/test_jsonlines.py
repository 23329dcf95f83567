import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suyuan.sources.grid import Refused
from suyuan.sources.limits import Limits
from tests.sources.conftest import Opener

SMALL, LARGE = Limits(), Limits(small_text=1)
BOTH = pytest.mark.parametrize("limits", [SMALL, LARGE], ids=["small", "large"])
NAME = st.sampled_from(["id", "ID", "a/b", "~", "中文", 'q"q', "row_no"])
WORD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
VALUE = WORD | st.none() | st.integers(-(10**25), 10**25) | st.booleans() | st.lists(st.integers(), max_size=2)


def wanted(value: object) -> str | None:
    if isinstance(value, str) or value is None:
        return value or None
    return json.dumps(value, separators=(",", ":"))


@BOTH
@given(st.lists(st.dictionaries(NAME, VALUE, min_size=1), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_records_come_back_value_by_value(
    opener: Opener, tmp_path: Path, limits: Limits, records: list[dict[str, object]]
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    grid = opener.grid(path, limits)
    keys = list(dict.fromkeys(key for record in records for key in record))
    assert grid.names is not None
    rows = opener.con.execute(f"select * exclude (row_no) from {grid.relation} order by row_no").fetchall()
    told = [[cell or None for cell in row] for row in rows]
    assert told == [[wanted(record.get(key)) for key in keys] for record in records]
    assert [list(row) for row in grid.head] == told


@BOTH
def test_numbers_keep_the_digits_they_were_written_with(opener: Opener, tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": 1.10, "b": 12345678901234567890.123, "c": 1e400}\n')
    assert opener.rows(opener.grid(path, limits)) == [["1.10", "12345678901234567890.123", "1e400"]]


@BOTH
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": 1}\n\n{"a": \n', ("read.broken_json", 3)),
        ('{"a": 1}\n{"a": 1, "a": 2}\n', ("read.json_key_twice", 2)),
        ('{"a": 1}\n[1]\n', ("read.json_not_object", 2)),
        ('{"a": ' + "[" * 100_000 + "\n", ("read.json_too_deep", 1)),
    ],
)
def test_a_broken_record_is_refused_with_its_line(
    opener: Opener, tmp_path: Path, limits: Limits, text: str, reason: tuple[str, int]
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(text)
    (found,) = opener.all(path, limits)
    assert isinstance(found, Refused)
    assert (found.key, found.values["line"]) == reason


def test_an_array_is_its_records_and_a_lone_object_is_one(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"a": "1"},\n {"a": "2"}]')
    assert opener.rows(opener.grid(path)) == [["1"], ["2"]]
    assert opener.refusal(path, LARGE) == "read.json_array_too_big"
    path.write_text('{\n  "a": {"b": 1}\n}')
    assert opener.rows(opener.grid(path)) == [['{"b":1}']]


@BOTH
def test_a_text_that_opens_with_a_bracket_is_a_text(opener: Opener, tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "a.csv"
    path.write_text("[2023] title,b\n1,2\n")
    assert opener.rows(opener.grid(path, limits)) == [["[2023] title", "b"], ["1", "2"]]
