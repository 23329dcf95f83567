"""Models that profiles train."""

import pytest

from suyuan.engine.duck import DuckEngine
from suyuan.resolve.model.score import scored
from suyuan.resolve.model.training import Counts
from suyuan.resolve.model.weights import Model
from tests.resolve.model.people import profiles, residents


@pytest.fixture(scope="module")
def models() -> tuple[Model, Model]:
    """The same people in two orders of rows and on one thread and two."""
    found = []
    for threads, turn in ((1, 1), (2, -1)):
        engine = DuckEngine(threads=threads)
        engine.write("profile_person", profiles(residents()).take(list(range(600))[::turn]))
        found.append(scored(engine, "person").model)
        engine.close()
    return found[0], found[1]


def test_neither_order_nor_threads_change_a_model(models: tuple[Model, Model]) -> None:
    assert models[0].to_json() == models[1].to_json()


def test_a_model_tells_what_it_was_trained_on(models: tuple[Model, Model]) -> None:
    told = models[0].evidence
    assert (told["profiles"], told["nodes"], told["keyed_pairs"]) == (600, 600, 0)
    assert 270 <= told["one_entity"] <= 330


def test_it_learns_how_often_telephones_change(models: tuple[Model, Model]) -> None:
    assert models[0].weights["phone"][0][0] == pytest.approx(0.7, abs=0.06)


def test_clusters_of_one_key_teach() -> None:
    engine = DuckEngine(threads=1)
    rows = [
        {**row, "key_text": f"K{at // 2}", "node_no": at // 2 + 1, "is_new": True}
        for at, row in enumerate(residents(100))
    ]
    engine.write("profile_person", profiles(rows))
    model = scored(engine, "person").model
    assert model.evidence["keyed_pairs"] == 100
    assert model.weights["phone"][0][0] < 0.8
    engine.close()


def test_pairs_of_two_keys_do_not_count_as_possible() -> None:
    counts = Counts(profiles=10, keyless=4, fresh=10, nodes=10)
    assert counts.open_pairs == 6 + 24
    assert counts.open_share == pytest.approx(30 / 45)
    assert Counts(profiles=0, keyless=0, fresh=0, nodes=0).open_share == 1.0
