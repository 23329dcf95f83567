"""The weights that explain how often patterns of agreement occur: expectation and maximisation over all candidates.

Source: W. E. Winkler, Using the EM Algorithm for Weight Computation in the Fellegi-Sunter Model of Record Linkage
(1988); T. Enamorado, B. Fifield and K. Imai, APSR 113 (2019), doi:10.1017/S0003055418000783.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from suyuan.resolve.model.shape import Comparison
from suyuan.resolve.model.weights import rounded

Floats = npt.NDArray[np.float64]

ROUNDS = 60
BELIEF = 40.0  # pairs of one entity that the shares before any data are worth
EVENTS = 20.0  # chance agreements that a share before any data is worth
KEYED = 2000.0  # most pairs that clusters of one key are worth: what they tell was told with a key, the rest without
FLOOR = 1e-9


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What training looks at.

    Attributes:
        levels: Pattern × comparison; -1 not compared.
        pairs: How many candidate pairs show each pattern; of all candidates, whatever the sample.
        total: All pairs that could be one entity; those that are no candidates count as two.
        chance: Comparison → share of its levels among pairs drawn at random.
        drawn: How many such pairs.
        drawn_open: Share of them that could be one entity: not both keyed.
        keyed: Comparison → counts of its levels among pairs of one key, from the best down; absent: tells nothing.
        nodes: How many nodes there are.
    """

    levels: npt.NDArray[np.int64]
    pairs: Floats
    total: float
    chance: Mapping[str, Sequence[float]]
    drawn: float
    drawn_open: float
    keyed: Mapping[str, Floats]
    nodes: int


def fitted(
    comparisons: Sequence[Comparison], seen: Seen
) -> tuple[float, dict[str, tuple[tuple[float, float], ...]], int]:
    """Return the prior, the weights of every comparison, and about how many pairs are one entity.

    The pairs blocked are nearly all that are one entity, so one fit over all of them does, and what is not blocked
    weighs in the prior. Deterministic. Never fails: without data the shares are those of the comparisons.
    """
    m = [np.array([level.m for level in each.levels]) for each in comparisons]
    m = [each / each.sum() for each in m]
    prior = min(0.5, 1.0 / max(seen.nodes, 2))
    u = [_chance(each, seen, at, m[at], prior) for at, each in enumerate(comparisons)]
    one = np.zeros(len(seen.pairs))
    for _ in range(ROUNDS):
        bits = np.full(len(seen.pairs), np.log(prior) - np.log1p(-prior))
        for at in range(len(comparisons)):
            bits += _looked_up(np.log(m[at] / u[at]), seen.levels[:, at])
        one = seen.pairs / (1.0 + np.exp(-np.clip(bits, -500, 500)))
        prior = min(0.5, (float(one.sum()) + 1.0) / (seen.total + seen.nodes))
        m = [_of_one(each, seen, at, one) for at, each in enumerate(comparisons)]
        u = [_chance(each, seen, at, m[at], prior) for at, each in enumerate(comparisons)]
    weights = {
        each.name: tuple((rounded(float(a)), rounded(float(b))) for a, b in zip(m[at], u[at], strict=True))
        for at, each in enumerate(comparisons)
    }
    return rounded(prior), weights, round(float(one.sum()))


def _looked_up(logs: Floats, levels: npt.NDArray[np.int64]) -> Floats:
    """Return the log of each pattern's level; levels count from the worst, `logs` from the best."""
    return np.asarray(np.append(logs[::-1], 0.0)[levels], dtype=np.float64)


def _counted(levels: npt.NDArray[np.int64], weight: Floats, size: int) -> Floats:
    """Return the weight at each level, from the best down."""
    told = levels >= 0
    return np.bincount(levels[told], weights=weight[told], minlength=size)[::-1].astype(np.float64)


def _of_one(comparison: Comparison, seen: Seen, at: int, one: Floats) -> Floats:
    """Return the share of each level among pairs of one entity, as beliefs, keys and candidates tell it."""
    before = np.array([level.m for level in comparison.levels])
    counts = _counted(seen.levels[:, at], one, len(before)) + BELIEF * before / before.sum()
    keyed = seen.keyed.get(comparison.name)
    if keyed is not None and keyed.sum() > 0:
        counts = counts + keyed * min(1.0, KEYED / float(keyed.sum()))
    return np.asarray(np.maximum(counts / counts.sum(), FLOOR), dtype=np.float64)


def _chance(comparison: Comparison, seen: Seen, at: int, m: Floats, prior: float) -> Floats:
    """Return the share of each level among pairs of two entities: of those drawn, less what is one after all."""
    before = np.array([level.u for level in comparison.levels])
    shares = np.array(seen.chance.get(comparison.name, ()))
    if not len(shares) or shares.sum() <= 0:
        return np.asarray(before / before.sum(), dtype=np.float64)
    told = seen.pairs[seen.levels[:, at] >= 0].sum() / max(float(seen.pairs.sum()), 1.0)
    drawn = seen.drawn * max(float(told), 1e-6)
    events = np.maximum(drawn * (shares - prior * seen.drawn_open * m), 0.0) + EVENTS
    share = events / (drawn + EVENTS / before)
    return np.asarray(np.maximum(share / share.sum(), FLOOR), dtype=np.float64)
