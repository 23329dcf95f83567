"""Phase one of a world: who lives there, which firms there are, their accounts, SIMs and ties."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, first_id
from suyuan.world.frame.world import World
from suyuan.world.people.accounts import add_accounts, house_drawn
from suyuan.world.people.devices import tokens
from suyuan.world.people.facts import days_of, facts, hundredths
from suyuan.world.people.firms import add_firms, landlines
from suyuan.world.people.holders import holder_columns, texts
from suyuan.world.people.letters import either
from suyuan.world.people.persons import add_people, incomes, occupations, thin_files
from suyuan.world.people.places import birth_places, homes, offices
from suyuan.world.people.sims import add_sims, numbers_of
from suyuan.world.people.ties import tie_everyone
from suyuan.world.people.town import Draft, draft

_GROWN = 16  # years; the age from which one has a bank card of one's own
_OWN_LINE = 3  # firms that employ more have a phone of their own


@dataclass(frozen=True, kw_only=True)
class _Lines:
    """Who has which SIM, by row number of people and firms (-1: none), and where each SIM's number is allocated."""

    of_person: Ints
    of_firm: Ints
    holders: Ints
    codes: Ints
    device: Ints
    opened: Ints
    person_device: Ints


def settle(world: World) -> None:
    """Fill person, company, sim, account, tie and company_event; cost is linear in the scale."""
    town = draft(world)
    native = birth_places(world.chance("people", "native"), town.code)
    lines = _lines(world, town, native)
    numbers = numbers_of(world, np.arange(len(lines.holders), dtype=np.int64), lines.codes)
    firm_names = _firms(world, town, lines, numbers)
    _people(world, town, native=native, lines=lines, numbers=numbers, firm_names=firm_names)
    _legal_representatives(world, town)
    _sims(world, lines)
    _accounts(world, town)
    tie_everyone(world, town)


