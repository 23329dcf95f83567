"""How a call, a login or a message looks by itself: drawn from one set of figures for everyone."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.frame.tables import words
from suyuan.world.life.figures import choose, chosen, figures, permille, spread

SIDES = ("person", "firm", "to_firm")
Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, kw_only=True)
class Rings:
    """How calls went: `ring` and `talk` in seconds; an unanswered call talked for 0."""

    answered: Flags
    ring: Ints
    talk: Ints


def call_sides(chance: np.random.Generator, n: int) -> Ints:
    """Return for each of `n` calls its place in `SIDES`: between people, from a firm, to a firm."""
    return choose(chance, figures("habits")["calls"]["sides"], n)


def call_habit(chance: np.random.Generator, sides: Ints) -> Rings:
    """Return how long calls of `sides` (places in `SIDES`) rang and talked."""
    told = figures("habits")["calls"]
    kinds = [told[side] for side in SIDES]
    n = len(sides)

    def each(name: str, place: int) -> np.ndarray[Any, Any]:
        return np.array([kind[name][place] for kind in kinds])[sides]

    answered = permille(chance, np.array([kind["answered"] for kind in kinds])[sides], n)
    ring = np.clip(spread(chance, each("ring", 0), each("ring", 1), n), told["least_ring"], told["longest_ring"])
    talk = np.clip(spread(chance, each("talk", 0), each("talk", 1), n), 1, told["longest_talk"])
    return Rings(answered=answered, ring=ring, talk=np.where(answered, talk, 0))


def rented_lines(chance: np.random.Generator, n: int) -> tuple[pa.Array, pa.DictionaryArray]:
    """Return `n` made-up numbers of lines that firms rent, and their kinds."""
    told = figures("habits")["calls"]
    kinds = choose(chance, told["lines"], n)
    landline = np.array([f"{code}-" for code in told["area_codes"]])[chance.integers(0, len(told["area_codes"]), n)]
    virtual = np.array(told["virtual_prefixes"])[chance.integers(0, len(told["virtual_prefixes"]), n)]
    tails = 10_000_000 + chance.integers(0, 90_000_000, n)
    mobile = kinds == list(told["lines"]).index("virtual")
    number = np.where(
        mobile, np.char.add(virtual, tails.astype("U8")), np.char.add(landline, (tails // 10).astype("U7"))
    )
    return pa.array(number.tolist()), words(kinds, list(told["lines"]))


def login_habit(chance: np.random.Generator, n: int) -> dict[str, Any]:
    """Return the columns `action`, `means` and `success` of `n` ordinary logins."""
    told = figures("habits")["logins"]
    return {
        "action": words(choose(chance, told["actions"], n), list(told["actions"])),
        "means": words(choose(chance, told["means"], n), list(told["means"])),
        "success": permille(chance, told["success"], n),
    }


def models(devices: Ints) -> pa.DictionaryArray:
    """Return the model of each device: one and the same for a device, whoever asks."""
    shares = figures("habits")["logins"]["models"]
    sums = np.cumsum(np.array(list(shares.values()), np.int64))
    mixed = (devices.astype(np.int64) * 2_654_435_761) % 1_000_003 % int(sums[-1])
    return words(np.searchsorted(sums, mixed, side="right"), list(shares))


def message_classes(chance: np.random.Generator, n: int) -> np.ndarray[Any, Any]:
    """Return what `n` ordinary messages are."""
    return chosen(chance, figures("habits")["messages"]["classes"], n)


def channels(chance: np.random.Generator, n: int) -> pa.DictionaryArray:
    """Return by which channel `n` ordinary messages went."""
    shares = figures("habits")["messages"]["channels"]
    return words(weighted(chance, list(shares.values()), n), list(shares))
