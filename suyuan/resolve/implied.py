"""What follows from what is known of pairs: same is passed on, and different goes with it.

From a = b and b = c follows a = c; from a ≠ b and b = c follows a ≠ c. Two that differ from a third may be anything.
Source: union-find with path halving and union by size (Tarjan and van Leeuwen 1984, doi 10.1145/62.2160).
"""

from collections.abc import Iterable
from typing import Literal


class Implied:
    """Answers whether two names are known to be one, or known to be two. Cost: almost linear in what was told."""

    def __init__(self, *, same: Iterable[tuple[str, str]] = (), different: Iterable[tuple[str, str]] = ()) -> None:
        """Take in pairs of names; names that no pair holds stand alone."""
        self._above: dict[str, str] = {}
        self._size: dict[str, int] = {}
        for left, right in same:
            self._join(left, right)
        self._apart = {self._pair(left, right) for left, right in different}

    def group(self, name: str) -> str:
        """Return the name that stands for all that are one with `name`: the same for each of them."""
        above = self._above
        while above.get(name, name) != name:
            above[name] = above.get(above[name], above[name])
            name = above[name]
        return name

    def groups(self) -> dict[str, str]:
        """Return name → `group` of every name that was told to be the same as another."""
        return {name: self.group(name) for name in list(self._above)}

    def apart(self) -> set[tuple[str, str]]:
        """Return the pairs of groups that differ, the smaller first; a group with itself is a contradiction."""
        return set(self._apart)

    def answer(self, left: str, right: str) -> Literal["same", "different"] | None:
        """Return what is known of `left` and `right`, None for nothing; a contradiction counts as different."""
        pair = self._pair(left, right)
        if pair in self._apart:
            return "different"
        return "same" if pair[0] == pair[1] else None

    def _pair(self, left: str, right: str) -> tuple[str, str]:
        one, other = self.group(left), self.group(right)
        return (one, other) if one <= other else (other, one)

    def _join(self, left: str, right: str) -> None:
        one, other = self.group(left), self.group(right)
        sizes = self._size.get(one, 1), self._size.get(other, 1)
        upper, lower = (one, other) if (-sizes[0], one) <= (-sizes[1], other) else (other, one)
        self._above[upper], self._above[lower] = upper, upper
        self._size[upper] = sum(sizes) if one != other else sizes[0]
