from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from suyuan.domain.errors import UsageError
from suyuan.lead.mute import mute, mutes_on, unmute
from suyuan.ledger.store import Ledger

NOW = datetime(2024, 5, 10, 9)  # noqa: DTZ001
TODAY = NOW.date()


def test_a_mute_has_an_owner_a_reason_and_an_end(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.db") as ledger:
        held = mute(ledger, "lead-1", until_on=TODAY, actor="Lin", why="licensed", now=NOW)
        assert (held.owner, held.why, held.until_on) == ("Lin", "licensed", TODAY)
        assert mutes_on(ledger.events(), on=TODAY) == {"lead-1": held}
        assert mutes_on(ledger.events(), on=TODAY + timedelta(days=1)) == {}


def test_a_mute_is_taken_away_and_the_last_word_counts(tmp_path: Path) -> None:
    later = TODAY + timedelta(days=9)
    with Ledger(tmp_path / "ledger.db") as ledger:
        mute(ledger, "lead-1", until_on=TODAY, actor="Lin", why="a", now=NOW)
        mute(ledger, "lead-1", until_on=later, actor="Wang", why="b", now=NOW)
        assert mutes_on(ledger.events(), on=TODAY)["lead-1"].owner == "Wang"
        unmute(ledger, "lead-1", actor="Wang", why="forged", now=NOW)
        assert mutes_on(ledger.events(), on=TODAY) == {}


def test_an_earlier_day_does_not_know_a_later_mute(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.db") as ledger:
        mute(ledger, "lead-1", until_on=date(2030, 1, 1), actor="Lin", why="a", now=NOW)
        assert mutes_on(ledger.events(), on=TODAY - timedelta(days=1)) == {}


def test_a_mute_without_reason_or_into_the_past_is_refused(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.db") as ledger:
        with pytest.raises(UsageError):
            mute(ledger, "lead-1", until_on=TODAY, actor="Lin", why=" ", now=NOW)
        with pytest.raises(UsageError):
            mute(ledger, "lead-1", until_on=TODAY - timedelta(days=1), actor="Lin", why="a", now=NOW)
