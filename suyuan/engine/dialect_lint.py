"""Refuses what DuckDB and Spark do not say alike: names it, its line, and what to write instead."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One construct that is not portable."""

    line: int
    what: str
    key: str  # catalogue key of what to write instead


def lint(sql: str) -> list[Refusal]:
    """Return what in `sql` the house dialect refuses, in the order of the lines."""
    return []
