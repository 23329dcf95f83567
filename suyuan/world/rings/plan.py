"""Which rings are hidden, how large each is, and the figures it is made by (`data/rings/<kind>.yml`)."""

from collections.abc import Mapping
from typing import Any

from suyuan.world.frame.dice import around
from suyuan.world.frame.figures import figures as read
from suyuan.world.frame.options import RING_KINDS
from suyuan.world.frame.world import World


def figures(name: str) -> Mapping[str, Any]:
    """Return what `data/rings/<name>.yml` holds.

    Raises:
        ValueError: The file is no YAML.
        OSError: There is no such file.
    """
    return read("rings", name)


def level(world: World, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the part of `told["levels"]` that holds at the world's evasion level, over what all levels share."""
    levels: Mapping[int, Mapping[str, Any]] = told["levels"]
    return {**levels[0], **levels[world.options.evasion]}


def hidden(world: World, kind: str, number: int) -> bool:
    """Return whether the `number`-th ring (from 1) of `kind` is named by no report and no complaint.

    Of each kind exactly share times rings are hidden, rounded; a half goes up for every other kind, so that a world
    with one ring of each has some of both.
    """
    rings = world.options.rings_a_kind
    wanted = world.options.hidden * rings
    count = round(wanted)
    if wanted % 1 == 0.5:
        count = int(wanted) + (RING_KINDS.index(kind) % 2 == 0)
    order = world.chance("rings", "hidden", kind).permutation(rings)
    return bool(order[number - 1] < count)


def size(world: World, kind: str, number: int, published: int, least: int) -> int:
    """Return how many victims, loans or policies the `number`-th ring of `kind` has.

    Log-normal around `published` (at scale 1.0) times the world's scale, never under `least`.
    """
    chance = world.chance("rings", "size", kind, number)
    middle = round(published * world.options.scale)
    return max(least, int(around(chance, middle, spread=figures("plan")["size_spread"], n=1)[0]))


def story(world: World, kind: str, number: int, offsets: Mapping[str, int]) -> dict[str, int]:
    """Return the first day of each step of a ring's story, and `end`, the first day after all.

    `offsets` says how many days after its beginning each step starts (`recruit`, `prepare`, `strike`, `launder`,
    `wind_down`, `end`) when there is room; a world shorter than `end` shortens all alike. Where days are left over, the
    story begins by chance.
    """
    whole, days = offsets["end"], world.options.days
    fit = min(whole, days)
    start = int(world.chance("rings", "story", kind, number).integers(0, days - fit + 1))
    return {step: start + offset * fit // whole for step, offset in offsets.items()}
