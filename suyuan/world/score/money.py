"""How much of the rings' money the leads tell of."""

from collections.abc import Mapping
from dataclasses import dataclass

from suyuan.world.score.number import share


@dataclass(frozen=True, kw_only=True)
class MoneyScores:
    """Amounts in fen. `found`: over found rings, what the ring's lead tells, at most what is true.

    `over_share`: what leads of found rings tell beyond what is true ÷ true.
    """

    true_fen: int
    found_fen: int
    amount_found_share: float | None
    over_share: float | None


def money_scores(*, best: Mapping[str, str], true: Mapping[str, int], told: Mapping[str, int | None]) -> MoneyScores:
    """Return how much money was found.

    Args:
        best: Found ring → its lead.
        true: Ring → fen that it took in.
        told: Raised lead → fen, null where it tells none.

    Where leads are raised and none of them tells an amount, what was found is unknown.
    """
    pairs = [(true[ring], told.get(lead) or 0) for ring, lead in best.items()]
    found = sum(min(pair) for pair in pairs)
    over = sum(max(0, claimed - real) for real, claimed in pairs)
    whole = sum(true.values())
    silent = bool(told) and all(fen is None for fen in told.values())
    return MoneyScores(
        true_fen=whole,
        found_fen=found,
        amount_found_share=None if silent else share(found, whole),
        over_share=None if silent else share(over, whole),
    )
