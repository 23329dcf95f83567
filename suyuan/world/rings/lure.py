"""How a ring finds its people: posts with a way to reach it, first calls, messages."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.frame.tables import Why
from suyuan.world.frame.world import World
from suyuan.world.life.rhythm import moments

_LETTERS = "abcdefghijkmnpqrstuvwxyz"


def handles(chance: np.random.Generator, n: int) -> list[str]:
    """Return `n` made-up chat names: four letters and five digits."""
    letters = chance.integers(0, len(_LETTERS), (n, 4)).tolist()
    tails = chance.integers(10_000, 100_000, n).tolist()
    return ["".join(_LETTERS[k] for k in row) + str(tail) for row, tail in zip(letters, tails, strict=True)]


def post(
    world: World,
    why: Why,
    *,
    chance: np.random.Generator,
    told: Mapping[str, Any],
    authors: Ints,
    owners: Ints,
    names: Sequence[str],
    days: Ints,
) -> Ints:
    """Publish a post on each of `days` and return their ids; every post carries one handle, most of them in disguise.

    Args:
        world: Where.
        why: Whose rows these are.
        chance: Draws words, platforms and authors.
        told: `platforms`, `kinds`, `titles`, `bodies` with `{handle}`, and `disguises` (way of disguise → sign).
        authors: People in whose accounts the posts appear; one each is drawn.
        owners: Who is reached by each of `names`.
        names: The handles.
        days: Of the world.
    """
    n = len(days)
    which, by = chance.integers(0, len(names), n), chance.integers(0, len(authors), n)
    shown = [names[k] for k in which.tolist()]
    way, written = _disguised(chance, told["disguises"], shown)
    bodies = chance.integers(0, len(told["bodies"]), n).tolist()
    kinds = list(told["kinds"])
    at = moments(world, chance, days)
    posts = world.add(
        "post",
        why,
        platform=_some(chance, told["platforms"], n),
        kind=[kinds[k] for k in weighted(chance, list(told["kinds"].values()), n).tolist()],
        author_id=authors[by],
        author_account=[f"u{100_000 + k * 7_919 % 899_983}" for k in (authors[by] & 0xFFFFF).tolist()],
        posted_at=at,
        title=_some(chance, told["titles"], n),
        body=[told["bodies"][b].format(handle=text) for b, text in zip(bodies, written, strict=True)],
        region_code=world.of(authors[by], "region_code"),
        device=world.of(authors[by], "_device"),
        ip=world.of(authors[by], "_ip"),
        views=chance.integers(40, 9_000, n),
    )
    seen = {"value": shown, "value_told": written, "disguise": way, "owner_id": owners[which]}
    world.add("handle", why, kind="wechat", post_id=posts, found_at=at + np.timedelta64(6, "h"), **seen)
    return posts


def _disguised(
    chance: np.random.Generator, told: Mapping[str, str], names: Sequence[str]
) -> tuple[pa.Array, list[str]]:
    """Return the way in which each of `names` is disguised (null: in none) and how it is written."""
    ways, signs = list(told), list(told.values())
    way = chance.integers(-1, len(ways), len(names)).tolist()
    written = [name if w < 0 else f"{signs[w]}{name}" for name, w in zip(names, way, strict=True)]
    return pa.array([ways[w] if w >= 0 else None for w in way], pa.string()), written


def _some(chance: np.random.Generator, words: Sequence[str], n: int) -> list[str]:
    return [words[k] for k in chance.integers(0, len(words), n).tolist()]
