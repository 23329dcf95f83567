"""Builds a world: people, rings and look-alikes cast among them, eighteen months of life, files, truth."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from suyuan.domain.tell import Tell
from suyuan.world.alike import scenarios
from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.institutions.handed import Handed
from suyuan.world.institutions.registers import write_registers
from suyuan.world.institutions.statements import write_statements
from suyuan.world.life import balances, flows, live
from suyuan.world.people import settle
from suyuan.world.rings import front, greenhouse, lanzhou, qitaihe, surrender
from suyuan.world.truth.accounts import label_accounts
from suyuan.world.truth.write import write_truth

SOURCES, TRUTH = "sources", "truth"


@dataclass(frozen=True, kw_only=True)
class RingKind:
    """How rings of one kind are made: cast before life begins, played after it has been laid."""

    cast: Callable[..., Any]
    play: Callable[[World, Any], None]


RINGS: Mapping[str, RingKind] = {
    "lanzhou": RingKind(cast=lanzhou.cast, play=lanzhou.play),
    "qitaihe": RingKind(cast=qitaihe.cast, play=qitaihe.play),
    "greenhouse": RingKind(cast=greenhouse.cast, play=greenhouse.play),
    "surrender": RingKind(cast=surrender.cast, play=surrender.play),
}


@dataclass(frozen=True, kw_only=True)
class Built:
    """What was built. `sources` is what institutions hand over; `truth` lies beside it and is no source."""

    sources: Path
    truth: Path
    files: int
    rows: Mapping[str, int]
    """Rows of every table before institutions wrote them."""
    rings: Mapping[str, int]
    """Planted rings by kind; tenants of a rented platform are a kind of their own."""
    look_alikes: int


def simulate(options: Options, *, tell: Tell = lambda *_: None) -> World:
    """Return the world of `options`, before any institution has written a file.

    Raises:
        UsageError: An option is outside its range.
    """
    world, steps = World(options=options), _Steps(tell)
    steps.at("people")
    settle.settle(world)
    steps.at("cast")
    wanted = [kind for kind in RINGS if kind in options.rings]
    rings = [(kind, RINGS[kind].cast(world, number=n)) for kind in wanted for n in range(1, options.rings_a_kind + 1)]
    alike = [(kind, kind.cast(world)) for kind in scenarios.KINDS]
    steps.at("money")
    flows.live_money(world)
    steps.at("life")
    live.live(world)
    steps.at("look_alikes")
    for scenario, cast in alike:
        scenario.play(world, cast)
    steps.at("rings")
    for kind, cast in rings:
        RINGS[kind].play(world, cast)
    front.do_business(world)
    label_accounts(world)
    steps.at("balances")
    balances.close(world)
    return world


def build(out: Path, options: Options, *, tell: Tell = lambda *_: None) -> Built:
    """Write what institutions would hand over to `out/sources` and what is true to `out/truth`.

    The same options give the same bytes on the locked versions.

    Raises:
        OSError: A file cannot be written.
    """
    world, handed = simulate(options, tell=tell), Handed()
    sources, truth = out / SOURCES, out / TRUTH
    write_registers(world, sources, handed, tell=tell)
    write_statements(world, sources, handed, tell=tell)
    write_truth(world, handed, truth)
    kinds = [ring.kind for ring in world.truths.rings]
    return Built(
        sources=sources,
        truth=truth,
        files=sum(1 for path in sources.rglob("*") if path.is_file()),
        rows=world.tables.counts(),
        rings={kind: kinds.count(kind) for kind in sorted(set(kinds))},
        look_alikes=len({(kind, number) for kind, number, *_ in world.truths.alike}),
    )


@dataclass
class _Steps:
    """Tells the steps of a build, one after the other."""

    tell: Tell
    done: int = 0

    def at(self, step: str) -> None:
        self.done += 1
        self.tell(step, self.done, None)
