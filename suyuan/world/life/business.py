"""Loans to firms: equal instalments, interest first, lawful renewals without repayment, a season that hits a trade."""

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, words
from suyuan.world.frame.world import World
from suyuan.world.life.actors import Pool, accounts, fame, firms, ordinary_firms, staff
from suyuan.world.life.book import METHODS, Conduct, Terms
from suyuan.world.life.credit import begin_days, rates, rounded
from suyuan.world.life.figures import choose, figures, permille, spread, volume
from suyuan.world.life.lend import Deal, Lent, lend
from suyuan.world.life.software import app_of


def live_business(world: World) -> None:
    """Add the loans that banks make to firms, and those that renew a loan at its end without repayment."""
    chance, n = world.chance("life", "business"), volume("credit", "business", world.options.scale)
    terms, deal = _terms(chance, world, n), _deal(world, chance, ordinary_firms(world, chance), n)
    first = terms.method == METHODS.index("interest_first")
    renewed = first & permille(chance, figures("credit")["renewal_share"], n)
    conduct = Conduct(**figures("credit")["business"]["conduct"])
    lent = _lend(world, chance, terms, deal, conduct, renewed=renewed)
    _renewals(world, chance, terms=terms, deal=deal, lent=lent, renewed=renewed)
    _bad_season(world, chance)


def _terms(chance: np.random.Generator, world: World, n: int) -> Terms:
    told = figures("credit")["business"]
    months = np.array(list(told["months"]))[choose(chance, told["months"], n)]
    method = np.array([METHODS.index(m) for m in told["method"]])[choose(chance, told["method"], n)]
    return Terms(
        principal=rounded(spread(chance, told["principal"][0], told["principal"][1], n), told["round_fen"]),
        monthly_ppm=rates(chance, told["rate_bp"][0], told["rate_bp"][1], n),
        months=months,
        method=method,
        start=begin_days(world, chance, months),
    )


def _deal(world: World, chance: np.random.Generator, pool: Pool, n: int) -> Deal:
    told = figures("credit")["business"]
    borrower = pool.draw(chance, n)
    lender = fame(world.chance("life", "lenders", "bank"), firms(world, "bank")).draw(chance, n)
    online = permille(chance, told["online"], n)
    extra = {
        "lender_kind": "bank",
        "product_kind": "小微企业贷款",
        "purpose": words(choose(chance, told["purposes"], n), list(told["purposes"])),
        "applied_online": online,
        "app_id": np.where(online, app_of(world, lender), NOBODY),
        "officer_id": staff(world, chance, lender),
        "penalty_daily_rate": figures("credit")["penalty_ppm"] / 1_000_000,
    }
    return Deal(lender=lender, borrower=borrower, payee_account=accounts(world, borrower), extra=extra)


def _lend(world: World, chance: np.random.Generator, terms: Terms, deal: Deal, conduct: Conduct, **more: Any) -> Lent:
    return lend(world, chance=chance, terms=terms, deal=deal, conduct=conduct, memo="企业贷款",
                penalty_ppm=figures("credit")["penalty_ppm"], **more)  # fmt: skip


def _renewals(world: World, chance: np.random.Generator, *, terms: Terms, deal: Deal, lent: Lent, renewed: Any) -> None:
    """Add a loan of the same sum on the day a renewed one ends; it settles the old one and pays nothing out."""
    over = np.flatnonzero(renewed & (lent.ended < world.options.days))
    old = lent.loans[over]
    again = Terms(
        principal=terms.principal[over],
        monthly_ppm=terms.monthly_ppm[over],
        months=terms.months[over],
        method=terms.method[over],
        start=lent.ended[over],
    )
    extra: dict[str, Any] = {name: _at(value, over) for name, value in deal.extra.items()}
    extra |= {"renewal_of_loan_id": old, "settles_loan_id": old, "purpose": "无还本续贷"}
    new = Deal(
        lender=deal.lender[over], borrower=deal.borrower[over], payee_account=deal.payee_account[over], extra=extra
    )
    conduct = replace(Conduct(**figures("credit")["business"]["conduct"]), prepaid=0)
    _lend(world, chance, again, new, conduct, pay_out=False)


def _at(value: Any, rows: Ints) -> Any:
    """Return a column of a deal at `rows`; a single value stands for all."""
    if isinstance(value, np.ndarray):
        return value[rows]
    return value.take(pa.array(rows)) if isinstance(value, pa.Array) else value


def _bad_season(world: World, chance: np.random.Generator) -> None:
    """Add loans of one hard-hit trade that stop being paid in the same weeks: a civil default, and nobody's crime."""
    told = figures("credit")["business"]
    season = told["bad_season"]
    n = max(2, volume("credit", "business", world.options.scale) * season["share"] // 4000)
    pool = fame(chance, firms(world, *season["trades"]))
    terms = _terms(chance, world, n)
    terms = replace(terms, start=season["from_day"] - 30 - chance.integers(0, 150, n), months=np.full(n, 12, np.int64))
    halt = chance.integers(season["from_day"], season["to_day"], n)
    _lend(world, chance, terms, _deal(world, chance, pool, n), Conduct(**told["conduct"]), halt=halt)
