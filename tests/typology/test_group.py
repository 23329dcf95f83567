from pathlib import Path

import pytest

from suyuan.domain.content import content_dir
from suyuan.domain.errors import DataError
from suyuan.typology.group import load_group
from tests.typology.small import CASES, SQL, YML, write


def refused(folder: Path) -> str:
    with pytest.raises(DataError) as caught:
        load_group(folder)
    return str(caught.value)


def test_three_siblings_make_a_typology(tmp_path: Path) -> None:
    typology = load_group(write(tmp_path)).typologies["lending.many_loans"]
    assert typology.needs == {"loan"}
    assert typology.facts == {"loans": "bigint", "over_fen": "bigint", "mean_fen": "double"}
    assert typology.labels["loans"].label.zh == "借款笔数"
    assert len(typology.cases) == 2


def test_the_shipped_group_has_no_fault() -> None:
    assert set(load_group(content_dir("typologies")).typologies) >= {"lending.routine_loan", "funds.pass_through"}


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        yml=YML.replace("subject: person", "subject: ring").replace(
            "blind_to:\n  - loans under another name\n", "blind_to: []\n"
        ),
    )
    other = tmp_path / "typologies" / "funds"
    other.mkdir()
    (other / "lost.yml").write_text("id: funds.found\n", encoding="utf-8")
    words = refused(tmp_path / "typologies")
    for part in (
        "many_loans.yml: subject",
        "many_loans.yml: blind_to",
        "lost.yml: version",
        "lost.sql",
        "lost.cases.yml",
    ):
        assert part in words


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("id: lending.many_loans", "id: lending.some_loans", "lending.many_loans"),
        ("signed_on]", "signed_on, lender_id]", "loan.lender_id, which the SQL never reads"),
        ("loan_id, borrower_id", "borrower_id", "reads loan.loan_id, which reads does not name"),
        ("loan: [row_id", "lone: [row_id", "no contract describes the table lone"),
        ("signed_on]", "signed_on, colour]", "no column colour"),
        ("optional: [loan_cost]", "optional: [account]", "not listed under reads"),
        ("default: 3,", "default: three,", "default 'three'"),
        ("min_loans: {", "least_loans: {", ":min_loans"),
        ("min_loans: {", "least_loans: {", "least_loans"),
        ("loans: {en", "lones: {en", "no fact lones"),
        ("role: score", "role: threshold", "no silent case names full_loans"),
        ("a farmer who", "a baker who", "`like: a farmer` begins 0"),
        ("a farmer who", "a baker who", "no silent case shows this honest look-alike: a baker"),
        ("severity: review", "severity: review\ncolour: red", "colour: is not a field"),
    ],
)
def test_a_fault_of_the_yaml_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in YML
    assert told in refused(write(tmp_path, yml=YML.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("count(*) as loans,", "count(*) as loans, mode(l.loan_id) as m,", "line 2"),
        ("count(*) as loans,", "count(*) as loans, sum(l.principal_fen / 2) as m,", "round"),
        ("  loans,\n", "  loans, subject_id as score,\n", "many_loans.sql"),
        ("borrower_id as subject_id,\n  least", "least", "begin with the columns subject_id"),
        ("least(1.0, loans / :full_loans) as score", "loans + :full_loans as score", "score is of type bigint"),
        ("evidence as (", "proof as (", "evidence"),
        ("from found", "from lost", "lost"),
        ("l.row_id, 'borrowed'", "l.nothing as row_id, 'borrowed'", "nothing"),
        ("with counted as (", "select (", "line 1"),
    ],
)
def test_a_fault_of_the_sql_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in SQL
    assert told in refused(write(tmp_path, sql=SQL.replace(old, new)))


def test_the_columns_of_the_evidence_stand_in_any_order(tmp_path: Path) -> None:
    sql = SQL.replace("'loan' as table_name, l.row_id", "l.row_id, 'loan' as table_name")
    assert load_group(write(tmp_path, sql=sql)).typologies


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("fires at three loans", "notices three loans", "notices three loans"),
        ("fires at three loans", "stays silent at three loans", "title and expect disagree"),
        ("stays silent at two loans, as a farmer has", "fires at three loans", "two cases bear this title"),
        ("covers: [min_loans, full_loans]", "covers: [max_loans]", "no parameter max_loans"),
        ("principal_fen: 100,", "principal_fen: much,", "'much' does not fit loan.principal_fen"),
        ("repeat: 2", "repeat: 0", "loan.repeat"),
        ("borrower_id: P, principal_fen: 100", "colour: red, principal_fen: 100", "no column colour"),
        ("subject_id: P, loans: 3", "loans: 3", "names no subject_id"),
        ("loans: 3,", "lones: 3,", "expect names lones"),
        ("    loan:\n      - {repeat: 2", "    lone:\n      - {repeat: 2", "no contract describes the table lone"),
    ],
)
def test_a_fault_of_the_cases_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in CASES
    assert told in refused(write(tmp_path, cases=CASES.replace(old, new)))


def test_a_missing_sibling_and_broken_yaml_are_told(tmp_path: Path) -> None:
    folder = write(tmp_path, yml="id: [")
    (folder / "lending" / "many_loans.cases.yml").unlink()
    words = refused(folder)
    assert "many_loans.yml" in words
    assert "many_loans.cases.yml" in words


def test_a_later_folder_may_add_and_not_repeat(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a"), write(tmp_path / "b")
    assert len(load_group(content_dir("typologies"), first).typologies) > 1
    with pytest.raises(DataError, match="another folder"):
        load_group(first, second)
