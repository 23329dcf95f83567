from pathlib import Path

import pytest

from suyuan.domain.errors import DataError
from suyuan.domain.say import spoken
from suyuan.domain.workspace import Workspace
from suyuan.work.entity_store import latest
from suyuan.work.weights import PRIOR, Weights
from tests.resolution import PAIRS, person_model, resolved_people


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return resolved_people(tmp_path_factory.mktemp("people"))


def test_all_bits_add_up_to_the_weight_of_the_pair(workspace: Workspace) -> None:
    told = Weights(latest(workspace)).told(PAIRS[0])
    assert sum(one["bits"] for one in told) == pytest.approx(PAIRS[0]["weight"], abs=0.011)
    assert {one["about"] for one in told} == {"name", "phone", "rarity", PRIOR}
    assert told[-1]["about"] == PRIOR
    assert told[-1]["bits"] == -10


def test_the_best_level_speaks_for_one_and_the_worst_for_two(workspace: Workspace) -> None:
    model = person_model()
    told = Weights(latest(workspace)).told({**PAIRS[0], "levels": "name=0;phone=3"})
    bits = {one["about"]: one["bits"] for one in told}
    assert bits["phone"] == round(model.bits("phone", 3), 3) > 0 > bits["name"]


def test_words_are_of_the_language_spoken(workspace: Workspace) -> None:
    found = []
    for lang in ("zh", "en"):
        token = spoken.set(lang)
        found.append([(one["comparison"], one["level"]) for one in Weights(latest(workspace)).told(PAIRS[0])])
        spoken.reset(token)
    assert found[0] != found[1]
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in comparison) for comparison, _ in found[0])


def test_a_pair_that_was_not_weighed_has_nothing_to_tell(workspace: Workspace) -> None:
    weights = Weights(latest(workspace))
    assert weights.told({**PAIRS[0], "levels": None, "weight": None}) == []
    assert weights.told({**PAIRS[0], "levels": ""}) == []


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    workspace = resolved_people(tmp_path)
    with pytest.raises(DataError):
        Weights(latest(workspace)).told({**PAIRS[0], "levels": "name"})
    (latest(workspace).folder / "model_person.json").unlink()
    with pytest.raises(DataError):
        Weights(latest(workspace)).told(PAIRS[0])
