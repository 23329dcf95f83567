"""What people and firms are called, and their mail addresses: common parts put together, so that nobody is meant."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

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


def firm_names(
    chance: np.random.Generator, trades: Any, *, known: pa.Array, stem: str | None, places: pa.Array
) -> pa.Array:
    """Return names of firms of `trades`: place (`places`), stem, trade, form; of one `stem` when it is told.

    No name comes twice or is one of `known`, as the register asks. Trades of named institutions take those names first.
    """
    names = np.empty(len(trades), object)
    each, which = np.unique(trades, return_inverse=True)
    for k, trade in enumerate(each.tolist()):
        here = np.flatnonzero(which.reshape(-1) == k)
        names[here] = _named(trade, len(here)) or _drawn(chance, trade, stem=stem, places=places.take(pa.array(here)))
    while len(again := _again(pa.array(names, pa.string()), known)):
        for row in again.tolist():
            names[row] = _drawn(chance, str(trades[row]), stem=stem, places=places.slice(row, 1))[0]
    return pa.array(names, pa.string())


def _named(trade: str, n: int) -> list[str]:
    """Return the names of the town's institutions of `trade`; nothing when it has none of its own."""
    trades = facts("firms")["trades"][trade]
    told = [each["name"] for each in facts("banks")[trades["names"]]] if "names" in trades else []
    return [told[row % len(told)] for row in range(n)] if told else []


def _drawn(chance: np.random.Generator, trade: str, *, stem: str | None, places: pa.Array) -> list[str]:
    known, n = facts("firms"), len(places)
    stems, words, forms = known["stems"], known["trades"][trade]["words"], known["trades"][trade]["forms"]

    def character() -> pa.Array:
        return chosen(stems, chance.integers(0, len(stems), n))

    third = either(hundredths(chance, known["long_stems"], n), character(), "")
    middle = joined(stem, character()) if stem else joined(character(), character(), third)
    word = chosen(words, chance.integers(0, len(words), n))
    found: list[str] = joined(places, middle, word, chosen(forms, chance.integers(0, len(forms), n))).to_pylist()
    return found


def _again(names: pa.Array, known: pa.Array) -> Ints:
    """Return the places of names that stand at an earlier place or are known."""
    codes = names.dictionary_encode().indices.to_numpy()
    repeated = np.ones(len(names), bool)
    repeated[np.unique(codes, return_index=True)[1]] = False
    taken = pc.is_in(names, value_set=known).to_numpy(zero_copy_only=False)
    return np.asarray(np.flatnonzero(repeated | taken), np.int64)
