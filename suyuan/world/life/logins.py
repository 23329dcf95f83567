"""Logins of everyone: to the bank, the wallet, the lender, from home, work and the way; people change their phones."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints, around, weighted
from suyuan.world.frame.tables import NOBODY, first_id, is_of, row_of
from suyuan.world.frame.world import World
from suyuan.world.life.actors import fame
from suyuan.world.life.figures import figures, permille, volume
from suyuan.world.life.habits import login_habit, models
from suyuan.world.life.rhythm import moments, pick_days
from suyuan.world.life.wallets import everyday_apps, keepers_apps, usual_account
from suyuan.world.people.cast import devices, ips


def live_logins(world: World) -> None:
    """Add logins to banks and wallets, and those around loans that were applied for online."""
    chance, told = world.chance("life", "logins"), figures("logins")
    n = volume("logins", "logins", world.options.scale)
    people = np.flatnonzero(
        (world.column("person", "_device") != NOBODY) & (world.column("person", "_main_account") >= 0)
    )
    busy = around(chance, 1000, spread=told["busy"], n=len(people)) + 1
    row = people[weighted(chance, busy, n)].astype(np.int64)
    day = pick_days(world, chance, n, 0, world.options.days, kind="login")
    account, app = _where_to(world, chance, row)
    _add(world, chance, row=row, day=day, account=account, app=app, at=moments(world, chance, day, kind="login"))
    _borrowers(world, chance)


def _where_to(world: World, chance: np.random.Generator, row: Ints) -> tuple[Ints, Ints]:
    """Return the account each login is to, and the app of who keeps it; or no account and an app that knows none."""
    account = usual_account(world, chance, first_id("person") + row)
    app = keepers_apps(world)[row_of(account)]
    plain = everyday_apps(world)
    without = permille(chance, figures("logins")["without_account"], len(row)) & (len(plain) > 0)
    other = fame(world.chance("life", "logins", "apps"), plain).draw(chance, int(without.sum()))
    account, app = np.where(without, NOBODY, account), app.copy()
    app[without] = other
    return account, app


def _add(
    world: World, chance: np.random.Generator, *, row: Ints, day: Ints, account: Any, app: Ints, at: Any, **more: Any
) -> None:
    device = _devices(world, chance, row, day)
    world.add(
        "login",
        person_id=first_id("person") + row,
        account_id=account,
        user_name=pa.DictionaryArray.from_arrays(
            pa.array(row.astype(np.int32)), pc.fill_null(pa.array(world.column("person", "phone"), pa.string()), "")
        ),
        app_id=app,
        logged_in_at=at,
        device=device,
        device_model=models(device),
        ip=_addresses(world, chance, row),
        **{**login_habit(chance, len(row)), **more},
    )


def _devices(world: World, chance: np.random.Generator, row: Ints, day: Ints) -> Ints:
    """Return the phone of each login: one's own, a newer one from some day on, or one of the household's."""
    told, people = figures("logins"), world.tables.rows("person")
    fixed = world.chance("life", "logins", "phones")
    own = world.column("person", "_device")
    changed = np.where(
        permille(fixed, told["new_phone"], people), fixed.integers(0, world.options.days, people), 1 << 20
    )
    newer = devices(world, fixed, people)
    device = np.where(day >= changed[row], newer[row], own[row])
    household = world.column("person", "_household")
    beside = np.minimum(row + 1, people - 1)
    lent = permille(chance, told["borrowed"], len(row)) & (household[beside] == household[row]) & (own[beside] >= 0)
    return np.where(lent, own[beside], device)


def _addresses(world: World, chance: np.random.Generator, row: Ints) -> Ints:
    """Return where each login comes from: home, a carrier's address that many share, or work."""
    told, n = figures("logins"), len(row)
    pool = ips(world, world.chance("life", "logins", "pool"), volume_of_pool(world))
    place = chance.integers(0, 1000, n)
    shared = pool[(row + chance.integers(0, 24, n)) % len(pool)]
    employer = world.column("person", "_employer")[row]
    work = np.where(
        employer >= 0, world.column("company", "_ip")[row_of(np.maximum(employer, first_id("company")))], shared
    )
    home = world.column("person", "_ip")[row]
    return np.where(place < told["at_home"], home, np.where(place < told["at_home"] + told["on_the_way"], shared, work))


def volume_of_pool(world: World) -> int:
    """Return how many addresses the carriers give to many, at least thirty."""
    return max(30, round(int(figures("logins")["pool"]) * world.options.scale))


def _borrowers(world: World, chance: np.random.Generator) -> None:
    """Add logins to the lender's app just before and after an application online."""
    online = world.column("loan", "applied_online").astype(bool) & (world.column("loan", "app_id") != NOBODY)
    who, applied = world.column("loan", "borrower_id"), world.column("loan", "applied_at")
    fits = online & is_of(who, "person") & (applied >= world.moment(0, 3600))
    fits[fits] &= world.of(who[fits], "_device") != NOBODY
    loan = np.repeat(np.flatnonzero(fits), figures("logins")["of_loans"])
    at = applied[loan] + chance.integers(-1800, 600, len(loan)).astype("timedelta64[s]")
    day = (at.astype("datetime64[D]") - world.day(0)).astype(np.int64)
    _add(world, chance, row=row_of(who[loan]), day=day, account=NOBODY, app=world.column("loan", "app_id")[loan], at=at)
