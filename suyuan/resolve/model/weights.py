"""A trained model: a plain value that is kept as JSON beside the resolution that used it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import log2
from typing import Any

from suyuan.domain.errors import DataError
from suyuan.resolve.model.company import COMPANY
from suyuan.resolve.model.person import PERSON
from suyuan.resolve.model.shape import Shape

SHAPES: Mapping[str, Shape] = {"person": PERSON, "company": COMPANY}
VERSION = 1
DIGITS = 6  # significant ones; more would only tell of the order of additions


@dataclass(frozen=True, kw_only=True)
class Model:
    """The weights of one kind; the same data train the same model, and a model gives the same pair the same weight.

    Attributes:
        prior: Probability that a pair drawn at random, of two nodes and not both keyed, is one entity.
        weights: Comparison → (m, u) of its levels, from the best down.
        rarities: Column → value → its share of the nodes; under "" that of a value not listed. Kept here, so that a day
            of new data moves no old pair.
        blocks: Names of the blocks in use.
        evidence: What it was trained on: counts by name.
    """

    kind: str
    prior: float
    weights: Mapping[str, tuple[tuple[float, float], ...]]
    rarities: Mapping[str, Mapping[str, float]]
    blocks: tuple[str, ...]
    evidence: Mapping[str, int]

    def to_json(self) -> str:
        """Return the model as text; equal models give equal text."""
        told = {
            "version": VERSION,
            "kind": self.kind,
            "prior": self.prior,
            "weights": {name: [list(level) for level in levels] for name, levels in self.weights.items()},
            "rarities": self.rarities,
            "blocks": list(self.blocks),
            "evidence": self.evidence,
        }
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Model":
        """Return the model of `to_json`.

        Raises:
            DataError: It is no model, or of another shape than this version compares by; train it anew.
        """
        try:
            told: dict[str, Any] = json.loads(text)
            model = cls(
                kind=told["kind"],
                prior=told["prior"],
                weights={name: tuple((m, u) for m, u in levels) for name, levels in told["weights"].items()},
                rarities=told["rarities"],
                blocks=tuple(told["blocks"]),
                evidence=told["evidence"],
            )
        except (ValueError, KeyError, TypeError) as fault:
            raise DataError("model.unreadable", why=f"{type(fault).__name__}: {fault}") from fault
        if told["version"] != VERSION or not model.fits():
            raise DataError("model.other_shape", kind=model.kind)
        return model

    def fits(self) -> bool:
        """Return whether its comparisons, levels and blocks are those of this version."""
        shape = SHAPES.get(self.kind)
        if shape is None:
            return False
        levels = {comparison.name: len(comparison.levels) for comparison in shape.comparisons}
        known = {block.name for block in shape.blocks}
        return levels == {name: len(told) for name, told in self.weights.items()} and set(self.blocks) <= known

    def bits(self, comparison: str, level: int) -> float:
        """Return the weight of `level` (0 the worst; -1, not compared, weighs nothing), rarity left out."""
        if level < 0:
            return 0.0
        m, u = self.weights[comparison][-1 - level]
        return log2(m / u)


def rounded(value: float) -> float:
    """Return `value` to `DIGITS` significant digits."""
    return float(f"{value:.{DIGITS}g}")


def shape_of(kind: str) -> Shape:
    """Return the shape of `kind`.

    Raises:
        DataError: Nothing is compared of that kind.
    """
    if kind not in SHAPES:
        raise DataError("model.no_kind", kind=kind, known=", ".join(sorted(SHAPES)))
    return SHAPES[kind]
