"""How strongly the signals of one group, taken together, ask for a person's attention."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["context", "review", "urgent"]

WEIGHTS: Mapping[Severity, float] = {"context": 0.3, "review": 0.6, "urgent": 0.9}
"""How far one typology at full score carries a lead by itself.

Severity is what a person must do: an *urgent* typology alone raises a lead from half its scale upwards (with the
shipped `raise_at` of 0.45), a *review* one from three quarters, *context* never. None is 1: no single typology proves.
"""

RAISE_AT = 0.45
"""Shipped `[lead] raise_at`: one urgent typology at half its scale, as the published ring that cut 30 % of
seven-day loans and did nothing else (0.54), or two of review at a little under that together."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """The strongest firing of one typology in a group; `score` in [0, 1]."""

    typology_id: str
    severity: Severity
    score: float


@dataclass(frozen=True, kw_only=True)
class Scored:
    """`score` in [0, 1) and what each typology adds to it; the contributions sum to the score."""

    score: float
    contributions: Mapping[str, float]


def score(hits: Sequence[Hit]) -> Scored:
    """Return noisy-or over typologies: 1 − Π (1 − weight · score), strongest firing of each typology once.

    1.0 would mean that no doubt is left and is never reached, because no weight is 1. Typologies are taken as if they
    erred independently; two that read the same rows do not, so a score orders the day's work and is no probability.
    A contribution is the score split in proportion to −ln(1 − weight · score): what adding it was worth, in no order.
    Numbers are rounded to 6 digits; the last digit of the largest contribution takes up the rest.

    Examples:
        >>> score([Hit(typology_id="a", severity="urgent", score=1.0)]).score
        0.9
        >>> score([]).score
        0.0
    """
    best: dict[str, float] = {}
    for hit in hits:
        worth = WEIGHTS[hit.severity] * min(1.0, max(0.0, hit.score))
        best[hit.typology_id] = max(worth, best.get(hit.typology_id, 0.0))
    logs = {typology: -math.log1p(-best[typology]) for typology in sorted(best)}
    whole = math.fsum(logs.values())
    total = round(-math.expm1(-whole), 6)
    parts = {typology: round(total * log / whole, 6) if whole else 0.0 for typology, log in logs.items()}
    if parts:
        largest = max(parts, key=lambda typology: (parts[typology], typology))
        parts[largest] = round(parts[largest] + total - math.fsum(parts.values()), 6)
    return Scored(score=total, contributions=parts)
