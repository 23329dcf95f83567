"""People added after the town was settled: borrowers of far provinces, those who moved in."""

from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, first_id
from suyuan.world.frame.world import World
from suyuan.world.people.accounts import add_accounts, house_drawn
from suyuan.world.people.devices import new_devices, new_ips
from suyuan.world.people.facts import by_weight, facts, hundredths
from suyuan.world.people.holders import holder_columns
from suyuan.world.people.names import firm_names, surnames
from suyuan.world.people.persons import add_people, incomes, occupations
from suyuan.world.people.places import city_names, elsewhere, homes
from suyuan.world.people.sims import add_sims, next_ids, next_rows, numbers_of

_LINE = 900  # days before the world within which their SIMs and cards were opened, at most


def newcomers(
    world: World,
    chance: np.random.Generator,
    n: int,
    *,
    region: Ints | None = None,
    thin: bool | None = None,
    ages: tuple[int, int] = (18, 70),
    taken: int = 0,
) -> Ints:
    """Add `n` people who live all over the country (or in `region`, six digits each), with card, SIM and device.

    They work, if at all, for firms that stand in no table; `ages` includes the last one.
    """
    code = elsewhere(chance, n) if region is None else np.asarray(region, np.int64)
    known = facts()["newcomers"]
    age = chance.integers(ages[0], ages[1] + 1, n)
    device, sim = new_devices(chance, n), next_ids(world, "sim", n)
    trade = _trades(chance, age)
    made = add_people(
        world,
        chance,
        born=-(age * 1461 // 4) - chance.integers(1, 366, n),
        male=hundredths(chance, known["men"], n),
        surname=surnames(chance, n),
        native=np.where(hundredths(chance, known["born_there"], n), code, elsewhere(chance, n)),
        code=code,
        phone=numbers_of(world, sim - first_id("sim"), code),
        address=homes(chance, code),
        **_work(chance, code=code, age=age, trade=trade),
        _employer=NOBODY,
        _income_fen=incomes(chance, age=age, works=_of_working_age(age)),
        _household=next_rows(world, "person", n),
        _main_account=next_ids(world, "account", n),
        _main_sim=sim,
        _device=device,
        _thin=hundredths(chance, known["thin"], n) if thin is None else np.full(n, thin),
        _ip=new_ips(chance, n),
        _rep=False,
        _taken=np.full(n, taken, np.int8),
    )
    _equip(world, chance, made, code=code, device=device)
    return made


def _trades(chance: np.random.Generator, age: Ints) -> np.ndarray[Any, Any]:
    """Return the trades of people's employers; empty for those who tell none."""
    known, n = facts()["newcomers"], len(age)
    works = _of_working_age(age) & hundredths(chance, known["works"], n)
    return np.where(works, by_weight(chance, known["trades"], n), "")


def _of_working_age(age: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    known = facts()["work"]
    return np.asarray((age >= known["from_age"]) & (age < known["to_age"]))


def _work(chance: np.random.Generator, *, code: Ints, age: Ints, trade: Any) -> dict[str, pa.Array]:
    """Return where people work and as what, by the trade (empty: none) of a firm of their city."""
    rows = np.flatnonzero(trade != "")
    none = pa.array([], pa.string())
    firms = firm_names(chance, trade[rows], known=none, stem=None, places=city_names(code[rows]))
    return {"employer": firms.take(_found(len(age), rows)), "occupation": occupations(trade, age)}


def _found(n: int, rows: Ints) -> pa.Array:
    """Return for each of `n` rows its place among `rows`; null when it is not among them."""
    at = np.full(n, NOBODY, np.int64)
    at[rows] = np.arange(len(rows))
    return pa.array(at, mask=at < 0)


def _equip(world: World, chance: np.random.Generator, people: Ints, *, code: Ints, device: Ints) -> None:
    """Open everyone's card and issue his SIM, both some time before the world."""
    holder, n = holder_columns(world, people), len(people)
    house = house_drawn(chance, "card", n)
    opened = -chance.integers(30, _LINE, n)
    add_accounts(world, chance, kind="card", house=house, opened=opened, holder=holder, device=device)
    del holder["phone"]
    operators = first_id("company") + np.flatnonzero(world.column("company", "_trade") == "telecom")
    opened = -chance.integers(30, _LINE, n)
    add_sims(world, chance, holder=holder, codes=code, opened=opened, device=device, operators=operators)
