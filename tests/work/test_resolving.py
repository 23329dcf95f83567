from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from suyuan.domain.contract import contracts
from suyuan.domain.workspace import Workspace
from suyuan.engine.duck import DuckEngine
from suyuan.ledger.store import Ledger
from suyuan.resolve.judgement import judge
from suyuan.sources import lake
from suyuan.work.resolving import Resolving, planned, resolved
from suyuan.work.run_inputs import lake_lines
from suyuan.work.views import lay_known
from tests.work.lake_of import NOW, people, take


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "a.csv").write_text(people("1", "2"), encoding="utf-8")
    found = Workspace(root=tmp_path / "w")
    take(found, "bank", tmp_path / "a.csv")
    return found


@pytest.fixture
def engine() -> Iterator[DuckEngine]:
    opened = DuckEngine(threads=2)
    yield opened
    opened.close()


def plan(workspace: Workspace, *, as_of: date | None = None) -> Resolving:
    lines = lake_lines(lake.tables(workspace))
    return planned(workspace, home=workspace, lake=lines, contracts=contracts(), as_of=as_of)


def carry_out(wanted: Resolving, workspace: Workspace, engine: DuckEngine) -> str:
    laid = lay_known(engine, lake=lake.tables(workspace), contracts=contracts(), as_of=wanted.as_of)
    present = {table: engine.columns(table) for table, rows in laid.rows.items() if rows}
    return resolved(wanted, engine, present=present).resolution_id


def test_what_stands_is_known_and_read_into_the_engine(workspace: Workspace, engine: DuckEngine) -> None:
    first = plan(workspace)
    assert (first.number, first.known, first.previous) == (1, None, None)
    made = carry_out(first, workspace, engine)
    again = plan(workspace)
    assert again.known is not None
    assert again.resolution_id == made
    other = DuckEngine(threads=1)
    assert carry_out(again, workspace, other) == made
    assert other.read("entity_member").num_rows == 2
    other.close()


def test_a_judgement_makes_other_inputs_but_not_for_days_before_it(workspace: Workspace, engine: DuckEngine) -> None:
    before, day = plan(workspace), plan(workspace, as_of=date(2020, 1, 1))
    carry_out(before, workspace, engine)
    with Ledger(workspace.ledger) as ledger:
        judge(ledger, kind="person", left="bank:1", right="bank:2", answer="same", actor="a", why="seen", now=NOW)
    after = plan(workspace)
    assert after.inputs != before.inputs
    assert (after.number, after.known) == (2, None)
    assert after.previous is not None
    assert len(after.judged) == 1
    assert plan(workspace, as_of=date(2020, 1, 1)).inputs == day.inputs
