"""Who lives with whom: ages, sexes and surnames of households."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.people.facts import by_weight, facts, hundredths
from suyuan.world.people.names import surnames

HEAD, SPOUSE, CHILD, PARENT, OTHER = range(5)
_FIRST_PARENT = 4  # place in the household


@dataclass(frozen=True, kw_only=True)
class Households:
    """People by household; all arrays have one value a person, `place` 0 is the head."""

    household: Ints
    place: Ints
    part: Ints
    age: Ints
    male: Any
    surname: Ints

    @property
    def heads(self) -> Ints:
        """The rows of the heads, by household."""
        return np.flatnonzero(self.place == 0)


def households(chance: np.random.Generator, n: int) -> Households:
    """Return `n` people in households by published sizes and ages."""
    known = facts()
    ends = np.cumsum(by_weight(chance, known["household_size"], n).astype(np.int64))
    household = np.searchsorted(ends, np.arange(n), side="right").astype(np.int64)
    place = np.arange(n) - np.concatenate([[0], ends])[household]
    count = int(household[-1]) + 1
    bands = [*known["head_age"], known["oldest"]]
    low = by_weight(chance, known["head_age"], count).astype(np.int64)
    head = chance.integers(low, np.array(bands)[np.searchsorted(bands, low) + 1])
    head_male = hundredths(chance, 66, count)
    part, age = _parts(chance, place, head[household])
    male = _sexes(chance, part, place, head_male[household])
    return Households(
        household=household,
        place=place,
        part=part,
        age=age,
        male=male,
        surname=_surnames(chance, part=part, male=male, household=household, head_male=head_male),
    )


def _parts(chance: np.random.Generator, place: Ints, head: Ints) -> tuple[Ints, Ints]:
    """Return what everyone is to the head, and his age in years."""
    n, oldest = len(place), facts()["oldest"]
    child, parent = head - chance.integers(21, 35, n), head + chance.integers(20, 32, n)
    part = np.select([place == 0, place == 1, place < _FIRST_PARENT], [HEAD, SPOUSE, CHILD], PARENT)
    part = np.where((part == CHILD) & (child < 0), np.where(parent <= oldest, PARENT, OTHER), part)
    part = np.where((part == PARENT) & (parent > oldest), np.where(child >= 0, CHILD, OTHER), part)
    beside = np.clip(head + chance.integers(-4, 5, n), 18, oldest)
    age = np.select([part == HEAD, part == CHILD, part == PARENT], [head, child, parent], beside)
    return part.astype(np.int64), age.astype(np.int64)


def _sexes(chance: np.random.Generator, part: Ints, place: Ints, head_male: Any) -> Any:
    drawn = hundredths(chance, 51, len(part))
    return np.select([part == HEAD, part == SPOUSE, part == PARENT], [head_male, ~head_male, place % 2 == 0], drawn)


def _surnames(chance: np.random.Generator, *, part: Ints, male: Any, household: Ints, head_male: Any) -> Ints:
    """Return surnames: children bear the father's, a father of the head bears the head's."""
    of_head, of_spouse = surnames(chance, len(head_male)), surnames(chance, len(head_male))
    own = surnames(chance, len(part))
    of_child = np.where(head_male, of_head, of_spouse)
    ways = [part == HEAD, part == SPOUSE, part == CHILD, (part == PARENT) & male]
    return np.select(ways, [each[household] for each in (of_head, of_spouse, of_child, of_head)], own)
