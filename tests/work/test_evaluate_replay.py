"""Looks at a workspace as it stood."""

from datetime import date
from pathlib import Path

from suyuan.domain.workspace import Workspace
from suyuan.engine.duck import DuckEngine
from suyuan.work.evaluate_replay import replay
from suyuan.work.run import Ran
from tests.ring import NOW
from tests.work.truth_of_ring import truth_of_ring
from tests.world.score.small import Small

Ring = tuple[Workspace, Ran]


def test_every_fortnight_is_looked_at(told_ring: Ring, tmp_path: Path) -> None:
    engine = DuckEngine()
    truth_of_ring().lay(engine)
    looks = replay(engine, workspace=told_ring[0], aside=tmp_path / "again", now=NOW, tell=lambda *_: None)
    assert [look.on for look in looks] == [date(2018, 9, 14), date(2018, 9, 28)]
    assert looks[-1].found == {"lanzhou-1"}
    assert not list((tmp_path / "again" / "runs").iterdir())


def test_a_world_without_rings_is_not_replayed(told_ring: Ring, tmp_path: Path) -> None:
    engine = DuckEngine()
    Small().lay(engine)
    assert replay(engine, workspace=told_ring[0], aside=tmp_path / "a", now=NOW, tell=lambda *_: None) == []
