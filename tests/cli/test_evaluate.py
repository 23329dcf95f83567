"""`suyuan evaluate`."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from suyuan.domain.say import spoken
from suyuan.domain.workspace import Workspace
from tests.work.truth_of_ring import truth_of_ring, write_truth

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    token = spoken.set("en")
    yield
    spoken.reset(token)


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_truth(tmp_path_factory.mktemp("world") / "truth", truth_of_ring()))


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("tool") / "members.csv"
    file.write_text("lead_id,rank,score,source,source_key\nx,1,0.9,reg,C\nx,1,0.9,reg,B\n", encoding="utf-8")
    return str(file)


def test_scores_of_a_run_are_printed(call: Call, ring_workspace: Workspace, truth: str) -> None:
    code, out, _ = call("evaluate", "-w", str(ring_workspace.root), "--truth", truth, "--no-replay")
    assert code == 0
    assert "Rings found: 1 of 1. Leads raised: 1." in out
    assert "lending.routine_loan" in out


def test_json_has_the_promised_keys_and_hides_nothing_of_them(
    call_json: Callable[..., Any], ring_workspace: Workspace, truth: str
) -> None:
    told = call_json("evaluate", "-w", str(ring_workspace.root), "--truth", truth, "--no-replay")
    assert told["rings"]["by_kind"]["lanzhou"]["recall"] == 1
    assert told["typologies"]["lending.routine_loan"]["precision"] == 1
    assert told["why"]["controllers.hit_at_1"]["en"] == "The leads rank no controllers."


def test_another_tool_is_scored_and_a_page_is_written(call: Call, truth: str, members: str, tmp_path: Path) -> None:
    page = tmp_path / "scores.html"
    code, out, _ = call("--lang", "zh", "evaluate", "--truth", truth, "--members", members, "--html", str(page))
    assert code == 0
    assert "团伙召回率" in out
    assert "<svg" in page.read_text(encoding="utf-8") or "early" in page.read_text(encoding="utf-8")


def test_entities_of_any_tool_are_scored(call: Call, call_json: Callable[..., Any], truth: str, tmp_path: Path) -> None:
    file = tmp_path / "entities.csv"
    file.write_text("entity_id,source,source_key\nx,reg,B\n", encoding="utf-8")
    words = ("evaluate", "--truth", truth, "--entities", str(file), "--among", "reg, app")
    code, out, _ = call(*words)
    assert code == 0
    assert "purity" in out
    told = call_json(*words)
    assert (told["among"], told["entities"]["person"]["known"]) == (["app", "reg"], 1)
    code, _, err = call(*words, "--members", str(file))
    assert code == 2
    assert "--entities goes with" in " ".join(err.split())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "--truth DIR/truth"),
        (("--seeds", "2", "--truth", "x"), "leave --truth"),
        (("--seeds", "0"), "at least 1"),
        (("--seeds", "1", "--scale", "99"), "--scale"),
    ],
)
def test_a_call_that_cannot_be_carried_out_leaves_with_2(call: Call, words: tuple[str, ...], told: str) -> None:
    code, _, err = call("evaluate", *words)
    assert code == 2
    assert told in " ".join(err.split())


def test_a_folder_without_truth_leaves_with_3_and_says_so_in_json_too(
    call: Call, ring_workspace: Workspace, tmp_path: Path
) -> None:
    code, out, _ = call("evaluate", "-w", str(ring_workspace.root), "--truth", str(tmp_path), "--json")
    assert code == 3
    assert json.loads(out)["error"] == "evaluate.no_truth"
