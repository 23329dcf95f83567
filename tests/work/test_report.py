from suyuan.domain.workspace import Workspace
from suyuan.work.run import Ran
from tests.ring import FIRM


def test_a_run_leaves_a_report_that_names_firms_files_and_no_people(told_ring: tuple[Workspace, Ran]) -> None:
    page = told_ring[1].run.report.read_text(encoding="utf-8")
    assert FIRM in page
    assert "loan.csv" in page
    assert "马建国" not in page
    assert "lending.routine_loan@" in page


def test_a_report_says_what_was_read_and_how_much_is_harmed(told_ring: tuple[Workspace, Ran]) -> None:
    page = told_ring[1].run.report.read_text(encoding="utf-8")
    assert "<b>12</b>" in page  # borrowers harmed
    assert "¥2.52万" in page  # 36 loans of 700
