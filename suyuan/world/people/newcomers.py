"""People added after the town was settled: borrowers of far provinces, those who moved in."""

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, first_id
from suyuan.world.frame.world import World
from suyuan.world.people.accounts import add_accounts, house_drawn
from suyuan.world.people.devices import new_devices, new_ips
from suyuan.world.people.facts import hundredths
from suyuan.world.people.holders import holder_columns
from suyuan.world.people.names import surnames
from suyuan.world.people.persons import add_people, incomes, occupations
from suyuan.world.people.places import elsewhere, homes
from suyuan.world.people.sims import add_sims, next_ids, numbers_of

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

    They have no employer in the region; `ages` includes the last one.
    """
    code = elsewhere(chance, n) if region is None else np.asarray(region, np.int64)
    age = chance.integers(ages[0], ages[1] + 1, n)
    device, sim = new_devices(chance, n), next_ids(world, "sim", n)
    made = add_people(
        world,
        chance,
        born=-(age * 1461 // 4) - chance.integers(1, 366, n),
        male=hundredths(chance, 54, n),
        surname=surnames(chance, n),
        native=np.where(hundredths(chance, 80, n), code, elsewhere(chance, n)),
        code=code,
        phone=numbers_of(world, sim - first_id("sim"), code),
        address=homes(chance, code),
        employer=pa.nulls(n, pa.string()),
        occupation=occupations(np.full(n, ""), age),
        _employer=NOBODY,
        _income_fen=incomes(chance, age=age, works=hundredths(chance, 80, n)),
        _household=first_id("person") - 1 - next_ids(world, "person", n),
        _main_account=next_ids(world, "account", n),
        _main_sim=sim,
        _device=device,
        _thin=hundredths(chance, 15, n) if thin is None else np.full(n, thin),
        _ip=new_ips(chance, n),
        _rep=False,
        _taken=np.full(n, taken, np.int8),
    )
    _equip(world, chance, made, code=code, device=device)
    return made


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
