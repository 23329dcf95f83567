import shutil
from pathlib import Path

import pyarrow as pa
import pytest

from suyuan.access.mask import mask_json
from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import arrow_schema
from suyuan.domain.errors import NotFound
from suyuan.domain.workspace import Workspace
from suyuan.resolve.judgement import Answer
from suyuan.work.judge import judge_pair, unmerge_entity
from suyuan.work.kept import write_json, write_table
from suyuan.work.review import Review
from tests.resolution import MA_ENTITY, PAIRS, Z1_ENTITY, Z2_ENTITY, pair, resolved_people
from tests.ring import NOW

M1_M3, M1_M4 = ("bank:M1", "telecom:M3"), ("bank:M1", "wallet:M4")
L1_M1, Z1_Z2 = ("bank:L1", "bank:M1"), ("telecom:Z1", "wallet:Z2")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return resolved_people(tmp_path_factory.mktemp("people"))


@pytest.fixture
def workspace(made: Workspace, tmp_path: Path) -> Workspace:
    return Workspace(root=Path(shutil.copytree(made.root, tmp_path / "w")))


def with_run(workspace: Workspace, leads: dict[str, tuple[float, list[str]]]) -> None:
    """Write a run whose leads have the given scores and members."""
    folder = workspace.runs / "def456def456"
    folder.mkdir(parents=True)
    rows = {
        "lead": [{"lead_id": lead_id, "score": score} for lead_id, (score, _) in leads.items()],
        "lead_member": [
            {"lead_id": lead_id, "kind": "person", "member_id": member}
            for lead_id, (_, members) in leads.items()
            for member in members
        ],
    }
    for table, told in rows.items():
        schema = arrow_schema(contracts()[table])
        write_table(folder / f"{table}.parquet", pa.Table.from_pylist(told, schema), contract=contracts()[table])
    told_run = {"run_id": "def456def456", "number": 1, "as_of": None, "inputs": "x"}
    write_json(folder / "run.json", told_run)


def asked(workspace: Workspace) -> list[tuple[str, str]]:
    with Review(workspace) as queue:
        return [one.ids for one in queue.asked().questions]


def say_of(workspace: Workspace, left: str, right: str, answer: Answer) -> None:
    judge_pair(left, right, answer, workspace=workspace, actor="Lin", why="seen", now=NOW)


def test_without_a_run_the_most_doubtful_is_asked_first_and_one_pair_of_entities_once(made: Workspace) -> None:
    assert asked(made) == [M1_M4, Z1_Z2, M1_M3, L1_M1]


def test_what_changes_most_leads_is_asked_first(workspace: Workspace) -> None:
    with_run(
        workspace, {"lead-1": (0.9, [Z1_ENTITY]), "lead-2": (0.8, [Z1_ENTITY, Z2_ENTITY]), "lead-3": (0.5, [MA_ENTITY])}
    )
    assert asked(workspace) == [Z1_Z2, M1_M4, M1_M3, L1_M1]
    with Review(workspace) as queue:
        found = queue.asked(most=1)
    changes = found.questions[0].to_json()["changes"]
    assert (changes["leads"], changes["score"]) == (2, pytest.approx(1.7))
    assert [one["lead_id"] for one in changes["listed"]] == ["lead-1", "lead-2"]
    assert (found.run_id, found.open_questions) == ("def456def456", 4)


def test_what_is_answered_is_not_asked_again_unsure_neither(workspace: Workspace) -> None:
    say_of(workspace, *Z1_Z2, "unsure")
    assert Z1_Z2 not in asked(workspace)
    say_of(workspace, *M1_M4, "different")
    assert asked(workspace) == [M1_M3, L1_M1]
    say_of(workspace, *M1_M3, "same")
    assert asked(workspace) == [L1_M1]


CHAIN = (
    pair("wallet:M4", "telecom:Z1", 0.5, "undecided", weight=0.3),
    pair("telecom:Z1", "wallet:Z2", 0.5, "undecided", weight=0.2),
    pair("wallet:M4", "wallet:Z2", 0.5, "undecided", weight=0.1),
)


@pytest.mark.parametrize("answer", ["same", "different"])
def test_what_transitivity_answers_is_not_asked(tmp_path: Path, answer: Answer) -> None:
    workspace = resolved_people(tmp_path, pairs=CHAIN)
    assert len(asked(workspace)) == 3
    say_of(workspace, "wallet:M4", "telecom:Z1", answer)
    say_of(workspace, "telecom:Z1", "wallet:Z2", "same")
    assert asked(workspace) == []


def test_two_that_differ_from_a_third_may_be_one_and_are_asked(tmp_path: Path) -> None:
    workspace = resolved_people(tmp_path, pairs=CHAIN)
    say_of(workspace, "wallet:M4", "telecom:Z1", "different")
    say_of(workspace, "telecom:Z1", "wallet:Z2", "different")
    assert asked(workspace) == [("wallet:M4", "wallet:Z2")]


def test_an_answer_on_one_id_of_a_number_answers_for_the_others(tmp_path: Path) -> None:
    """`wallet:M2` bears the number of `bank:M1`, so what was said of one of them holds for the other."""
    workspace = resolved_people(tmp_path, pairs=PAIRS[:1])
    assert asked(workspace) == [M1_M3]
    say_of(workspace, "wallet:M2", "telecom:M3", "same")
    assert asked(workspace) == []


def test_an_entity_that_waits_to_be_parted_is_not_asked_about_where_it_was_answered(workspace: Workspace) -> None:
    unmerge_entity(MA_ENTITY, ["telecom:M3"], workspace=workspace, actor="Lin", why="brother's", now=NOW)
    assert M1_M3 not in asked(workspace)
    assert M1_M4 in asked(workspace)


def test_a_sure_pair_is_not_asked(tmp_path: Path) -> None:
    sure = pair("bank:M1", "telecom:M3", 0.995, "joined")
    through = pair("bank:M1", "telecom:M3", 0.5, "joined", why="judged_same")
    assert asked(resolved_people(tmp_path / "a", pairs=[sure])) == []
    assert asked(resolved_people(tmp_path / "b", pairs=[through])) == []


def test_a_question_shows_both_sides_and_where_they_differ(made: Workspace) -> None:
    with Review(made) as queue:
        told = queue.asked(most=1).questions[0].to_json()
    assert told["left"]["row"]["name"] == "马建国"
    assert told["right"]["row"] == {"name": "马建", "phone": "13909310001"}
    assert (told["differs"], told["agrees"]) == (["name"], ["phone"])
    assert told["left"]["records"] == 3
    masked = str(mask_json(told))
    assert all(secret not in masked for secret in ("马建", "13909310001", "M4"))


def test_without_a_resolution_there_is_nothing_to_ask(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="suyuan resolve"):
        Review(Workspace(root=tmp_path))
