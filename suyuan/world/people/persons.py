"""People row by row: whatever their part in the world, they are made here."""

from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.world import World
from suyuan.world.people.facts import facts, hundredths
from suyuan.world.people.letters import digit_text, either, joined
from suyuan.world.people.names import called, mail_addresses
from suyuan.world.people.numbers import resident_keys, residents
from suyuan.world.people.places import place_names


def add_people(
    world: World,
    chance: np.random.Generator,
    *,
    born: Ints,
    male: Any,
    surname: Ints,
    native: Ints,
    code: Ints,
    **columns: Any,
) -> Ints:
    """Add people born on days `born` of the world (negative) at `native`, living in `code`, and return their ids.

    `columns` tell address, phone, employer, occupation and the private ones.
    """
    known = world.column("person", "_key") if world.tables.rows("person") else np.zeros(0, np.int64)
    births, n = world.day(born), len(born)
    keys = resident_keys(codes=native, births=births, male=male, known=known, chance=chance)
    return world.add(
        "person",
        n=n,
        name=called(chance, surname, male),
        id_kind="resident_id",
        id_number=residents(keys),
        birth_on=births,
        sex=either(male, "male", "female"),
        email=mail_addresses(chance, n),
        household_address=joined(place_names(native)),
        region_code=digit_text(code, 6),
        _key=keys,
        _born=born,
        _surname=surname,
        **columns,
    )


def thin_files(chance: np.random.Generator, *, age: Ints, rural: Any) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return who has no credit history: the young, the old, people in villages more often."""
    known = facts()["thin"]
    share = np.where(
        age < 25, known["young"], np.where(age > 64, known["old"], np.where(rural, known["rural"], known["rest"]))
    )
    return hundredths(chance, share, len(age)) | (age < 18)


def incomes(chance: np.random.Generator, *, age: Ints, works: Any) -> Ints:
    """Return incomes in fen a month: log-normal with a heavy tail for those who work, pensions, next to nothing."""
    known, n = facts()["income"], len(age)
    wage = chance.lognormal(0.0, known["spread"], n) * known["middle"]
    top = hundredths(chance, known["top_share"], n)
    wage = np.where(top, known["middle"] * 2.5 * (1 + chance.pareto(known["top_tail"], n)), wage)
    rest = np.where(age >= facts()["work"]["to_age"], known["retired"], known["idle"]) * chance.lognormal(0.0, 0.35, n)
    fen = np.rint(np.minimum(np.where(works, wage, rest), 900_000.0)).astype(np.int64) * 100
    return np.where(age < facts()["work"]["from_age"], 0, fen)


def occupations(employer_trade: Any, age: Ints) -> pa.Array:
    """Return what people say they do, by the trade of their employer (empty: none) and age."""
    known = facts()
    trades, places = np.unique(employer_trade, return_inverse=True)
    said = [known["occupations"].get(each, known["occupations"][""]) for each in trades.tolist()]
    told = pa.array(said, pa.string()).take(pa.array(places.reshape(-1)))
    rest = either(
        age < known["work"]["from_age"],
        known["none"]["child"],
        either(age >= known["work"]["to_age"], known["none"]["retired"], known["none"]["idle"]),
    )
    return either(np.asarray(employer_trade) == "", rest, told)
