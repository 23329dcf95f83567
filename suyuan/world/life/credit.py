"""Loans of banks, consumer-finance and small-loan firms to people: consumer, card, micro, revolving and farm loans."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, words
from suyuan.world.frame.world import World
from suyuan.world.life.actors import Pool, accounts, adults, fame, firms, staff
from suyuan.world.life.book import METHODS, Conduct, Terms
from suyuan.world.life.figures import choose, chosen, figures, permille, spread, volume
from suyuan.world.life.lend import Deal, lend
from suyuan.world.life.rhythm import pick_days
from suyuan.world.life.software import app_of

LENDER_KINDS = {"bank": "bank", "consumer_finance": "consumer_finance", "small_loan": "small_loan"}


def live_credit(world: World) -> None:
    """Add every product of `data/life/credit.yml` that people take from licensed lenders."""
    told = figures("credit")
    people = adults(world, world.chance("life", "credit", "people"))
    for name, product in told["products"].items():
        chance = world.chance("life", "credit", name)
        borrowers = villagers(world, chance, people) if name == "farm" else people
        _product(world, chance, product, borrowers, n=volume("credit", name, world.options.scale))


def begin_days(world: World, chance: np.random.Generator, months: Ints) -> Ints:
    """Return days of pay-out: such that as many loans run at the start of the world as at its end."""
    back = np.minimum(months, figures("credit")["longest_history"]) * 30
    return pick_days(world, chance, len(months), -back, np.full(len(months), world.options.days))


def rates(chance: np.random.Generator, low_bp: Any, high_bp: Any, n: int) -> Ints:
    """Return monthly rates in millionths between two yearly ones in hundredths of a percent."""
    low, high = np.broadcast_to(low_bp, n), np.broadcast_to(high_bp, n)
    return np.asarray((low + chance.integers(0, 1 << 30, n) % (high - low + 1)) * 100 // 12, np.int64)


def rounded(amounts: Ints, step: int) -> Ints:
    """Return amounts rounded to whole steps, at least one."""
    return np.asarray(np.maximum((amounts + step // 2) // step, 1) * step, np.int64)


def villagers(world: World, chance: np.random.Generator, people: Pool) -> Pool:
    """Return those of `people` who work on farms or for themselves, or everyone where there are none."""
    occupation = world.of(people.ids, "occupation").astype(str)
    kept = np.char.startswith(occupation, "农") | np.char.startswith(occupation, "自由")
    return fame(chance, people.ids[kept]) if kept.any() else people


def _product(world: World, chance: np.random.Generator, product: Mapping[str, Any], people: Pool, *, n: int) -> None:
    borrower = people.draw(chance, n)
    trade = chosen(chance, product["lenders"], n)
    lender = _lenders(world, chance, trade)
    months = np.array([int(each) for each in product["months"]])[choose(chance, product["months"], n)]
    method = np.array([METHODS.index(m) for m in product["method"]])[choose(chance, product["method"], n)]
    low, high = (np.array([product["rate_bp"][each][side] for each in trade]) for side in (0, 1))
    median, sigma = product["incomes"]
    income = np.maximum(world.of(borrower, "_income_fen"), 100_000)
    terms = Terms(
        principal=rounded(spread(chance, income * median // 100, sigma, n), product["round_fen"]),
        monthly_ppm=rates(chance, low, high, n),
        months=months,
        method=method,
        start=begin_days(world, chance, months),
    )
    online = permille(chance, product["online"], n)
    extra = {
        "lender_kind": np.array([LENDER_KINDS[each] for each in trade], dtype=object),
        "product_kind": product["product_kind"],
        "purpose": words(choose(chance, product["purposes"], n), list(product["purposes"])),
        "applied_online": online,
        "app_id": np.where(online, app_of(world, lender), NOBODY),
        "officer_id": np.where(online, NOBODY, staff(world, chance, lender)),
        "penalty_daily_rate": figures("credit")["penalty_ppm"] / 1_000_000,
    }
    deal = Deal(lender=lender, borrower=borrower, payee_account=accounts(world, borrower), extra=extra)
    lend(world, chance=chance, terms=terms, deal=deal, conduct=Conduct(**product["conduct"]),
         penalty_ppm=figures("credit")["penalty_ppm"], memo=product["memo"])  # fmt: skip


def _lenders(world: World, chance: np.random.Generator, trade: Any) -> Ints:
    """Return a lender of each trade: a few of them do most of the business."""
    lender = np.full(len(trade), NOBODY, np.int64)
    for each in sorted(set(trade.tolist())):
        mine = trade == each
        lender[mine] = fame(world.chance("life", "lenders", each), firms(world, each)).draw(chance, int(mine.sum()))
    return lender
