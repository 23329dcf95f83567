import io
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from suyuan.cli.edge import DONE, USAGE
from suyuan.cli.resolve_review import answer_of
from suyuan.domain.errors import UsageError
from suyuan.domain.workspace import Workspace
from suyuan.work.judge import known_judgements
from tests.cli.conftest import Call
from tests.resolution import MA, PAIRS, resolved_people

CallJson = Callable[..., Any]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return resolved_people(tmp_path_factory.mktemp("people"))


@pytest.fixture
def workspace(made: Workspace, tmp_path: Path) -> Workspace:
    return Workspace(root=Path(shutil.copytree(made.root, tmp_path / "w")))


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[str]], None]:
    """Return a function that makes standard input and output a terminal at which lines are typed."""

    def _typed(lines: Sequence[str]) -> None:
        keyboard = io.StringIO("".join(f"{line}\n" for line in lines))
        monkeypatch.setattr(keyboard, "isatty", lambda: True)
        monkeypatch.setattr(sys, "stdin", keyboard)
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)

    return _typed


def test_a_program_gets_the_queue(workspace: Workspace, call_json: CallJson) -> None:
    told = call_json("resolve", "review", "-w", str(workspace.root), "--limit", "2")
    assert (told["open_questions"], len(told["questions"]), told["run_id"]) == (4, 2, None)
    assert set(told["questions"][0]["left"]) >= {"lake_id", "entity_id", "row", "records"}
    assert "马建" not in str(told)


def test_without_a_terminal_the_queue_is_listed(workspace: Workspace, call: Call) -> None:
    code, out, _ = call("resolve", "review", "-w", str(workspace.root))
    assert code == DONE
    assert "suyuan resolve judge" in out
    assert "马建国" not in out


def test_in_clear_only_with_a_reason(workspace: Workspace, call: Call) -> None:
    where = ("-w", str(workspace.root), "--json", "--reveal")
    assert call("resolve", "review", *where)[0] == USAGE
    code, out, _ = call("resolve", "review", *where, "--reason", "the week's review")
    assert code == DONE
    assert MA in out


def test_in_a_terminal_answers_are_recorded_until_the_person_quits(
    workspace: Workspace, call: Call, typed: Callable[[Sequence[str]], None]
) -> None:
    typed(["x", "s", "one phone", "u", "nobody knows", "q"])
    code, out, _ = call("resolve", "review", "-w", str(workspace.root), "--actor", "Lin")
    assert code == DONE
    answers = {(one.left, one.right): (one.answer, one.why, one.actor) for one in known_judgements(workspace)}
    assert answers == {
        ("bank:M1", "wallet:M4"): ("same", "one phone", "Lin"),
        ("telecom:Z1", "wallet:Z2"): ("unsure", "nobody knows", "Lin"),
    }
    assert "马建" not in out


def test_the_same_in_spite_of_two_numbers_is_asked_twice(
    tmp_path: Path, call: Call, typed: Callable[[Sequence[str]], None]
) -> None:
    workspace = resolved_people(tmp_path, pairs=[PAIRS[3]])
    typed(["s", "they look alike", "n"])
    assert call("resolve", "review", "-w", str(workspace.root))[0] == DONE
    assert known_judgements(workspace) == ()
    typed(["s", "number changed by court", "y"])
    assert call("resolve", "review", "-w", str(workspace.root))[0] == DONE
    (kept,) = known_judgements(workspace)
    assert (kept.answer, kept.against_numbers) == ("same", True)


def test_no_more_is_asked_than_was_wanted(
    workspace: Workspace, call: Call, typed: Callable[[Sequence[str]], None]
) -> None:
    typed(["d", "seen"])
    assert call("resolve", "review", "-w", str(workspace.root), "--limit", "1")[0] == DONE
    assert len(known_judgements(workspace)) == 1


def test_one_answer_is_recorded_by_a_command_with_the_next_step(workspace: Workspace, call: Call) -> None:
    where = ("-w", str(workspace.root), "--reason", "papers seen")
    code, out, _ = call("resolve", "judge", "telecom:Z1", "wallet:Z2", "different", *where)
    assert code == DONE
    assert "suyuan resolve" in out
    (kept,) = known_judgements(workspace)
    assert (kept.answer, kept.why, kept.actor) == ("different", "papers seen", "local")


def test_an_unknown_answer_is_refused(workspace: Workspace, call: Call) -> None:
    where = ("-w", str(workspace.root), "--reason", "x")
    code, _, err = call("resolve", "judge", "telecom:Z1", "wallet:Z2", "perhaps", *where)
    assert (code, "unsure" in err) == (USAGE, True)
    with pytest.raises(UsageError):
        answer_of("")
    assert answer_of("same") == "same"
