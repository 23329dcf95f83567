"""Calls between people who know each other, from and to firms, and of lawful collectors."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints, around, weighted
from suyuan.world.frame.tables import NOBODY, first_id, row_of, words
from suyuan.world.frame.world import World
from suyuan.world.life.actors import fame, firms
from suyuan.world.life.figures import figures, spread, volume
from suyuan.world.life.habits import call_habit, call_sides, rented_lines
from suyuan.world.life.rhythm import moments, pick_days
from suyuan.world.life.ring_up import CELL


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Every number of the town: those of people, then those of firms, then the lines that firms call from."""

    numbers: pa.Array
    kinds: Ints
    people: int
    firms: int

    def shown(self, places: Ints) -> pa.DictionaryArray:
        """Return the numbers at `places`."""
        return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32)), self.numbers)

    def who(self, places: Ints) -> Ints:
        """Return the ids of those whose numbers stand at `places`."""
        firm = np.where(places >= self.people + self.firms, places - self.firms, places) - self.people
        return np.where(places < self.people, first_id("person") + places, first_id("company") + firm)


_KINDS = ["mobile", "landline", "voip", "virtual"]


def lines(world: World) -> Lines:
    """Return every number of the town; the line a firm calls from is its own and stays the same."""
    own = [pc.fill_null(pa.array(world.column(table, "phone"), pa.string()), "") for table in ("person", "company")]
    rented, kinds = rented_lines(world.chance("life", "lines"), len(own[1]))
    numbers = pa.concat_arrays([*own, rented])
    landline = np.array([number.startswith("0") for number in own[1].to_pylist()], np.int64)
    shapes = [np.zeros(len(own[0]), np.int64), landline, kinds.indices.to_numpy().astype(np.int64) + 1]
    return Lines(numbers=numbers, kinds=np.concatenate(shapes), people=len(own[0]), firms=len(own[1]))


def live_telecom(world: World) -> None:
    """Add a heavy-tailed net of calls among people, and those from and to firms."""
    chance = world.chance("life", "telecom")
    n = volume("telecom", "calls", world.options.scale)
    town = lines(world)
    sides = call_sides(chance, n)
    src, dst = np.empty(n, np.int64), np.empty(n, np.int64)
    friends = sides == 0
    src[friends], dst[friends] = _friends(world, chance, int(friends.sum()))
    for side in (1, 2):
        mine = sides == side
        firm, person = _served(world, chance, town, int(mine.sum()), line=side == 1)
        src[mine], dst[mine] = (firm, person) if side == 1 else (person, firm)
    add_calls(world, chance, town, src=src, dst=dst, sides=sides, at=_moments(world, chance, sides))


def add_calls(
    world: World, chance: np.random.Generator, town: Lines, *, src: Ints, dst: Ints, sides: Ints, at: Any, **more: Any
) -> Ints:
    """Add ordinary calls between two places among the town's lines, and return their ids."""
    habit = call_habit(chance, sides)
    person = src < town.people
    rows = np.where(person, src, 0)
    home = world.column("person", "_ip")[rows] // CELL
    return world.add(
        "call",
        caller_number=town.shown(src),
        callee_number=town.shown(dst),
        caller_id=town.who(src),
        callee_id=town.who(dst),
        number_kind=words(town.kinds[src], _KINDS),
        started_at=at,
        answered=habit.answered,
        ring_seconds=habit.ring,
        talk_seconds=habit.talk,
        caller_sim=np.where(person, world.column("person", "_main_sim")[rows], NOBODY),
        caller_device=np.where(person, world.column("person", "_device")[rows], NOBODY),
        caller_cell=np.where(person, home, NOBODY),
        **more,
    )


def reachable(world: World) -> Ints:
    """Return the rows of people who have a phone."""
    return np.flatnonzero(world.column("person", "_main_sim") != NOBODY).astype(np.int64)


def _moments(world: World, chance: np.random.Generator, sides: Ints) -> Any:
    at = np.empty(len(sides), "datetime64[s]")
    for firm in (False, True):
        mine = (sides != 0) == firm
        kind: Any = "firm" if firm else "call"
        days = pick_days(world, chance, int(mine.sum()), 0, world.options.days, kind=kind)
        at[mine] = moments(world, chance, days, kind=kind)
    return at


def _friends(world: World, chance: np.random.Generator, n: int) -> tuple[Ints, Ints]:
    """Return callers and callees: each calls his own circle, the nearest most; who calls whom goes both ways."""
    told = figures("telecom")
    people = reachable(world)
    circle = _circles(world, chance, people)
    busy = around(chance, 1000, spread=told["callers"], n=len(people)) + 1
    caller = weighted(chance, busy, n)
    callee = circle[caller, weighted(chance, told["circle_shares"], n)]
    turned = chance.integers(0, 2, n) == 1
    first, second = np.where(turned, callee, caller), np.where(turned, caller, callee)
    return people[first], people[second]


