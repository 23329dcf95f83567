"""The draft of the population: everything drawn before a row is written, so that rows can name each other."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.frame.tables import NOBODY
from suyuan.world.frame.world import World
from suyuan.world.people.facts import by_weight, days_of, facts, hundredths
from suyuan.world.people.firms import OPEN
from suyuan.world.people.households import Households, households
from suyuan.world.people.places import districts

_YEAR = 365


@dataclass(frozen=True, kw_only=True)
class Draft:
    """People and firms by row number; `rep`, `seller`, `employer`, `agent` are row numbers, -1 nobody."""

    home: Households
    code: Ints
    works: Any
    employer: Ints
    trades: Any
    founded: Ints
    closed: Ints
    size: Ints
    firm_code: Ints
    rep: Ints
    seller: Ints
    sold: Ints
    agent: Ints


def draft(world: World) -> Draft:
    """Return who there is and who works for whom, at the scale of the world."""
    chance, scale = world.chance("people", "draft"), world.options.scale
    home = households(chance, max(600, round(facts()["people"] * scale)))
    code = districts(chance, int(home.household[-1]) + 1)[home.household]
    trades = chance.permutation(_trades(scale))
    kept = _kept(trades)
    founded = founding_days(world, chance, len(trades), kept=kept)
    rep, seller = _owners(chance, home.age, trades), _sellers(chance, home.age, len(trades))
    work = facts()["work"]
    works = (home.age >= work["from_age"]) & (home.age < work["to_age"]) & hundredths(chance, work["share"], len(code))
    employer = _employers(chance, works, trades)
    works[rep] = True
    employer[rep] = np.arange(len(trades))
    size = np.bincount(employer[employer >= 0], minlength=len(trades)).astype(np.int64)
    closed = _winding_up(world, chance, may=~kept & (size <= facts("firms")["wound_up_size"]), founded=founded)
    sold = _sales(world, chance, founded=founded, closed=closed)
    return Draft(
        home=home,
        code=code,
        works=works,
        employer=employer,
        trades=trades,
        founded=founded,
        closed=closed,
        size=size,
        firm_code=districts(chance, len(trades)),
        rep=rep,
        seller=np.where(sold < OPEN, seller, NOBODY),
        sold=sold,
        agent=_agents(chance, trades),
    )


def _trades(scale: float) -> Any:
    known = facts("firms")["trades"]
    counts = {
        trade: each["least"] if each.get("fixed") else max(each["least"], round(each["count"] * scale))
        for trade, each in known.items()
    }
    return np.repeat(np.array(list(counts)), list(counts.values()))


def _kept(trades: Any) -> Any:
    """Return which firms are there as long as the world lives: some trades, and the first two of every trade."""
    order = np.argsort(trades, kind="stable")
    start = np.searchsorted(trades[order], trades[order], side="left")
    first = np.zeros(len(trades), bool)
    first[order] = np.arange(len(trades)) - start < 2
    return first | np.isin(trades, facts("firms")["never_wound_up"])


def founding_days(world: World, chance: np.random.Generator, n: int, *, kept: Any) -> Ints:
    """Return days on which firms were founded: years ago, or (never those `kept`) while the world lives."""
    known = facts("firms")["age"]
    years = np.minimum(chance.lognormal(0.0, known["spread"], n) * known["middle"], known["oldest"])
    before = -np.rint(years * _YEAR).astype(np.int64) - 1
    share = facts("firms")["in_world"] * world.options.days // 550
    return np.where(~kept & hundredths(chance, share, n), chance.integers(0, world.options.days - 30, n), before)


def _employers(chance: np.random.Generator, works: Any, trades: Any) -> Ints:
    """Return everyone's employer: few employ many."""
    known = facts("firms")
    size = np.array([known["trades"][trade]["size"] for trade in trades.tolist()], np.int64)
    weights = np.rint(size * 100 * (0.3 + chance.pareto(known["size_tail"], len(trades)))).astype(np.int64)
    weights = np.minimum(weights, int(weights.sum()) * known["largest"] // 1000)
    return np.where(works, weighted(chance, weights, len(works)), NOBODY)


def _owners(chance: np.random.Generator, age: Ints, trades: Any) -> Ints:
    """Return the legal representative of every firm; some stand for several."""
    grown = chance.permutation(np.flatnonzero((age >= 24) & (age < 66)))
    counts = by_weight(chance, facts("firms")["owner_firms"], len(grown)).astype(np.int64)
    return chance.permutation(np.repeat(grown, counts)[: len(trades)])


def _sellers(chance: np.random.Generator, age: Ints, n: int) -> Ints:
    return chance.choice(np.flatnonzero((age >= 26) & (age < 70)), n)


def _winding_up(world: World, chance: np.random.Generator, *, may: Any, founded: Ints) -> Ints:
    known, n, days = facts("firms"), len(founded), world.options.days
    may = may & (founded < days - 150)
    share = known["wound_up"] * days * n // max(int(may.sum()), 1) // 550
    gone = may & hundredths(chance, share, n)
    return np.where(gone, days_of(chance, np.maximum(founded, 0) + 90, days - 20, n), OPEN)


def _sales(world: World, chance: np.random.Generator, *, founded: Ints, closed: Ints) -> Ints:
    """Return the day each firm changed hands; `OPEN` when it did not."""
    days, n = world.options.days, len(founded)
    may = (closed == OPEN) & (founded < days - 120) & hundredths(chance, facts("firms")["sold"], n)
    return np.where(may, days_of(chance, np.maximum(founded, 0) + 60, days - 20, n), OPEN)


def _agents(chance: np.random.Generator, trades: Any) -> Ints:
    """Return who filed the papers of every firm: a few agencies file many."""
    known = facts("firms")["agents"]
    agencies = np.flatnonzero(trades == "agency")
    weights = np.rint(100 * (0.2 + chance.pareto(known["tail"], len(agencies)))).astype(np.int64)
    drawn = agencies[weighted(chance, weights, len(trades))]
    filed = hundredths(chance, known["share"], len(trades)) & (drawn != np.arange(len(trades)))
    return np.where(filed, drawn, NOBODY)
