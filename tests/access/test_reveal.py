from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from suyuan.access.mask import mask_json
from suyuan.access.reveal import KIND, reveal
from suyuan.domain.errors import DataError, UsageError
from suyuan.ledger.store import Ledger

NOW = datetime.fromisoformat("2026-11-22T09:30:00")
HITS = [{"table": "person", "row_id": "3fa9c0aa13900001:1:2", "row": {"phone": "13900001111"}}]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.db") as opened:
        yield opened


def test_a_look_is_written_down_before_it_is_given(ledger: Ledger) -> None:
    shown = reveal(HITS, subject="find 13900001111", ledger=ledger, actor="li", why="核实报案人", now=NOW)
    assert mask_json(shown) == HITS
    (event,) = ledger.events()
    assert (event.kind, event.actor, event.why, event.recorded_at) == (KIND, "li", "核实报案人", NOW)
    assert event.body["masked"] == [{"table": "person", "row_id": "3fa9c0aa13900001:1:2"}]


def test_the_log_itself_holds_no_identifier(ledger: Ledger) -> None:
    reveal(HITS, subject="find 13900001111", ledger=ledger, actor="li", why="核实", now=NOW)
    (event,) = ledger.events()
    assert event.subject == "find 139****1111"


@pytest.mark.parametrize("why", ["", "  "])
def test_without_a_reason_nothing_is_shown_and_nothing_is_written(ledger: Ledger, why: str) -> None:
    with pytest.raises(UsageError, match="--why"):
        reveal(HITS, subject="x", ledger=ledger, actor="li", why=why, now=NOW)
    assert ledger.head()[0] == 0


def test_without_an_actor_nothing_is_shown(ledger: Ledger) -> None:
    with pytest.raises(UsageError):
        reveal(HITS, subject="x", ledger=ledger, actor="", why="核实", now=NOW)


def test_what_cannot_be_logged_is_not_shown(ledger: Ledger) -> None:
    ledger.close()
    with pytest.raises(DataError):
        reveal(HITS, subject="x", ledger=ledger, actor="li", why="核实", now=NOW)
