import csv
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from suyuan.access.reveal import KIND as REVEALED
from suyuan.cli.edge import CONFLICT, DONE, USAGE
from suyuan.domain.say import spoken
from suyuan.domain.workspace import Workspace
from suyuan.ledger.store import Ledger
from suyuan.work.judge import known_judgements
from tests.cli.conftest import Call
from tests.resolution import LI_ENTITY, M4_ENTITY, MA, MA_ENTITY, OLD_ENTITY, resolved_people

CallJson = Callable[..., Any]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return resolved_people(tmp_path_factory.mktemp("people"))


@pytest.fixture
def workspace(made: Workspace, tmp_path: Path) -> Workspace:
    return Workspace(root=Path(shutil.copytree(made.root, tmp_path / "w")))


@pytest.fixture(params=["zh", "en"])
def _either_language(request: pytest.FixtureRequest) -> Iterator[None]:
    token = spoken.set(request.param)
    yield
    spoken.reset(token)


def test_export_in_the_workspace_needs_a_kind_and_a_file_alone(
    workspace: Workspace, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace.root)
    code, out, _ = call("entities", "export", "--kind", "person", "--out", "F.csv")
    assert (code, "F.csv" in out) == (DONE, True)
    with (workspace.root / "F.csv").open(encoding="utf-8", newline="") as file:
        assert {row["source_key"] for row in csv.DictReader(file)} == {"M1", "M2", "M3", "M4", "L1", "Z1", "Z2"}


def test_export_tells_a_program_what_it_wrote(workspace: Workspace, call_json: CallJson, tmp_path: Path) -> None:
    where = ("-w", str(workspace.root), "--out", str(tmp_path / "F.csv"))
    told = call_json("entities", "export", "--kind", "company", *where)
    assert (told["rows"], told["entities"], told["kind"]) == (1, 1, "company")


def test_an_unknown_kind_is_a_usage_error(workspace: Workspace, call: Call, tmp_path: Path) -> None:
    where = ("-w", str(workspace.root), "--out", str(tmp_path / "F.csv"))
    code, _, err = call("entities", "export", "--kind", "loan", *where)
    assert code == USAGE
    assert "account" in err


@pytest.mark.usefixtures("_either_language")
def test_the_picture_of_an_entity_is_masked(workspace: Workspace, call: Call) -> None:
    code, out, err = call("entities", "show", OLD_ENTITY, "-w", str(workspace.root))
    assert (code, err) == (DONE, "")
    assert {MA_ENTITY, OLD_ENTITY, LI_ENTITY} <= set(out.replace("\n", " ").split())
    for secret in ("马建国", "13909310001", MA, "M3"):
        assert secret not in out


def test_it_is_shown_in_clear_for_a_reason_that_is_kept(workspace: Workspace, call: Call) -> None:
    where = ("-w", str(workspace.root), "--reveal")
    code, out, _ = call("entities", "show", MA_ENTITY, *where)
    assert (code, "马建国" in out) == (USAGE, False)
    code, out, _ = call("entities", "show", MA_ENTITY, *where, "--reason", "case 7", "--actor", "Lin")
    assert code == DONE
    assert MA in out
    with Ledger(workspace.ledger) as ledger:
        (look,) = ledger.events(kind=REVEALED)
    assert (look.actor, look.why, look.subject) == ("Lin", "case 7", MA_ENTITY)


def test_a_program_gets_the_same_masked(workspace: Workspace, call_json: CallJson) -> None:
    told = call_json("entities", "show", MA_ENTITY, "-w", str(workspace.root))
    assert told["entity_id"] == MA_ENTITY
    assert [pair["why"] for pair in told["not_joined"]] == ["two_numbers", None, None]
    assert "马建国" not in json.dumps(told, ensure_ascii=False)


def test_merge_records_and_tells_the_next_step(workspace: Workspace, call: Call) -> None:
    where = ("-w", str(workspace.root), "--reason", "one passport")
    code, out, _ = call("entities", "merge", MA_ENTITY, M4_ENTITY, *where)
    assert code == DONE
    assert "suyuan resolve" in out
    (kept,) = known_judgements(workspace)
    assert (kept.left, kept.right, kept.answer, kept.why) == ("bank:M1", "wallet:M4", "same", "one passport")


def test_merge_of_two_numbers_is_a_conflict_until_it_is_meant(workspace: Workspace, call: Call) -> None:
    where = ("-w", str(workspace.root), "--reason", "number changed by court")
    code, _, err = call("entities", "merge", MA_ENTITY, LI_ENTITY, *where)
    assert (code, "--against-numbers" in err) == (CONFLICT, True)
    assert call("entities", "merge", MA_ENTITY, LI_ENTITY, *where, "--against-numbers")[0] == DONE
    assert len(known_judgements(workspace)) == 1


def test_unmerge_takes_records_as_they_are_printed(workspace: Workspace, call: Call, call_json: CallJson) -> None:
    where = ("-w", str(workspace.root))
    hidden = [one["lake_id"] for one in call_json("entities", "show", MA_ENTITY, *where)["ids"]]
    assert all(one.partition(":")[2].startswith("~") for one in hidden)
    code, out, _ = call("entities", "unmerge", MA_ENTITY, "--record", hidden[1], "--reason", "brother", *where)
    assert (code, "suyuan resolve" in out) == (DONE, True)
    assert {one.answer for one in known_judgements(workspace)} == {"different"}


def test_without_a_reason_nothing_is_decided(workspace: Workspace, call: Call) -> None:
    where = ("-w", str(workspace.root))
    assert call("entities", "merge", MA_ENTITY, M4_ENTITY, *where)[0] == USAGE
    assert call("entities", "merge", MA_ENTITY, M4_ENTITY, *where, "--reason", " ")[0] == USAGE
    assert call("entities", "unmerge", MA_ENTITY, "--reason", "x", *where)[0] == USAGE
    assert known_judgements(workspace) == ()
