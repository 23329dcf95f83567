"""Numbers that may be unknown: a share of nothing is null with its reason, never 0."""

from collections.abc import Sequence
from math import sqrt

Z95 = 1.959963984540054  # the 97.5 % point of the normal distribution


def share(hit: float, of: float) -> float | None:
    """Return `hit` ÷ `of`, null where there is nothing to divide by."""
    return hit / of if of else None


def f1(both: float, found: float, true: float) -> float | None:
    """Return 2 · both ÷ (found + true), the harmonic mean of precision and recall; null when both are empty."""
    return share(2 * both, found + true)


def wilson(hit: int, of: int) -> tuple[float, float] | None:
    """Return the 95 % interval of a share of counts; null when nothing was counted.

    Examples:
        >>> tuple(round(end, 3) for end in wilson(8, 10))
        (0.49, 0.943)

    Source: E. B. Wilson, Probable Inference, JASA 22 (1927), doi:10.1080/01621459.1927.10502953.
    """
    if not of:
        return None
    middle, z2 = hit / of, Z95 * Z95
    centre = (middle + z2 / (2 * of)) / (1 + z2 / of)
    reach = Z95 * sqrt(middle * (1 - middle) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(0.0, centre - reach), min(1.0, centre + reach)


def median(values: Sequence[float]) -> float | None:
    """Return the middle of `values`, the mean of the two in the middle where they are even; null of none."""
    if not values:
        return None
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2
