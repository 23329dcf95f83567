"""Scores in a terminal."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from suyuan.cli.evaluate_view import number, render, render_entities, render_seeds
from suyuan.domain.say import spoken
from suyuan.world.score.score import Scores, Told, score
from suyuan.world.score.spread import spread
from suyuan.world.score.told import as_json, entities_json
from tests.world.score.small import Small, laid
from tests.world.score.test_score import ALL, perfect


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    token = spoken.set("en")
    yield
    spoken.reset(token)


def _document(small: Small, told: Told = ALL) -> dict[str, Any]:
    with laid(small) as engine:
        scores: Scores = score(engine, told=told)
    return as_json(scores)


def _drawn(draw: Any, told: Any) -> str:
    console = Console(file=StringIO(), width=200)
    draw(console, told)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_numbers_kinds_and_typologies_are_drawn() -> None:
    told = _document(perfect())
    told["early"]["median_days"] = [3, 17]
    drawn = _drawn(render, told)
    for words in (
        "Rings found: 5 of 5",
        "1.000",
        "network routine-loan ring",
        "lending.routine_loan",
        "over 3, up to 17",
    ):
        assert words in drawn


def test_what_is_unknown_is_a_dash_with_its_reason() -> None:
    drawn = _drawn(render, _document(Small(), Told(entities=False, typologies=None, roles=False, controllers=False)))
    assert "–" in drawn
    assert "The leads rank no controllers." in drawn


def test_several_worlds_are_drawn_with_intervals() -> None:
    told = {"world": {"scale": 0.02}, **spread([_document(perfect()), _document(perfect())])}
    drawn = _drawn(render_seeds, told)
    for words in ("2 worlds of scale 0.02", "1.000 – 1.000", "network routine-loan ring", "Nothing was replayed."):
        assert words in drawn
    one = {"world": {"scale": 0.02}, **spread([_document(perfect())])}
    assert "1.000" in _drawn(render_seeds, one)


def test_a_share_has_three_places() -> None:
    assert (number(0.5), number(None)) == ("0.500", "–")


def test_what_was_taken_for_one_is_drawn_with_the_reason_of_what_is_not_known() -> None:
    with laid(perfect()) as engine:
        scores = score(engine, told=ALL)
    assert scores.entities is not None
    told = entities_json({"account": scores.entities["account"]})
    drawn = _drawn(render_entities, {"kind": "account", **told})
    assert "Clusters of two records or more: 5" in drawn
    assert "1.000" in drawn
    assert "One account may bear several numbers." in drawn
