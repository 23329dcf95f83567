import io
from datetime import datetime

import pytest
from rich.console import Console

from suyuan.cli.entities_draw import agreed, bar, cell, draw_entity, label
from suyuan.domain.say import spoken
from suyuan.domain.workspace import Workspace
from suyuan.work.entity_show import show
from suyuan.work.judge import unmerge_entity
from tests.resolution import LI_ENTITY, MA_ENTITY, OLD_ENTITY, Z1_ENTITY, resolved_people
from tests.ring import NOW


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = resolved_people(tmp_path_factory.mktemp("people"))
    unmerge_entity(MA_ENTITY, ["telecom:M3"], workspace=made, actor="Wang", why="brother's card", now=NOW)
    return made


def drawn(text: str, workspace: Workspace) -> str:
    console = Console(width=200, record=True, file=io.StringIO())
    draw_entity(console, show(text, workspace=workspace).to_json())
    return console.export_text()


def test_the_tree_tells_ids_weights_what_was_not_joined_and_who_judged(workspace: Workspace) -> None:
    told = drawn(OLD_ENTITY, workspace)
    for words in ("bank:M1 = telecom:M3", "+5.0", LI_ENTITY, "Wang", "brother's card", OLD_ENTITY, "马建囯"):
        assert words in told
    assert "█" in told


def test_an_entity_of_one_id_says_so(workspace: Workspace) -> None:
    token = spoken.set("zh")
    told = drawn(Z1_ENTITY, workspace)
    spoken.reset(token)
    assert "仅此一个编号" in told
    assert "人工判断" not in told


def test_bars_grow_with_the_bits_and_show_which_way_they_speak() -> None:
    assert bar(5).plain.count("█") < bar(25).plain.count("█")
    assert (bar(5).style, bar(-5).style) == ("green", "red")
    assert bar(0.1).plain.count("█") == 1
    assert len(bar(1000)) == len(bar(1))


def test_money_is_written_as_money_and_columns_bear_their_labels() -> None:
    assert cell("capital_fen", 123456) == "1,234.56"
    assert cell("opened_at", datetime(2024, 1, 2, 3, 4)) == "2024-01-02 03:04"  # noqa: DTZ001
    assert cell("name", "甲") == "甲"
    token = spoken.set("zh")
    assert label("person", "name") == "姓名"
    spoken.reset(token)


def test_what_each_comparison_weighs_stands_in_one_line() -> None:
    parts = [
        {"about": "name", "comparison": "Name", "level": "the same", "bits": 12.34},
        {"about": "prior", "comparison": "before looking", "level": "", "bits": -10.0},
    ]
    assert agreed(parts).plain.split() == ["Name", "the", "same", "+12.3", "before", "looking", "-10.0"]
