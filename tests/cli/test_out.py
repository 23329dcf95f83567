"""The printer."""

import json
from datetime import date, datetime
from typing import Any

import pytest
from rich.console import Console

from suyuan.cli.out import emit, fen, progress


def test_json_times_carry_the_zone_of_china(capsys: pytest.CaptureFixture[str]) -> None:
    emit({"at": datetime(2019, 3, 1, 9, 30), "on": date(2019, 3, 1)}, as_json=True, render=lambda *_: None)  # noqa: DTZ001
    assert json.loads(capsys.readouterr().out) == {"at": "2019-03-01T09:30:00+08:00", "on": "2019-03-01"}


def test_a_renderer_sees_the_masked_payload_only() -> None:
    seen: list[Any] = []

    def render(console: Console, payload: Any) -> None:
        seen.append((console, payload))

    emit({"memo": "call 13912345678"}, as_json=False, render=render)
    assert "13912345678" not in str(seen[0][1])


def test_a_type_without_json_form_is_an_error_and_not_its_repr() -> None:
    with pytest.raises(TypeError, match="no JSON form"):
        emit({"x": object()}, as_json=True, render=lambda *_: None)


@pytest.mark.parametrize(
    ("amount", "text"), [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (123456, "1,234.56"), (None, "–")]
)
def test_fen_are_written_as_people_write_money(amount: int | None, text: str) -> None:
    assert fen(amount) == text


def test_progress_is_silent_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as tell:
        tell("reading", 1, 2)
        tell("reading", 2, 2)
    assert capsys.readouterr() == ("", "")
