"""Who makes up a ring of blank-credit borrowers, and when each borrower is recruited, housed, lent to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.frame.tables import NOBODY, Why, first_id
from suyuan.world.frame.world import World
from suyuan.world.life.rhythm import workday
from suyuan.world.people.cast import devices, firms_of, found, ips, open_accounts, outside_accounts, take
from suyuan.world.rings.company import Company
from suyuan.world.rings.hubs import hubs, spread
from suyuan.world.rings.plan import figures, hidden, level, size, story
from suyuan.world.rings.send import Ways

KIND = "greenhouse"
SECOND = 2  # controllers: the one behind everything, and the one who runs it


@dataclass(frozen=True, kw_only=True)
class Borrowers:
    """The straw borrowers, one entry each; days are those of the world."""

    who: Ints
    account: Ints
    """Where the loan is paid to."""
    bank: Ints
    """Place among the ring's banks."""
    batch: Ints
    recruiter: Ints
    """Who found him, a person."""
    device: Ints
    ip: Ints
    flat: Ints
    recruited: Ints
    opened: Ints
    applied: Ints
    decided: Ints
    paid: Ints

    def __len__(self) -> int:
        return len(self.who)


@dataclass(frozen=True, kw_only=True)
class Crew(Company):
    """The ring. `people` are by role, `accounts` by what they are for (purse, pool, pad, payer, abroad)."""

    banks: Ints
    bank_accounts: Ints
    firms: Ints
    borrowers: Borrowers
    ways: Ways


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What the borrowers are fitted into."""

    told: Mapping[str, Any]
    at: Mapping[str, Any]
    banks: Ints
    why: Why


def hire(world: World, *, number: int) -> Crew:
    """Take the people of the `number`-th ring, found its firms, open its accounts, and fix its calendar."""
    told, days = figures(KIND), story(world, KIND, number, figures(KIND)["story"])
    at, chance = level(world, told), world.chance("rings", KIND, number, "crew")
    steps = {step: day for step, day in days.items() if step != "end"}
    truth = world.truths.ring(kind=KIND, number=number, hidden=hidden(world, KIND, number), story=steps)
    n = size(world, KIND, number, told["published"]["loans"], told["published"]["least"])
    banks = firms_of(world, "bank")
    banks = _chosen(world, chance, banks, min(4, 1 + n // at["loans_a_bank"]))
    people = _people(world, chance, told=told["people"], at=at, n=n, banks=banks)
    why = Why(ring=truth.index, step="prepare")
    heads = people["stall_firm"]
    firms = found(world, chance, len(heads), trade="farm", on=days["prepare"], legal_rep=heads, why=why)
    accounts = _accounts(world, chance, people, days=days, payers=at["payers"], why=why)
    borrowers = _borrowers(world, chance, people, days=days, frame=Frame(told=told, at=at, banks=banks, why=why))
    return Crew(
        truth=truth,
        days=days,
        told=told,
        at=at,
        people=people,
        banks=banks,
        bank_accounts=world.of(banks, "_main_account"),
        firms=firms,
        accounts=accounts,
        borrowers=borrowers,
        ways=Ways.of(
            at,
            hubs(
                world, chance, at, told["hubs"], holders=people["nominee"], firms=firms, on=days["recruit"] + 4, why=why
            ),
        ),
    )


def _chosen(world: World, chance: np.random.Generator, banks: Ints, n: int) -> Ints:
    """Return `n` of `banks`, a large one rather than a small one."""
    size = world.of(banks, "_size")
    return chance.permutation(np.unique(banks[weighted(chance, size + 1, 8)]))[:n]


def staff(world: World, chance: np.random.Generator, firm: int, n: int) -> Ints:
    """Return `n` people who work at `firm` (fewer where it has fewer)."""
    rows = np.flatnonzero(world.column("person", "_employer") == firm)
    return first_id("person") + rows[chance.permutation(len(rows))[:n]]


def _people(
    world: World, chance: np.random.Generator, *, told: Mapping[str, Any], at: Mapping[str, Any], n: int, banks: Ints
) -> dict[str, Ints]:
    people = {"controller": take(world, chance, SECOND, ages=(32, 58))}
    for role, each in told.items():
        count = max(each["least"], at["more"].get(role, 0), round(n / each["a"]))
        people[role] = _insiders(world, chance, banks, count) if role == "insider" else take(world, chance, count)
    people["straw_borrower"] = take(world, chance, n, thin=True)
    return people


def _insiders(world: World, chance: np.random.Generator, banks: Ints, count: int) -> Ints:
    """Return loan officers of the ring's banks, at least one; somebody from outside when a bank has no staff at all."""
    each = -(-count // len(banks))
    own = np.concatenate([staff(world, chance, int(bank), each) for bank in banks])
    return own if len(own) else take(world, chance, 1)


def _accounts(
    world: World,
    chance: np.random.Generator,
    people: Mapping[str, Ints],
    *,
    days: Mapping[str, int],
    payers: int,
    why: Why,
) -> dict[str, Ints]:
    """Open the ring's accounts in the names of nominees; the purse is a nominee's too, on the controller's device."""
    nominees, runner = people["nominee"], int(people["controller"][1])
    soon = days["recruit"] + 1
    boss = int(world.of(people["controller"][:1], "_device")[0])
    pads = np.concatenate([people["intermediary_2"], people["escort"], nominees[1:]])
    payer = np.concatenate([people["coach"], nominees, people["recruiter"]])[:payers]
    device = int(world.of(np.array([runner]), "_device")[0])
    return {
        "purse": open_accounts(world, chance, nominees[:1], on=soon, device=boss, why=why),
        "pool": open_accounts(world, chance, nominees[1:], on=days["prepare"], thin=True, device=device, why=why),
        "pad": spread(world, chance, np.repeat(pads, 2), on=soon, why=why),
        "payer": open_accounts(world, chance, payer, on=days["strike"] - 3, device=device, why=why),
        "abroad": outside_accounts(world, chance, 2, kind="card", why=why),
    }


def _borrowers(
    world: World, chance: np.random.Generator, people: Mapping[str, Ints], *, days: Mapping[str, int], frame: Frame
) -> Borrowers:
    at, n = frame.at, len(people["straw_borrower"])
    who, number = people["straw_borrower"], np.arange(n)
    batch = number // at["borrowers_a_batch"]
    flat = number // at["borrowers_a_flat"]
    bank = batch % len(frame.banks)
    calendar = _calendar(world, chance, batch, days=days, told=frame.told, at=at)
    device = devices(world, chance, 1 + n // at["borrowers_a_device"])[number // at["borrowers_a_device"]]
    account = np.zeros(n, np.int64)
    opened = np.where(chance.integers(0, 100, n) < at["opened_online"], device, NOBODY)
    for place, name in enumerate(bank_names(world, frame.banks)):
        mine = np.flatnonzero(bank == place)
        account[mine] = open_accounts(
            world, chance, who[mine], on=calendar["opened"][mine], bank=name, device=opened[mine], why=frame.why
        )
    return Borrowers(
        who=who,
        account=account,
        bank=bank,
        batch=batch,
        recruiter=people["recruiter"][chance.integers(0, len(people["recruiter"]), n)],
        device=device,
        ip=ips(world, chance, int(flat[-1]) + 1)[flat],
        flat=flat,
        **calendar,
    )


def bank_names(world: World, banks: Ints) -> list[str]:
    """Return the names under which `banks` keep accounts."""
    return [str(name) for name in world.of(world.of(banks, "_main_account"), "bank")]


def _calendar(
    world: World,
    chance: np.random.Generator,
    batch: Ints,
    *,
    days: Mapping[str, int],
    told: Mapping[str, Any],
    at: Mapping[str, Any],
) -> dict[str, Ints]:
    """Return the days of each borrower: recruited, account opened, applied, decided, paid out."""
    n, loan = len(batch), told["loan"]
    before, strike = days["strike"] - days["prepare"], days["strike"]
    room = days["wind_down"] - strike - at["batch_days"] - loan["decide_days"][1] - loan["pay_days"][1] - 8
    start = strike + max(room, 1) * batch // (int(batch[-1]) + 1)
    applied = workday(world, start + chance.integers(0, at["batch_days"], n))
    recruited = start - before - chance.integers(0, days["prepare"] - days["recruit"] + 1, n)
    opened = start - before + 2 if at["open_together"] else recruited + chance.integers(1, 12, n)
    decided = workday(world, applied + chance.integers(loan["decide_days"][0], loan["decide_days"][1] + 1, n))
    paid = workday(world, decided + chance.integers(loan["pay_days"][0], loan["pay_days"][1] + 1, n))
    return {"recruited": recruited, "opened": opened, "applied": applied, "decided": decided, "paid": paid}
