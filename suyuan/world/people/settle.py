"""Phase one of a world: who lives there, which firms there are, their accounts, SIMs and ties."""

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, first_id
from suyuan.world.frame.world import World
from suyuan.world.people.banked import grown, open_town
from suyuan.world.people.facts import facts, hundredths
from suyuan.world.people.firms import add_firms, landlines
from suyuan.world.people.holders import texts
from suyuan.world.people.letters import either
from suyuan.world.people.lines import Lines, draw_lines, places, write_sims
from suyuan.world.people.persons import add_people, incomes, occupations, thin_files
from suyuan.world.people.places import birth_places, homes, offices, towers
from suyuan.world.people.ties import tie_everyone
from suyuan.world.people.town import Draft, draft

_FIXED_LINE = 20  # many firms that employ more tell the number of a fixed line


def settle(world: World) -> None:
    """Fill person, company, sim, account, tie and company_event; cost is linear in the scale."""
    town = draft(world)
    native = birth_places(world.chance("people", "native"), town.code)
    lines = draw_lines(world, town, native)
    _firms(world, town, lines)
    _people(world, town, native=native, lines=lines)
    reps = first_id("person") + town.rep
    world.tables.put("company", "legal_rep_name", texts(world, reps, "name"))
    world.tables.put("company", "legal_rep_id_no", texts(world, reps, "id_number"))
    write_sims(world, lines)
    open_town(world, town)
    tie_everyone(world, town)


def _id(table: str, rows: Ints) -> Ints:
    """Return the ids of `rows`; -1 stays."""
    return np.where(rows >= 0, first_id(table) + rows, NOBODY)


def _firms(world: World, town: Draft, lines: Lines) -> None:
    chance, n = world.chance("people", "firms"), len(town.trades)
    code, address = offices(chance, town.firm_code, towers=towers(world.options.scale))
    own = lines.number(lines.of_firm)
    fixed = (town.size > _FIXED_LINE) & hundredths(chance, facts("firms")["fixed_line"], n)
    agents = (town.agent >= 0) & hundredths(chance, facts("firms")["agents"]["keeps_phone"], n)
    of_agent = own.take(pa.array(np.maximum(town.agent, 0)))
    add_firms(
        world,
        chance,
        trades=town.trades,
        founded=town.founded,
        closed=town.closed,
        size=town.size,
        code=code,
        address=address,
        phone=either(agents, of_agent, either(fixed, landlines(chance, n), own)),
        _legal_rep=first_id("person") + town.rep,
        _main_account=first_id("account") + len(grown(town)) + np.arange(n),
        _sim=_id("sim", lines.of_firm),
        _agent=_id("company", town.agent),
        _device=lines.device[town.rep],
        _ip=town.home.household[town.rep],
        _background=1,
    )


def _people(world: World, town: Draft, *, native: Ints, lines: Lines) -> None:
    chance, home, age, n = world.chance("people", "people"), town.home, town.home.age, len(town.code)
    rural = np.isin(town.code, [int(code) for code in facts("places")["rural"]])
    trade = np.where(town.employer >= 0, town.trades[town.employer], "")
    firms = texts(world, first_id("company") + np.arange(len(town.trades)), "name")
    add_people(
        world,
        chance,
        born=-(age * 1461 // 4) - chance.integers(1, 366, n),
        male=home.male,
        surname=home.surname,
        native=native,
        code=town.code,
        phone=lines.number(lines.main),
        phone_2=lines.number(lines.second),
        address=homes(chance, town.code[home.heads]).take(pa.array(home.household)),
        employer=firms.take(pa.array(town.employer, mask=town.employer < 0)),
        occupation=occupations(trade, age),
        _employer=_id("company", town.employer),
        _income_fen=incomes(chance, age=age, works=town.works),
        _household=home.household,
        _main_account=_id("account", places(n, grown(town))),
        _main_sim=_id("sim", lines.main),
        _device=lines.device,
        _thin=thin_files(chance, age=age, rural=rural),
        _ip=home.household,
        _taken=np.zeros(n, np.int8),
        _rep=np.isin(np.arange(n), town.rep),
    )
