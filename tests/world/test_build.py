"""Building a world: what is planted, and what the sources must not tell."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from suyuan.world import build as building
from suyuan.world.alike import scenarios
from suyuan.world.build import RINGS, build, simulate
from suyuan.world.frame.options import Options


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built")
    build(out, Options(seed=11, scale=0.005, months=6))
    return out


def column(folder: Path, table: str, name: str) -> list[object]:
    """Return a column of a table of truth."""
    found: list[object] = pq.read_table(folder / "truth" / f"{table}.parquet")[name].to_pylist()
    return found


def test_every_kind_of_ring_asked_for_is_planted(world: Path) -> None:
    planted = Counter(column(world, "rings", "kind"))
    assert {kind: planted[kind] for kind in RINGS} == dict.fromkeys(RINGS, 1)


@pytest.mark.parametrize(("scale", "each"), [(0.02, 1), (0.26, 3), (1.0, 10)])
def test_rings_are_cast_ten_times_the_scale_and_one_at_least(
    monkeypatch: pytest.MonkeyPatch, scale: float, each: int
) -> None:
    cast: list[tuple[str, int]] = []

    def remember(kind: str) -> Callable[..., None]:
        return lambda _, number: cast.append((kind, number))

    def nothing(*_: object, **__: object) -> None:
        return None

    kinds = {kind: building.RingKind(cast=remember(kind), play=nothing) for kind in RINGS}
    monkeypatch.setattr(building, "RINGS", kinds)
    monkeypatch.setattr(scenarios, "KINDS", ())
    for name in ("settle.settle", "flows.live_money", "live.live", "front.do_business", "balances.close"):
        monkeypatch.setattr(f"suyuan.world.build.{name}", nothing)
    monkeypatch.setattr(building, "label_accounts", nothing)
    simulate(Options(seed=1, scale=scale, rings=("lanzhou", "surrender")))
    assert cast == [(kind, number) for kind in ("lanzhou", "surrender") for number in range(1, each + 1)]


def test_every_look_alike_is_there_three_times_at_least(world: Path) -> None:
    found = pq.read_table(world / "truth" / "lookalikes.parquet").to_pylist()
    instances = Counter(kind for kind, _ in {(row["kind"], row["instance"]) for row in found})
    assert {kind.kind for kind in scenarios.KINDS} == set(instances)
    assert min(instances.values()) >= 3


def test_no_source_names_a_ring_or_a_look_alike(world: Path) -> None:
    words = {str(each) for each in column(world, "rings", "ring_id")} | {"_ring", "_scenario", "ring_id", "truth_id"}
    for path in (world / "sources").rglob("*"):
        if path.suffix in {".csv", ".txt", ".json"}:
            held = path.read_bytes()
            assert not [word for word in words if word.encode() in held], path.name


@pytest.mark.parametrize(("share", "hidden"), [(0.0, {False}), (1.0, {True})])
def test_the_hidden_share_is_kept(share: float, hidden: set[bool]) -> None:
    world = simulate(Options(seed=11, scale=0.005, months=3, rings=("lanzhou",), hidden=share))
    assert {ring.hidden for ring in world.truths.rings} == hidden


def test_a_world_without_rings_has_an_empty_truth_about_them_and_tells_its_steps(tmp_path: Path) -> None:
    steps: list[str] = []
    options = Options(seed=11, scale=0.005, months=3, rings=())
    made = build(tmp_path, options, tell=lambda step, *_: steps.append(step))
    assert made.rings == {}
    assert made.look_alikes > 0
    for table in ("rings", "members", "victims", "rest", "loss", "shows"):
        assert pq.read_metadata(tmp_path / "truth" / f"{table}.parquet").num_rows == 0
    assert set(column(tmp_path, "rows", "ring_id")) <= {None}
    told = list(dict.fromkeys(steps))
    assert told[:7] == ["people", "cast", "money", "life", "look_alikes", "rings", "balances"]
    assert set(told[7:]) == {"registers", "statements"}
