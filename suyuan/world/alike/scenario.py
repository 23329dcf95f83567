"""What an honest look-alike is: a named scenario that a careless model takes for a ring."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints, around
from suyuan.world.frame.figures import figures as read
from suyuan.world.frame.tables import Why
from suyuan.world.frame.world import World

FULL = 150
"""Instances of a kind at scale 1.0: thirty at 0.2, where the models are judged."""


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One kind of look-alike. `cast` takes people and founds firms before life begins, `play` lays rows after it.

    `kind` is said in the words of the model it might fool, `like` names that model.
    """

    kind: str
    like: str
    cast: Callable[[World], Any]
    play: Callable[[World, Any], None]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """The people and firms of all instances of one kind.

    `main` holds one firm or person an instance, `crowd` their customers, workers or neighbours, `of` the instance of
    each of these, `more` what else a kind needs.
    """

    main: Ints
    crowd: Ints
    of: Ints
    more: Mapping[str, Ints]

    @property
    def many(self) -> int:
        """How many instances there are."""
        return len(self.main)

    def place(self) -> Ints:
        """Return the place of each of the crowd among the people of its instance, from 0."""
        first = np.searchsorted(self.of, np.arange(self.many))
        return np.asarray(np.arange(len(self.of)) - first[self.of])


def figures(part: str) -> Mapping[str, Any]:
    """Return the numbers of `world/data/alike/<part>.yml`, by kind."""
    return read("alike", part)


def instances(world: World) -> int:
    """Return how many instances of each kind a world holds, three at least."""
    return max(3, round(FULL * world.options.scale))


def sizes(chance: np.random.Generator, n: int, told: Mapping[str, int]) -> Ints:
    """Return how many belong to each of `n` instances: around `middle`, between `least` and `most`; instance of each.

    The answer is the instance (0 … n-1) of every member, in order.
    """
    drawn = np.clip(around(chance, told["middle"], spread=0.4, n=n), told["least"], told["most"])
    return np.repeat(np.arange(n, dtype=np.int64), drawn)


def between(chance: np.random.Generator, told: Sequence[int], n: int) -> Ints:
    """Return `n` whole numbers from `told[0]` to `told[1]`, the last one not included."""
    return chance.integers(told[0], told[1], n)


def why(kind: str) -> Why:
    """Return the label of the rows of `kind`."""
    return Why(scenario=kind)


def told(world: World, kind: str, main: Ints, of: Ints | None = None, role: str = "main") -> None:
    """Say that `main` (one an instance, or of the instances `of`) are honest look-alikes of `kind`."""
    instance = np.arange(len(main)) if of is None else of
    for number in np.unique(instance).tolist():
        world.truths.look_alike(kind, int(number) + 1, main[instance == number], role)
