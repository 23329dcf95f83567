"""Founding firms while a story is cast: the register's row, a main account, a line, ties, an entry."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints, around
from suyuan.world.frame.tables import HONEST, Why
from suyuan.world.frame.world import World
from suyuan.world.people.facts import facts
from suyuan.world.people.firms import OPEN, add_firms
from suyuan.world.people.hand_out import crowd
from suyuan.world.people.holders import texts
from suyuan.world.people.letters import chosen, joined, whole
from suyuan.world.people.opening import each_of, issue_sims, open_accounts
from suyuan.world.people.places import districts, offices, place_names, towers
from suyuan.world.people.sims import next_ids, next_rows, numbers_of
from suyuan.world.people.ties import add_events, add_ties, shareholders, wind_up

_OWNERS = (24, 65)  # years


def found(
    world: World,
    chance: np.random.Generator,
    n: int,
    *,
    trade: str,
    on: Any,
    legal_rep: Any = None,
    owners: Ints | None = None,
    size: Any = None,
    address: Any = None,
    phone: Any = None,
    name_stem: str | None = None,
    region: Any = None,
    agent: Any = None,
    closed: Any = OPEN,
    device: Any = None,
    ip: Any = None,
    why: Why = HONEST,
) -> Ints:
    """Found `n` firms of `trade` on days `on`, each with a main account, a line, ties and an entry; return their ids.

    Told once or once each: `legal_rep` (people; None: anyone), `size` (employees), `address` and `phone` (texts),
    `region` (six digits), `agent` (the firm that filed the papers; -1: nobody; None: as usual), `closed` (the day of
    winding up; `OPEN`: none), `device` and `ip` (filed from; None: the legal representative's). `owners` are people of
    whom further shareholders are drawn; None: the other legal representatives told, or anyone when none are told. The
    line is the firm's `_sim`; its main account, opened within a month, its `_main_account`.
    """
    rep, pool = _people(world, chance, n, legal_rep=legal_rep, owners=owners)
    code, told = _where(world, chance, n, address=address, region=region)
    made = add_firms(
        world,
        chance,
        trades=np.full(n, trade),
        founded=each_of(on, n),
        closed=each_of(closed, n),
        size=around(chance, 3, spread=0.7, n=n) if size is None else each_of(size, n),
        code=code,
        stem=name_stem,
        why=why,
        address=told,
        phone=numbers_of(world, next_rows(world, "sim", n), code) if phone is None else phone,
        _agent=_agents(world, chance, n) if agent is None else each_of(agent, n),
        **_next(world, rep, device=device, ip=ip),
    )
    _equip(world, chance, made, why=why)
    _enter(world, chance, made, rep=rep, owners=pool, why=why)
    return made


def _people(
    world: World, chance: np.random.Generator, n: int, *, legal_rep: Any, owners: Ints | None
) -> tuple[Ints, Ints]:
    """Return the legal representatives and those of whom further shareholders are drawn."""
    if legal_rep is not None:
        rep = each_of(legal_rep, n)
        return rep, rep if owners is None else owners
    rep = crowd(world, chance, n, ages=_OWNERS)
    return rep, crowd(world, chance, 2 * n + 4, ages=_OWNERS) if owners is None else owners


def _agents(world: World, chance: np.random.Generator, n: int) -> Ints:
    """Return who filed the papers, as often as in the town: some agency or nobody (-1)."""
    told = world.column("company", "_agent")[world.column("company", "_background") == 1]
    return np.asarray(chance.choice(told, n), np.int64)


def _next(world: World, rep: Ints, *, device: Any, ip: Any) -> dict[str, Any]:
    """Return who represents the firms, where they file from, and the ids of the account and line they will have."""
    return {
        "legal_rep_name": texts(world, rep, "name"),
        "legal_rep_id_no": texts(world, rep, "id_number"),
        "_legal_rep": rep,
        "_device": world.of(rep, "_device") if device is None else each_of(device, len(rep)),
        "_ip": world.of(rep, "_ip") if ip is None else each_of(ip, len(rep)),
        "_main_account": next_ids(world, "account", len(rep)),
        "_sim": next_ids(world, "sim", len(rep)),
        "_background": 0,
    }


def _equip(world: World, chance: np.random.Generator, firms: Ints, *, why: Why) -> None:
    """Open the account and issue the line that `_next` promised."""
    last, n = world.options.days - 1, len(firms)
    day = world.of(firms, "_founded")
    begun = np.minimum(day + chance.integers(1, 30, n), last)
    open_accounts(world, chance, firms, on=begun, kind="corporate", why=why)
    issue_sims(world, chance, firms, on=np.minimum(day + chance.integers(0, 20, n), last), why=why)


def _enter(world: World, chance: np.random.Generator, firms: Ints, *, rep: Ints, owners: Ints, why: Why) -> None:
    """Write the ties and entries of firms just founded."""
    day, closed = world.of(firms, "_founded"), world.of(firms, "_closed")
    add_ties(world, src=rep, dst=firms, kind="legal_representative", since=day, why=why)
    shareholders(world, chance, firms=firms, first=rep, since=day, pool=owners, why=why)
    add_events(world, firms=firms, kind="founded", on=day, why=why)
    gone = closed < OPEN
    wind_up(world, firms=firms[gone], on=closed[gone], why=why)


def _where(
    world: World, chance: np.random.Generator, n: int, *, address: Any, region: Any
) -> tuple[Ints, pa.Array | str | Sequence[str]]:
    """Return region codes and addresses; the code of an address told alone is that of the district it names."""
    code = districts(chance, n) if region is None else each_of(region, n)
    drawn, told = offices(chance, code, towers=towers(world.options.scale))
    if address is None:
        return drawn, told
    if region is None:
        known = np.array([int(each) for each in facts("places")["districts"]], np.int64)
        texts_told = pa.array([address] * n if isinstance(address, str) else address, pa.string())
        for each, name in zip(known.tolist(), place_names(known).to_pylist(), strict=True):
            code = np.where(pc.starts_with(texts_told, name).to_numpy(zero_copy_only=False), each, code)
    return code, address


def rooms(world: World, chance: np.random.Generator, n: int, *, region: Any = None) -> tuple[Ints, pa.Array]:
    """Return the region codes and addresses of `n` rooms in one office building (of `region`, else of any district)."""
    code = districts(chance, 1) if region is None else each_of(region, 1)
    where, address = offices(chance, code, towers=towers(world.options.scale), inside=100)
    building = pc.replace_substring_regex(address, r"\d+层\d+室$", "")
    floor = chance.integers(3, 29, n)
    room = floor * 100 + chance.integers(1, 31, n)
    told = joined(chosen(building.to_pylist(), np.zeros(n, np.int64)), whole(floor), "层", whole(room), "室")
    return np.repeat(where, n), told
