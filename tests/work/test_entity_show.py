import shutil
from pathlib import Path

import pytest

from suyuan.access.mask import mask_json
from suyuan.domain.errors import NotFound
from suyuan.domain.workspace import Workspace
from suyuan.work.entity_show import show
from suyuan.work.judge import judge_pair, unmerge_entity
from tests.resolution import (
    LI_ENTITY,
    M4_ENTITY,
    MA,
    MA_ENTITY,
    OLD_ENTITY,
    Z1_ENTITY,
    resolved_people,
)
from tests.ring import NOW


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return resolved_people(tmp_path_factory.mktemp("people"))


@pytest.fixture
def workspace(made: Workspace, tmp_path: Path) -> Workspace:
    return Workspace(root=Path(shutil.copytree(made.root, tmp_path / "w")))


def test_an_entity_tells_its_ids_its_number_and_what_joined_it(made: Workspace) -> None:
    told = show(MA_ENTITY, workspace=made).to_json()
    assert (told["name"], told["kind"], told["records"], told["ids_total"]) == ("马建国", "person", 3, 3)
    assert [one["lake_id"] for one in told["ids"]] == ["bank:M1", "telecom:M3", "wallet:M2"]
    assert [one["by"] for one in told["ids"]] == ["number", "weight", "number"]
    assert told["number"] == {"table": "person", "row": {"id_number": MA}}
    (pair,) = told["pairs"]
    assert (pair["left_lake_id"], pair["right_lake_id"], pair["weight"]) == ("bank:M1", "telecom:M3", 5.0)
    assert {"name", "phone"} <= {one["about"] for one in pair["agreed"]}
    assert [one["column"] for one in told["alike"]] == ["id_number", "phone"]


def test_what_was_not_joined_is_told_with_its_reason_and_from_its_own_side(made: Workspace) -> None:
    told = show(MA_ENTITY, workspace=made).to_json()
    reasons = [(one["left_lake_id"], one["other"]["id"], one["decision"], one["why"]) for one in told["not_joined"]]
    assert reasons == [
        ("bank:M1", LI_ENTITY, "cut", "two_numbers"),
        ("bank:M1", M4_ENTITY, "undecided", None),
        ("telecom:M3", M4_ENTITY, "undecided", None),
    ]
    assert "suyuan resolve review" in told["next_step"]


def test_an_earlier_id_shows_where_it_went(made: Workspace) -> None:
    shown = show(OLD_ENTITY, workspace=made)
    assert shown.entity_id == MA_ENTITY
    assert shown.to_json()["asked_id"] == OLD_ENTITY
    assert shown.to_json()["earlier_ids"] == [OLD_ENTITY]
    assert show("wallet:M2", workspace=made).entity_id == MA_ENTITY


def test_a_judgement_waits_until_the_resolution_agrees_with_it(workspace: Workspace) -> None:
    judge_pair("bank:M1", "telecom:M3", "same", workspace=workspace, actor="Lin", why="seen", now=NOW)
    told = show(MA_ENTITY, workspace=workspace).to_json()
    assert [(one["actor"], one["answer"], one["applied"]) for one in told["judgements"]] == [("Lin", "same", True)]
    unmerge_entity(MA_ENTITY, ["telecom:M3"], workspace=workspace, actor="Wang", why="brother's card", now=NOW)
    told = show(MA_ENTITY, workspace=workspace).to_json()
    assert [(one["actor"], one["applied"]) for one in told["judgements"]] == [("Wang", False), ("Wang", False)]
    assert "suyuan resolve" in told["next_step"]
    assert show(Z1_ENTITY, workspace=workspace).to_json()["judgements"] == []


def test_masked_nothing_of_a_person_shows(made: Workspace) -> None:
    told = str(mask_json(show(MA_ENTITY, workspace=made).to_json()))
    for secret in ("马建国", "马建囯", "13909310001", MA, "李福", "bank:M1", "M3"):
        assert secret not in told
    assert MA_ENTITY in told
    assert "620***********1239" in told


def test_who_is_not_there_is_told(made: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="bank:nobody"):
        show("bank:nobody", workspace=made)
    with pytest.raises(NotFound, match="suyuan resolve"):
        show(MA_ENTITY, workspace=Workspace(root=tmp_path / "none"))
