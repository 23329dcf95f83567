"""`suyuan world build`."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from suyuan.cli.world import kinds, spoken_steps
from suyuan.domain.say import spoken

Call = Callable[..., tuple[int, str, str]]
SMALL = ("--seed", "3", "--scale", "0.005", "--months", "3")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    token = spoken.set("en")
    yield
    spoken.reset(token)


def test_what_was_built_is_told_as_json(call_json: Callable[..., Any], tmp_path: Path) -> None:
    out = tmp_path / "world"
    told = call_json("world", "build", "--out", str(out), *SMALL, "--rings", "none")
    assert told["rings"] == {}
    assert told["look_alikes"] > 0
    assert told["rows"]["transfer"] > 0
    assert Path(told["sources"]).is_dir()
    assert json.loads((Path(told["truth"]) / "world.json").read_text(encoding="utf-8"))["options"]["rings"] == []


def test_what_was_built_and_what_to_do_next_is_told_to_a_person(call: Call, tmp_path: Path) -> None:
    code, out, _ = call("world", "build", "--out", str(tmp_path / "world"), *SMALL, "--rings", "lanzhou")
    assert code == 0
    assert "Rings: " in out
    assert "× 1" in out
    assert "suyuan ingest" in out


def test_a_folder_that_holds_something_leaves_with_4(call: Call, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    code, out, err = call("world", "build", "--out", str(tmp_path), *SMALL, "--json")
    assert code == 4
    assert json.loads(out)["error"] == "world.not_empty"
    assert "not empty" in " ".join(err.split())
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--scale", "0"), "--scale"),
        (("--rings", "lanzhou,moonshine"), "moonshine"),
        (("--hidden", "2"), "--hidden"),
        (("--evasion", "7"), "--evasion"),
        (("--months", "1"), "--months"),
        (("--seed", "-1"), "--seed"),
        (("--seed", "x"), "--seed"),
    ],
)
def test_an_option_no_world_can_have_leaves_with_2(
    call: Call, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    code, _, err = call("world", "build", "--out", str(tmp_path / "world"), "--seed", "1", *words)
    assert code == 2
    assert told in err
    assert not list(tmp_path.iterdir())


def test_kinds_of_ring_are_a_list_or_none() -> None:
    assert kinds("none") == ()
    assert kinds(" lanzhou, surrender ") == ("lanzhou", "surrender")


def test_steps_are_told_in_the_language_spoken() -> None:
    told: list[str] = []
    tell = spoken_steps(lambda what, *_: told.append(what))
    tell("balances", 7, None)
    tell("world.csv", 1, 2)
    assert told == ["balances", "world.csv"]