def _circles(world: World, chance: np.random.Generator, people: Ints) -> Ints:
    """Return whom each of `people` calls (places in `people`): the household, colleagues, and people many know."""
    n, size = len(people), figures("telecom")["circle"]
    place = np.arange(n, dtype=np.int64)
    circle = np.empty((n, size), np.int64)
    near = chance.integers(1, 4, (n, 3)) * np.where(chance.integers(0, 2, (n, 3)) == 1, 1, -1)
    circle[:, :3] = (place[:, None] + near) % n
    order = np.argsort(world.column("person", "_employer")[people], kind="stable")
    rank = np.empty(n, np.int64)
    rank[order] = place
    circle[:, 3:6] = order[(rank[:, None] + chance.integers(1, 12, (n, 3))) % n]
    known = around(chance, 1000, spread=1.2, n=n) + 1
    circle[:, 6:] = weighted(chance, known, n * (size - 6)).reshape(n, size - 6)
    return np.where(circle == place[:, None], (circle + 1) % n, circle)


def _served(world: World, chance: np.random.Generator, town: Lines, n: int, *, line: bool) -> tuple[Ints, Ints]:
    """Return the places of a firm's line (or of its own phone) and of the person it talks with."""
    shares = dict(figures("telecom")["centres"])
    rest = shares.pop("rest")
    pools = [firms(world, trade) for trade in shares] + [first_id("company") + np.arange(town.firms, dtype=np.int64)]
    which = weighted(chance, [*shares.values(), rest], n)
    firm = np.empty(n, np.int64)
    for place, pool in enumerate(pools):
        mine = which == place
        firm[mine] = fame(chance, pool, tail=0.8).draw(chance, int(mine.sum()))
    people = reachable(world)
    person = people[chance.integers(0, len(people), n)]
    return town.people + row_of(firm) + (town.firms if line else 0), person


def collect(world: World) -> None:
    """Add what lawful collectors do about honest overdue loans: to the debtor only, by day, twice a day at most."""
    chance, told = world.chance("life", "collection"), figures("telecom")["collection"]
    status = world.column("loan", "status").astype(str)
    private = world.column("loan", "lender_kind").astype(str) == "private"
    person = world.column("loan", "borrower_id") >> 40 == first_id("person") >> 40
    loan = np.flatnonzero(np.isin(status, ["overdue", "written_off"]) & ~private & person)
    last = _last_paid(world)[loan] + 36
    town, agencies = lines(world), fame(chance, firms(world, "collector"))
    firm = agencies.draw(chance, len(loan))
    times = np.minimum(spread(chance, told["calls"], told["sigma"], len(loan)), 40)
    row = np.repeat(np.arange(len(loan)), times)
    day = np.maximum(last, 0)[row] + chance.integers(0, told["within_days"], len(row))
    row, day = _capped(row, day, most=told["most_a_day"], end=world.options.days)
    hours = chance.integers(told["first_hour"] * 3600, told["last_hour"] * 3600, len(row))
    debtor = row_of(world.column("loan", "borrower_id")[loan[row]])
    add_calls(
        world, chance, town, src=town.people + town.firms + row_of(firm[row]), dst=debtor, sides=np.ones_like(row),
        at=world.moment(day, hours), about_person_id=first_id("person") + debtor,
        about_loan_id=first_id("loan") + loan[row],
    )  # fmt: skip
    _contracts(world, chance, lender=world.column("loan", "lender_id")[loan], firm=firm)


def _capped(row: Ints, day: Ints, *, most: int, end: int) -> tuple[Ints, Ints]:
    """Return the calls within the world, no more than `most` a day about one loan."""
    order = np.lexsort((day, row))
    row, day = row[order], day[order]
    same = np.ones(len(row), bool)
    same[most:] = (row[most:] != row[:-most]) | (day[most:] != day[:-most])
    kept = same & (day < end)
    return row[kept], day[kept]


def _last_paid(world: World) -> Ints:
    """Return the day of the last payment of each loan, or of its pay-out."""
    paid = world.column("loan", "paid_out_at").astype("datetime64[D]")
    last = np.asarray((paid - world.day(0)).astype(np.int64))
    days = (world.column("repayment", "paid_at").astype("datetime64[D]") - world.day(0)).astype(np.int64)
    np.maximum.at(last, row_of(world.column("repayment", "loan_id")), days)
    return last


def _contracts(world: World, chance: np.random.Generator, *, lender: Ints, firm: Ints) -> None:
    """Add one contract for each pair of lender and collector."""
    pairs = np.unique(np.stack([firm, lender], axis=1), axis=0)
    n = len(pairs)
    signed = -chance.integers(30, 600, n)
    world.add(
        "service_contract",
        provider_id=pairs[:, 0],
        client_id=pairs[:, 1],
        kind="collection",
        product="逾期账款催告服务",
        billing="share",
        currency="CNY",
        share=chance.integers(12, 31, n) / 100,
        signed_on=world.day(signed),
        from_on=world.day(signed),
        to_on=world.day(signed + 1095),
        account_id=world.of(pairs[:, 0], "_main_account"),
    )
