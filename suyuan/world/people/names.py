"""What people and firms are called, and their addresses for mail: common parts put together, so that nobody is meant."""

from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.people.facts import by_weight, facts, hundredths
from suyuan.world.people.letters import ascii_text, chosen, digit_text, either, joined


def surnames(chance: np.random.Generator, n: int) -> Ints:
    """Return `n` places in the list of surnames, by frequency."""
    return weighted(chance, list(facts("names")["surnames"].values()), n)


def called(chance: np.random.Generator, surname: Ints, male: Any) -> pa.Array:
    """Return full names: surnames by their places, given names of one or two characters by sex."""
    known, n = facts("names"), len(surname)
    given = known["given"]
    characters = given["male"] + given["female"] + given["both"]
    sizes = [len(given[kind]) for kind in ("male", "female", "both")]

    def character() -> pa.Array:
        own = np.where(male, chance.integers(0, sizes[0], n), sizes[0] + chance.integers(0, sizes[1], n))
        shared = sizes[0] + sizes[1] + chance.integers(0, sizes[2], n)
        return chosen(characters, np.where(hundredths(chance, known["both_share"], n), shared, own))

    first = either(hundredths(chance, known["one_character"], n), "", character())
    return joined(chosen(list(known["surnames"]), surname), first, character())


def mail_addresses(chance: np.random.Generator, n: int) -> pa.Array:
    """Return `n` e-mail addresses under names that are reserved for examples; null for those who have none."""
    known = facts("names")["mail"]
    letters = ascii_text(chance.integers(ord("a"), ord("z") + 1, (n, 6)))
    told = joined(
        letters, digit_text(chance.integers(0, 10_000, n), 4), "@", pa.array(by_weight(chance, known["hosts"], n))
    )
    return either(hundredths(chance, known["share"], n), told, pa.scalar(None, pa.string()))


def firm_names(chance: np.random.Generator, trade: str, n: int, *, stem: str | None, place: str) -> pa.Array:
    """Return names of `n` firms of `trade`: place, stem, trade, form; of one `stem` when it is told."""
    known = facts("firms")
    trades, stems = known["trades"][trade], known["stems"]
    if trades.get("names"):
        told = [each["name"] for each in facts("banks")[trades["names"]]]
        return chosen([f"{name}{trades['forms'][0]}" for name in told], np.arange(n) % len(told))

    def character() -> pa.Array:
        return chosen(stems, chance.integers(0, len(stems), n))

    third = either(hundredths(chance, 45, n), character(), "")
    middle = (
        joined(stem, chosen(stems, chance.permutation(n) % len(stems)))
        if stem
        else joined(character(), character(), third)
    )
    word = chosen(trades["words"], chance.integers(0, len(trades["words"]), n))
    return joined(place, middle, word, chosen(trades["forms"], chance.integers(0, len(trades["forms"]), n)))
