import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from suyuan.access.pseudonym import make_key, pseudonym, use_key
from suyuan.domain.errors import Conflict, NotFound, UsageError
from suyuan.domain.workspace import Workspace
from suyuan.ledger.store import Ledger
from suyuan.work.judge import judge_pair, known_judgements, merge_entities, unmerge_entity
from tests.resolution import (
    FIRM_ENTITY,
    LI_ENTITY,
    M4_ENTITY,
    MA_ENTITY,
    OLD_ENTITY,
    Z1_ENTITY,
    Z2_ENTITY,
    resolved_people,
)
from tests.ring import NOW

Place = dict[str, Any]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return resolved_people(tmp_path_factory.mktemp("people"))


@pytest.fixture
def place(made: Workspace, tmp_path: Path) -> Place:
    workspace = Workspace(root=Path(shutil.copytree(made.root, tmp_path / "w")))
    return {"workspace": workspace, "actor": "Lin", "why": "papers seen", "now": NOW}


def answers(place: Place) -> dict[tuple[str, str], str]:
    return {(one.left, one.right): one.answer for one in known_judgements(place["workspace"])}


def test_an_answer_about_two_ids_is_recorded_with_the_next_step(place: Place) -> None:
    done = judge_pair("wallet:Z2", "telecom:Z1", "unsure", **place)
    assert answers(place) == {("telecom:Z1", "wallet:Z2"): "unsure"}
    assert set(done.entity_ids) == {Z1_ENTITY, Z2_ENTITY}
    assert "suyuan resolve" in done.to_json()["next_step"]


def test_entities_are_judged_by_the_ids_of_their_heaviest_pair(place: Place) -> None:
    judge_pair(M4_ENTITY, OLD_ENTITY, "same", **place)
    assert answers(place) == {("bank:M1", "wallet:M4"): "same"}


def test_entities_that_were_never_compared_are_judged_by_their_first_ids(place: Place) -> None:
    judge_pair(LI_ENTITY, Z2_ENTITY, "different", **place)
    assert answers(place) == {("bank:L1", "wallet:Z2"): "different"}


def test_what_stands_in_for_an_id_names_it(place: Place) -> None:
    workspace: Workspace = place["workspace"]
    make_key(workspace)
    use_key(workspace)
    hidden = pseudonym("telecom:Z1")
    assert hidden != "telecom:Z1"
    judge_pair(hidden, "wallet:Z2", "same", **place)
    assert answers(place) == {("telecom:Z1", "wallet:Z2"): "same"}


def test_two_valid_numbers_are_joined_only_by_somebody_who_says_so(place: Place) -> None:
    with pytest.raises(Conflict, match="against-numbers"):
        judge_pair("bank:L1", "wallet:M2", "same", **place)
    with pytest.raises(Conflict, match="against-numbers"):
        merge_entities(MA_ENTITY, LI_ENTITY, **place)
    assert answers(place) == {}
    merge_entities(MA_ENTITY, LI_ENTITY, **place, against_numbers=True)
    (kept,) = known_judgements(place["workspace"])
    assert (kept.answer, kept.against_numbers) == ("same", True)


def test_what_follows_from_earlier_answers_is_not_contradicted_in_passing(place: Place) -> None:
    judge_pair("telecom:Z1", "wallet:Z2", "same", **place)
    judge_pair("wallet:M4", "wallet:Z2", "different", **place)
    with pytest.raises(Conflict, match="Lin"):
        judge_pair("telecom:Z1", "wallet:M4", "same", **place)
    judge_pair("wallet:M4", "wallet:Z2", "same", **place)
    with pytest.raises(Conflict, match=pseudonym("wallet:Z2")):
        judge_pair("telecom:Z1", "wallet:M4", "different", **place)


def test_an_answer_on_one_id_binds_those_of_the_same_number(place: Place) -> None:
    judge_pair("wallet:M4", "bank:M1", "different", **place)
    with pytest.raises(Conflict, match=pseudonym("wallet:M4")):
        judge_pair("wallet:M4", "wallet:M2", "same", **place)
    judge_pair("telecom:Z1", "bank:M1", "same", **place)
    with pytest.raises(Conflict, match=pseudonym("telecom:Z1")):
        judge_pair("telecom:Z1", "wallet:M2", "different", **place)


