"""Rows as institutions tell them, for tests."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.resolve.match.side import TOLD

START = datetime(2024, 3, 4)  # noqa: DTZ001 - house times carry no zone
_WORDS = ("rent", "wage", "goods", "gift", "loan", "fee", "fuel", "food", "books", "tax")


def told(*rows: dict[str, Any]) -> pa.Table:
    """Return rows of schema `TOLD`; `day` counts from START, what is not given is null."""
    full = [
        dict.fromkeys(TOLD.names)
        | {"key": str(number), "booked_at": START + timedelta(days=row.get("day", 0)), "day_only": True}
        | {name: value for name, value in row.items() if name != "day"}
        for number, row in enumerate(rows)
    ]
    return pa.Table.from_pylist(full, schema=TOLD)


def two_sides(*, pairs: int, alone: int = 0, seed: int = 1) -> tuple[pa.Table, pa.Table, list[int]]:
    """Return two sides of `pairs` transfers, `alone` more rows on each; and the right row of each left row, -1: none.

    The right side books up to three days later, now and then with a fee, and drops words.
    """
    rng = np.random.default_rng(seed)
    n = pairs + alone
    left: list[dict[str, Any]] = [
        {
            "day": int(rng.integers(0, 120)),
            "amount_fen": int(rng.integers(1_000, 900_000)),
            "memo": f"payer {int(rng.integers(0, 300)):04d} {_WORDS[int(rng.integers(0, 10))]}",
        }
        for _ in range(n)
    ]
    right: list[dict[str, Any]] = [
        {
            "day": row["day"] + int(rng.choice([0, 1, 1, 2, 3])),
            "amount_fen": row["amount_fen"] + int(rng.choice([0, 0, 0, -200])),
            "memo": row["memo"] if rng.random() < 0.6 else " ".join(row["memo"].split()[:2]),
        }
        for row in left[:pairs]
    ]
    right += [{"day": int(rng.integers(0, 120)), "amount_fen": int(rng.integers(1_000, 900_000)), "memo": "payer"}
              for _ in range(alone)]  # fmt: skip
    order = rng.permutation(n)
    place = {int(old): new for new, old in enumerate(order)}
    partner = [place[row] if row < pairs else -1 for row in range(n)]
    return told(*left), told(*(right[int(old)] for old in order)), partner
