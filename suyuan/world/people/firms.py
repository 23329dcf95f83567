"""Firms row by row: whatever their part in the world, they are made here."""

from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import HONEST, Why
from suyuan.world.frame.world import World
from suyuan.world.people.facts import by_weight, facts, hundredths
from suyuan.world.people.letters import ascii_text, digit_text, either, joined
from suyuan.world.people.names import firm_names
from suyuan.world.people.numbers import credit_codes
from suyuan.world.people.places import city_names
from suyuan.world.people.sims import next_rows

OPEN = 1 << 30
"""Day on which a firm that is not wound up is wound up."""
_CODES_SINCE = -2830
"""2015-10-01 as a day of the world."""


def add_firms(
    world: World,
    chance: np.random.Generator,
    *,
    trades: Any,
    founded: Ints,
    closed: Ints,
    size: Ints,
    code: Ints,
    stem: str | None = None,
    why: Why = HONEST,
    **columns: Any,
) -> Ints:
    """Add firms of `trades` founded and closed (`OPEN`: not) on days of the world, and return their ids.

    `columns` tell address, phone, legal representative and the private ones.
    """
    known, n = facts("firms")["trades"], len(founded)
    told = np.asarray(trades).tolist()
    kinds = np.array([known[trade]["code"] for trade in told])
    ended, rows = closed < world.options.days, next_rows(world, "company", n)
    new = founded > _CODES_SINCE
    return world.add(
        "company",
        why,
        n,
        name=firm_names(chance, trades, known=_names(world), stem=stem, places=city_names(code)),
        credit_code=credit_codes(seed=world.options.seed, rows=rows, kinds=kinds, codes=code, since_2015=new),
        founded_on=world.day(founded),
        closed_on=pa.array(world.day(np.where(ended, closed, 0)), mask=~ended),
        status=either(ended, "注销", "存续"),
        region_code=digit_text(code, 6),
        email=_mail(chance, n),
        website=_website(chance, n),
        currency="CNY",
        capital_fen=_capital(chance, kinds),
        insured_staff=_insured(chance, size),
        _size=size,
        _trade=pa.array(told, pa.string()).dictionary_encode(),
        _founded=founded,
        _closed=closed,
        **_told(told),
        **columns,
    )


def _told(trades: list[str]) -> dict[str, pa.Array]:
    """Return what firms of `trades` say they do."""
    known = facts("firms")["trades"]
    return {what: pa.array([known[trade][what] for trade in trades], pa.string()) for what in ("industry", "scope")}


def _names(world: World) -> pa.Array:
    """Return the names that are given already."""
    if not world.tables.rows("company"):
        return pa.array([], pa.string())
    return world.tables.table("company")["name"].combine_chunks()


def _capital(chance: np.random.Generator, kinds: Any) -> Ints:
    known = facts("firms")
    large = by_weight(chance, known["capital"], len(kinds))
    small = by_weight(chance, known["capital_small"], len(kinds))
    return np.where(kinds == "92", small, large).astype(np.int64) * 1_000_000


def _insured(chance: np.random.Generator, size: Ints) -> pa.Array:
    known = facts("firms")["insured"]
    share = np.where(size > 20, known["large"], known["small"])
    return pa.array(chance.binomial(size, share / 100).astype(np.int32))


def _mail(chance: np.random.Generator, n: int) -> pa.Array:
    letters = ascii_text(chance.integers(ord("a"), ord("z") + 1, (n, 7)))
    return either(hundredths(chance, 55, n), joined("office@", letters, ".example"), pa.scalar(None, pa.string()))


def _website(chance: np.random.Generator, n: int) -> pa.Array:
    letters = ascii_text(chance.integers(ord("a"), ord("z") + 1, (n, 8)))
    return either(hundredths(chance, 14, n), joined("www.", letters, ".example"), pa.scalar(None, pa.string()))


def landlines(chance: np.random.Generator, n: int) -> pa.Array:
    """Return `n` fixed lines of the city."""
    return joined(facts("places")["city"]["area"], "-", digit_text(chance.integers(2_000_000, 9_000_000, n), 7))
