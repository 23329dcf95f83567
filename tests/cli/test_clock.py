"""The one clock of the house."""

from datetime import UTC, datetime, timedelta

import pytest

from suyuan.cli.clock import china_now


def test_it_tells_the_time_of_china_whatever_the_zone_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    told = china_now()
    assert told.tzinfo is None
    assert told.microsecond == 0
    ahead = told - datetime.now(UTC).replace(tzinfo=None)
    assert timedelta(hours=7, minutes=59) < ahead <= timedelta(hours=8)
