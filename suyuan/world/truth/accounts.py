"""Which accounts are a ring's: those opened for it, and every other one that somebody of its core holds."""

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import words
from suyuan.world.frame.truths import NOT_CORE, Truths
from suyuan.world.frame.world import World

STEP = "prepare"
"""What an account is for that was not opened for a step of the story."""


def label_accounts(world: World) -> None:
    """Label every account that a core member holds as his ring's; what is labelled already stays as it is.

    Somebody who is at the core of several rings (a firm that serves them all) leaves his accounts to none of them.
    """
    if not world.tables.rows("account") or not world.truths.rings:
        return
    members, rings = core(world.truths)
    ring, holder = world.column("account", "_ring"), world.column("account", "holder_id")
    place = np.searchsorted(members, holder).clip(0, max(len(members) - 1, 0))
    theirs = (ring < 0) & np.isin(holder, members)
    steps = [str(each) for each in world.tables.table("account")["_step"].to_pylist()]
    vocabulary = sorted({*steps, STEP})
    codes = np.array([vocabulary.index(each) for each in steps], np.int64)
    world.tables.put("account", "_step", words(np.where(theirs, vocabulary.index(STEP), codes), vocabulary))
    world.tables.put("account", "_ring", np.where(theirs, rings[place] if len(rings) else ring, ring))


def core(truths: Truths) -> tuple[Ints, Ints]:
    """Return the people and firms at the core of exactly one ring, rising, and the index of that ring."""
    told = [(who, np.full(len(who), ring)) for ring, who, role, _ in truths.roles if role not in NOT_CORE]
    told += [(np.array([who]), np.array([ring])) for ring, who, _ in truths.controllers]
    if not told:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    pairs = np.unique(np.stack([np.concatenate(each) for each in zip(*told, strict=True)]), axis=1)
    members, first, often = np.unique(pairs[0], return_index=True, return_counts=True)
    return members[often == 1], pairs[1][first[often == 1]]
