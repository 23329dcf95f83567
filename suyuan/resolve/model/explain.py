"""Says why a pair has its weight: what agreed at which level, and what each is worth."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log2

from suyuan.resolve.model.weights import Model, shape_of


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One part of a weight.

    Attributes:
        comparison: Name of the comparison; `prior` and `rarity` are no comparisons.
        label: Catalogue key of what was compared.
        level: Catalogue key of how it agreed.
        bits: What that is worth: positive speaks for one entity; one bit doubles the odds.
    """

    comparison: str
    label: str
    level: str
    bits: float


def explained(model: Model, levels: Mapping[str, int], weight: float | None = None) -> tuple[Reason, ...]:
    """Return the reasons of a pair, strongest first; the sum of all bits is its weight when `weight` is given.

    Args:
        model: Gave the weight.
        levels: Comparison → level, as `level_<comparison>` has it; -1, not compared, gives no reason.
        weight: The pair's weight; with it the prior is a reason, and so is how rare the agreeing values are.

    Raises:
        DataError: The model is of no known kind.
    """
    shape = shape_of(model.kind)
    told = [(each, levels.get(each.name, -1)) for each in shape.comparisons]
    reasons = [
        Reason(
            comparison=each.name,
            label=each.label,
            level=each.levels[-1 - level].label,
            bits=round(model.bits(each.name, level), 3),
        )
        for each, level in told
        if level >= 0
    ]
    if weight is not None:
        prior = round(log2(model.prior / (1 - model.prior)), 3)
        rest = round(weight - prior - sum(reason.bits for reason in reasons), 3)
        reasons.append(Reason(comparison="prior", label="model.prior", level="model.prior", bits=prior))
        if abs(rest) > 0.05:  # what rounding leaves of a dozen weights
            reasons.append(Reason(comparison="rarity", label="model.rarity", level="model.rarity", bits=rest))
    return tuple(sorted(reasons, key=lambda reason: (-abs(reason.bits), reason.comparison)))
