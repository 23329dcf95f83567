import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from suyuan.cli.review_draw import draw_question, draw_queue
from suyuan.domain.workspace import Workspace
from suyuan.work.review import Review
from tests.resolution import resolved_people


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return resolved_people(tmp_path_factory.mktemp("people"))


def queue(workspace: Workspace) -> Any:
    with Review(workspace) as opened:
        return opened.asked().to_json()


def console() -> Console:
    return Console(width=160, record=True, file=io.StringIO(), color_system="truecolor", force_terminal=True)


def test_two_records_stand_side_by_side_and_what_differs_is_red(workspace: Workspace) -> None:
    paper = console()
    draw_question(paper, {**queue(workspace)["questions"][0], "open_questions": 4}, number=1)
    styled = paper.export_text(styles=True, clear=False)
    (line,) = (line for line in paper.export_text().splitlines() if "马建国" in line)
    assert "马建 " in line
    assert "\x1b[31m马建国" in styled
    assert "\x1b[32m13909310001" in styled


def test_a_question_tells_what_hangs_on_it(workspace: Workspace) -> None:
    told = queue(workspace)["questions"][0]
    told["changes"] = {"leads": 2, "score": 1.5, "listed": [{"lead_id": "lead-1", "score": 0.9}]}
    paper = console()
    draw_question(paper, {**told, "open_questions": 4}, number=3)
    text = paper.export_text()
    assert "lead-1" in text
    assert "150" in text
    assert "60.0 %" in text


def test_the_list_tells_every_question_and_what_to_type(workspace: Workspace) -> None:
    paper = console()
    draw_queue(paper, queue(workspace))
    text = paper.export_text()
    assert text.count("telecom:Z1") == 1
    assert "suyuan resolve judge" in text


def test_an_empty_list_says_what_comes_next(tmp_path: Path) -> None:
    paper = console()
    draw_queue(paper, queue(resolved_people(tmp_path, pairs=[])))
    assert "suyuan run" in paper.export_text()