def test_of_ids_that_only_a_number_joins_people_may_say_that_they_differ(place: Place) -> None:
    judge_pair("bank:M1", "wallet:M2", "different", **place)
    assert answers(place) == {("bank:M1", "wallet:M2"): "different"}


def test_the_pair_itself_may_be_judged_anew(place: Place) -> None:
    judge_pair("telecom:Z1", "wallet:Z2", "same", **place)
    judge_pair("telecom:Z1", "wallet:Z2", "different", **place)
    assert answers(place) == {("telecom:Z1", "wallet:Z2"): "different"}


def test_to_merge_takes_back_what_parted_the_two(place: Place) -> None:
    judge_pair("telecom:M3", "wallet:M4", "different", **place)
    merge_entities(MA_ENTITY, M4_ENTITY, **{**place, "now": NOW + timedelta(hours=1)})
    assert answers(place) == {("bank:M1", "wallet:M4"): "same", ("telecom:M3", "wallet:M4"): "same"}


def test_to_unmerge_parts_the_records_named_from_the_rest(place: Place) -> None:
    done = unmerge_entity(MA_ENTITY, ["telecom:M3"], **place)
    assert answers(place) == {("bank:M1", "telecom:M3"): "different", ("telecom:M3", "wallet:M2"): "different"}
    assert done.entity_ids == (MA_ENTITY,)


def test_several_records_named_stay_together(place: Place) -> None:
    unmerge_entity(MA_ENTITY, ["telecom:M3", "wallet:M2", "telecom:M3"], **place)
    assert answers(place) == {
        ("bank:M1", "telecom:M3"): "different",
        ("bank:M1", "wallet:M2"): "different",
        ("telecom:M3", "wallet:M2"): "same",
    }


@pytest.mark.parametrize(
    ("named", "error"),
    [
        (["bank:M1", "wallet:M2", "telecom:M3"], UsageError),
        ([], UsageError),
        (["bank:L1"], NotFound),
        (["bank:nobody"], NotFound),
    ],
    ids=["all", "none", "another's", "nobody's"],
)
def test_to_unmerge_nonsense_is_refused(place: Place, named: list[str], error: type[Exception]) -> None:
    with pytest.raises(error, match=MA_ENTITY):
        unmerge_entity(MA_ENTITY, named, **place)
    assert answers(place) == {}


@pytest.mark.parametrize(
    ("left", "right", "error"),
    [
        ("p-ffffffffffffffff", MA_ENTITY, NotFound),
        (MA_ENTITY, FIRM_ENTITY, UsageError),
        (MA_ENTITY, OLD_ENTITY, UsageError),
        ("bank:M1", "bank:M1", UsageError),
        ("bank:M1", "M4", NotFound),
    ],
    ids=["unknown", "two kinds", "one entity", "one id", "no id at all"],
)
def test_to_judge_nonsense_is_refused(place: Place, left: str, right: str, error: type[Exception]) -> None:
    with pytest.raises(error) as refused:
        judge_pair(left, right, "different", **place)
    assert str(refused.value)
    if ":" not in left:
        with pytest.raises(error):
            merge_entities(left, right, **place)
    assert answers(place) == {}


def test_without_a_reason_nothing_is_recorded(place: Place) -> None:
    place["why"] = " "
    with pytest.raises(UsageError):
        judge_pair("telecom:Z1", "wallet:Z2", "same", **place)
    with pytest.raises(UsageError):
        merge_entities(Z1_ENTITY, Z2_ENTITY, **place)
    with pytest.raises(UsageError):
        unmerge_entity(MA_ENTITY, ["telecom:M3"], **place)
    with Ledger(place["workspace"].ledger) as ledger:
        assert not list(ledger.events(kind="entity."))


def test_an_earlier_day_does_not_know_a_later_answer(place: Place) -> None:
    judge_pair("telecom:Z1", "wallet:Z2", "same", **place)
    assert known_judgements(place["workspace"], as_of=NOW.date() - timedelta(days=1)) == ()
    assert len(known_judgements(place["workspace"], as_of=NOW.date())) == 1
