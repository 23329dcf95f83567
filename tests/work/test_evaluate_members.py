"""Leads of another tool, read from a CSV."""

from pathlib import Path

import pytest

from suyuan.domain.errors import DataError
from suyuan.engine.duck import DuckEngine
from suyuan.work.evaluate_members import lay_members

HEAD = "lead_id,rank,score,source,source_key"


def _file(folder: Path, *lines: str) -> Path:
    path = folder / "members.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return path


def test_a_lead_is_told_by_its_first_row_and_a_member_by_each(tmp_path: Path) -> None:
    engine = DuckEngine()
    path = _file(tmp_path, f"{HEAD},amount_fen,raised", "a,2,0.5,bank_01,007,900,false", "a,9,0.9,bank_01,008,,")
    lay_members(engine, path)
    lead = {"lead_id": "a", "place": 2, "score": 0.5, "raised": False, "amount_fen": 900}
    assert engine.read("found_lead").to_pylist() == [lead]
    assert engine.read("found_member")["source_key"].to_pylist() == ["007", "008"], "keys are texts"


def test_without_a_word_every_lead_is_raised_and_says_nothing_of_roles(tmp_path: Path) -> None:
    engine = DuckEngine()
    told = lay_members(engine, _file(tmp_path, HEAD, "a,1,0.5,s,k"))
    assert engine.read("found_lead")["raised"].to_pylist() == [True]
    assert (told.entities, told.typologies, told.roles, told.controllers) == (False, None, False, False)


def test_roles_that_only_mark_victims_are_no_roles_told(tmp_path: Path) -> None:
    head = f"{HEAD},role,controller_rank"
    told = lay_members(DuckEngine(), _file(tmp_path, head, "a,1,0.5,s,k,victim,"))
    assert (told.roles, told.controllers) == (False, True)
    assert lay_members(DuckEngine(), _file(tmp_path, head, "a,1,0.5,s,k,operator,1")).roles


def test_a_file_of_no_leads_is_no_fault(tmp_path: Path) -> None:
    engine = DuckEngine()
    lay_members(engine, _file(tmp_path, HEAD))
    assert engine.read("found_lead").num_rows == 0


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("lead_id,rank", "a,1"), "score, source, source_key"),
        ((HEAD, "a,first,0.5,s,k"), "line 2: rank"),
        ((HEAD, "a,,0.5,s,k"), "line 2: rank"),
        ((HEAD, "a,1,high,s,k"), "line 2: score"),
        ((f"{HEAD},raised", "a,1,0.5,s,k,perhaps"), "line 2: raised"),
    ],
)
def test_a_faulty_file_is_refused_with_line_and_column(tmp_path: Path, lines: tuple[str, ...], told: str) -> None:
    with pytest.raises(DataError, match=told):
        lay_members(DuckEngine(), _file(tmp_path, *lines))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match="UTF-8"):
        lay_members(DuckEngine(), path)
    with pytest.raises(DataError, match="cannot be read"):
        lay_members(DuckEngine(), tmp_path / "absent.csv")