def _lines(world: World, town: Draft, native: Ints) -> _Lines:
    """Draw the SIMs: one for everyone who is old enough, a second for some, one for every larger firm."""
    chance, known = world.chance("people", "lines"), facts()["sims"]
    age, n = town.home.age, len(town.code)
    has = np.flatnonzero(age >= known["device_from_age"])
    second = has[hundredths(chance, known["second"], len(has))]
    large = np.flatnonzero(town.size > _OWN_LINE)
    device = np.where(age >= known["device_from_age"], tokens(chance, n), NOBODY)
    first_line = _places(n, has)
    of_firm = np.where(
        town.size > _OWN_LINE, len(has) + len(second) + _places(len(town.trades), large), first_line[town.rep]
    )
    moved = hundredths(chance, 45, n) & (native // 100 != town.code // 100)
    codes = np.concatenate([np.where(moved, native, town.code)[has], town.code[second], town.firm_code[large]])
    since = np.concatenate(
        [
            np.maximum(-age * 365 + 12 * 365, -6500)[has],
            np.full(len(second), -3000),
            np.maximum(town.founded[large], -6000),
        ]
    )
    until = np.concatenate([np.full(len(has), -30), np.full(len(second), world.options.days), town.founded[large] + 40])
    until = np.minimum(until, world.options.days)
    return _Lines(
        of_person=first_line,
        of_firm=of_firm,
        holders=np.concatenate([first_id("person") + has, first_id("person") + second, first_id("company") + large]),
        codes=codes,
        device=np.concatenate([device[has], device[second], np.full(len(large), NOBODY)]),
        opened=days_of(chance, np.minimum(since, until - 1), until, len(codes)),
        person_device=device,
    )


def _places(n: int, rows: Ints) -> Ints:
    """Return for each of `n` rows its place among `rows`, -1 when it is not among them."""
    found = np.full(n, NOBODY, np.int64)
    found[rows] = np.arange(len(rows))
    return found


def _id(table: str, rows: Ints) -> Ints:
    return np.where(rows >= 0, first_id(table) + rows, NOBODY)


def _firms(world: World, town: Draft, lines: _Lines, numbers: pa.Array) -> pa.Array:
    """Add the firms and return their names."""
    chance, n = world.chance("people", "firms"), len(town.trades)
    code, address = offices(
        chance, town.firm_code, towers=max(12, round(facts("places")["towers"]["number"] * world.options.scale))
    )
    own = numbers.take(pa.array(lines.of_firm))
    fixed = (town.size > 20) & hundredths(chance, 60, n)
    kept = (town.agent >= 0) & hundredths(chance, facts("firms")["agents"]["keeps_phone"], n)
    phone = either(kept, own.take(pa.array(np.maximum(town.agent, 0))), either(fixed, landlines(chance, n), own))
    ids = add_firms(
        world,
        chance,
        trades=town.trades,
        founded=town.founded,
        closed=town.closed,
        size=town.size,
        code=code,
        address=address,
        phone=phone,
        _legal_rep=first_id("person") + town.rep,
        _main_account=first_id("account") + int((town.home.age >= _GROWN).sum()) + np.arange(n),
        _sim=_id("sim", lines.of_firm),
        _agent=_id("company", town.agent),
        _background=1,
    )
    return texts(world, ids, "name")


def _people(world: World, town: Draft, *, native: Ints, lines: _Lines, numbers: pa.Array, firm_names: pa.Array) -> Ints:
    chance, home, n = world.chance("people", "people"), town.home, len(town.code)
    rural = np.isin(town.code, [int(code) for code in facts("places")["rural"]])
    heads = home.heads
    of_home = pa.array(home.household)
    employed = pa.array(town.employer, mask=town.employer < 0)
    trade = np.where(town.employer >= 0, town.trades[town.employer], "")
    age = home.age
    return add_people(
        world,
        chance,
        born=-(age * 1461 // 4) - chance.integers(1, 366, n),
        male=home.male,
        surname=home.surname,
        native=native,
        code=town.code,
        phone=numbers.take(pa.array(lines.of_person, mask=lines.of_person < 0)),
        address=homes(chance, town.code[heads]).take(of_home),
        employer=firm_names.take(employed),
        occupation=occupations(trade, age),
        _employer=_id("company", town.employer),
        _income_fen=incomes(chance, age=age, works=town.works),
        _household=home.household,
        _main_account=_id("account", _places(n, np.flatnonzero(age >= _GROWN))),
        _main_sim=_id("sim", lines.of_person),
        _device=lines.person_device,
        _thin=thin_files(chance, age=age, rural=rural),
        _ip=tokens(chance, len(heads))[home.household],
    )


def _legal_representatives(world: World, town: Draft) -> None:
    reps = first_id("person") + town.rep
    world.tables.put("company", "legal_rep_name", texts(world, reps, "name"))
    world.tables.put("company", "legal_rep_id_no", texts(world, reps, "id_number"))


def _sims(world: World, lines: _Lines) -> None:
    operators = first_id("company") + np.flatnonzero(world.column("company", "_trade") == "telecom")
    holder = holder_columns(world, lines.holders)
    del holder["phone"]
    add_sims(
        world,
        world.chance("people", "sims"),
        holder=holder,
        codes=lines.codes,
        opened=lines.opened,
        device=lines.device,
        operators=operators,
    )


def _accounts(world: World, town: Draft) -> None:
    """Open everyone's main account, then every firm's, then further cards, credit cards, wallets, merchants' accounts."""
    chance, known, age = world.chance("people", "accounts"), facts("banks"), town.home.age
    person, company = first_id("person"), first_id("company")
    grown = np.flatnonzero(age >= _GROWN)
    opened = days_of(chance, _since(age[grown]), -20, len(grown))
    _open(world, chance, kind="card", holders=person + grown, opened=opened)
    firms = np.arange(len(town.trades))
    after = np.minimum(town.founded + chance.integers(1, 45, len(firms)), world.options.days - 1)
    _open(world, chance, kind="corporate", holders=company + firms, opened=after)
    extra = np.repeat(
        grown,
        np.searchsorted(np.cumsum(list(known["cards"].values())), chance.integers(0, 100, len(grown)), side="right"),
    )
    _later(world, chance, kind="card", rows=extra, age=age)
    thin = world.column("person", "_thin").astype(bool)
    credit = np.flatnonzero((age >= 20) & (age < 66) & ~thin & hundredths(chance, known["credit_card"], len(age)))
    _later(world, chance, kind="credit_card", rows=credit, age=age)
    for place, share in known["wallet"].items():
        users = np.flatnonzero((age >= _GROWN) & (age < 76) & hundredths(chance, share, len(age)))
        _later(world, chance, kind="wallet", rows=users, age=age, house=int(place))
    second = np.flatnonzero(hundredths(chance, known["second_corporate"], len(firms)))
    _open(world, chance, kind="corporate", holders=company + second, opened=after[second])
    share = np.array([known["merchant"].get(trade, 0) for trade in town.trades.tolist()])
    sellers = np.flatnonzero(hundredths(chance, share, len(firms)))
    _open(world, chance, kind="merchant", holders=company + sellers, opened=after[sellers])


def _since(age: Ints) -> Ints:
    """Return the first day one may have opened an account: at sixteen, not before the earliest year."""
    first = (facts("banks")["opened"]["first"] - 2023) * 365 - 180
    return np.minimum(np.maximum(-(age - _GROWN) * 365, first), -60)


def _later(
    world: World, chance: np.random.Generator, *, kind: str, rows: Ints, age: Ints, house: int | None = None
) -> None:
    """Open further accounts, some of them while the world lives."""
    lately = hundredths(chance, facts("banks")["opened"]["in_world"], len(rows))
    opened = days_of(
        chance, np.where(lately, 0, _since(age[rows])), np.where(lately, world.options.days, -1), len(rows)
    )
    _open(world, chance, kind=kind, holders=first_id("person") + rows, opened=opened, house=house)


def _open(
    world: World, chance: np.random.Generator, *, kind: str, holders: Ints, opened: Ints, house: int | None = None
) -> None:
    n = len(holders)
    drawn = house_drawn(chance, kind, n)
    people = kind in {"card", "credit_card", "wallet"}
    online: Any = hundredths(chance, 38 if kind == "card" else 96, n)
    add_accounts(
        world,
        chance,
        kind=kind,
        house=drawn if house is None else np.full(n, house, np.int64),
        opened=opened,
        holder=holder_columns(world, holders),
        thin=hundredths(chance, 12, n),
        device=np.where(online, world.of(holders, "_device"), NOBODY) if people and n else NOBODY,
    )
