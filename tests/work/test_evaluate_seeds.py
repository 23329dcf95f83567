"""Several worlds scored in one go."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from suyuan.domain.errors import UsageError
from suyuan.domain.say import spoken
from suyuan.work.evaluate_seeds import evaluate_seeds
from suyuan.world.frame.options import Options
from tests.ring import NOW, ring
from tests.work.truth_of_ring import truth_of_ring, write_truth


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    token = spoken.set("en")
    yield
    spoken.reset(token)


def _forged(out: Path, options: Options) -> None:
    """Write one ring as a world of `options`; that of seed 2 has a second ring that nobody hands anything over of."""
    small = truth_of_ring()
    if options.seed == 2:
        small["truth_rings"].append({**small["truth_rings"][0], "ring_id": "lanzhou-2"})
        member = {"ring_id": "lanzhou-2", "truth_id": "person:99", "kind": "person", "role": "operator", "core": True}
        small["truth_members"].append(member)
    write_truth(out / "truth", small)
    (out / "sources").mkdir(parents=True)
    for table, rows in ring().items():
        with (out / "sources" / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ["source", *rows[0]])
            writer.writeheader()
            writer.writerows({"source": "lab", **row} for row in rows)


def test_every_seed_is_built_run_and_scored_and_the_numbers_are_spread() -> None:
    said: list[tuple[str, int, int | None]] = []
    found = evaluate_seeds(
        seeds=2, options=Options(seed=1), now=NOW, again=False, build=_forged, tell=lambda *told: said.append(told)
    )
    told = found.to_json()
    assert told["seeds"] == [1, 2]
    assert told["rings"]["recall"]["mean"] == 0.75
    assert told["pooled"]["rings"]["by_kind"]["lanzhou"]["found"] == 2
    assert told["by_seed"]["2"]["rings"]["recall"] == 0.5
    assert told["world"]["scale"] == 0.02
    assert said[-1] == ("worlds done", 2, 2)


def test_no_worlds_are_refused() -> None:
    with pytest.raises(UsageError, match="at least 1"):
        evaluate_seeds(seeds=0, options=Options(seed=1), now=NOW, tell=lambda *_: None)
