"""Who is who: members, victims and controllers of rings, what each ring shows, and the honest look-alikes."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import SHIFT, numbers
from suyuan.world.frame.truths import NOT_CORE, Truths
from suyuan.world.frame.world import World
from suyuan.world.truth.ids import kinds_told, told

MEMBERS = pa.schema(
    [
        ("ring_id", pa.string()),
        ("truth_id", pa.string()),
        ("kind", pa.string()),
        ("role", pa.string()),
        ("core", pa.bool_()),
        ("controller_rank", pa.int64()),
        ("since_on", pa.date32()),
    ]
)


def members(world: World) -> pa.Table:
    """Return `truth/members`: one row for each ring, person or firm, and role.

    `core` is true in all rows of a member of whom one role is no victim's, straw borrower's or unrelated service's.
    `controller_rank` stands in all rows of a controller (1: behind everything), else it is null. Victims are members
    since the first day of the world.
    """
    found = _roles(world.truths)
    core = {(ring, who) for ring, who, role in found if role not in NOT_CORE}
    ranks = {(ring, who): rank for ring, who, rank in world.truths.controllers}
    since = list(found.values())
    keys = list(found)
    ids = np.array([who for _, who, _ in keys], np.int64)
    return pa.table(
        [
            _ring_ids(world.truths, [ring for ring, _, _ in keys]),
            told(ids),
            kinds_told(ids),
            pa.array([role for _, _, role in keys], pa.string()),
            pa.array([(ring, who) in core for ring, who, _ in keys], pa.bool_()),
            pa.array([ranks.get((ring, who)) for ring, who, _ in keys], pa.int64()),
            pa.array(world.day(np.array(since, np.int64))),
        ],
        schema=MEMBERS,
    )


def victims(world: World) -> pa.Table:
    """Return `truth/victims`: what each received from the ring, paid into it, and is still asked for."""
    told_of = world.truths.victims
    return pa.table(
        {
            "ring_id": _spread(world.truths, [(ring, who) for ring, who, *_ in told_of]),
            "truth_id": told(_joined([who for _, who, *_ in told_of])),
            "profile": pa.array([p for _, who, p, *_ in told_of for _ in range(len(who))], pa.string()),
            "received_fen": _joined([_wide(fen, who) for _, who, _, fen, _, _ in told_of]),
            "paid_fen": _joined([_wide(fen, who) for _, who, _, _, fen, _ in told_of]),
            "claimed_fen": _joined([_wide(fen, who) for _, who, _, _, _, fen in told_of]),
        }
    )


def shows(world: World) -> pa.Table:
    """Return `truth/shows`: which subjects of a ring a typology should name."""
    told_of = world.truths.shown
    subjects = _joined([who for _, _, who in told_of])
    return pa.table(
        {
            "ring_id": _spread(world.truths, [(ring, who) for ring, _, who in told_of]),
            "typology_id": pa.array([name for _, name, who in told_of for _ in range(len(who))], pa.string()),
            "subject_kind": kinds_told(subjects),
            "truth_id": told(subjects),
        }
    )


def holders(world: World) -> pa.Table:
    """Return `truth/holders`: who holds each account, for every account that somebody of the world holds."""
    if not world.tables.rows("account"):
        held = np.empty(0, np.int64)
    else:
        held = np.asarray(world.column("account", "holder_id"), np.int64)
    known = np.flatnonzero(held >= 0)
    accounts = (np.int64(numbers()["account"]) << SHIFT) + known
    return pa.table({"account_id": told(accounts), "holder_id": told(held[known])})


def lookalikes(world: World) -> pa.Table:
    """Return `truth/lookalikes`: who belongs to which instance of which honest look-alike, as `main` or `crowd`."""
    told_of = world.truths.alike
    return pa.table(
        {
            "kind": pa.array([kind for kind, _, who, _ in told_of for _ in range(len(who))], pa.string()),
            "instance": pa.array([n for _, n, who, _ in told_of for _ in range(len(who))], pa.int64()),
            "truth_id": told(_joined([who for _, _, who, _ in told_of])),
            "role": pa.array([role for _, _, who, role in told_of for _ in range(len(who))], pa.string()),
        }
    )


def _roles(truths: Truths) -> dict[tuple[int, int, str], int]:
    """Return the first day of each ring, member and role, in the order in which they were told."""
    found: dict[tuple[int, int, str], int] = {}

    def tell(ring: int, who: Sequence[int], role: str, since: int) -> None:
        for each in who:
            found[ring, each, role] = min(since, found.get((ring, each, role), since))

    for ring, who, role, since in truths.roles:
        tell(ring, who.tolist(), role, since)
    for ring, who, *_ in truths.victims:
        tell(ring, who.tolist(), "victim", 0)
    bearers = {(ring, who) for ring, who, role in found if role not in NOT_CORE}
    for ring, one, _ in truths.controllers:
        if (ring, one) not in bearers:
            tell(ring, [one], "controller", 0)
    return found


def _ring_ids(truths: Truths, rings: Sequence[int]) -> pa.Array:
    return pa.array([truths.rings[ring].ring_id for ring in rings], pa.string())


def _spread(truths: Truths, told_of: Sequence[tuple[int, Ints]]) -> pa.Array:
    return _ring_ids(truths, [ring for ring, who in told_of for _ in range(len(who))])


def _joined(parts: Sequence[Ints]) -> Ints:
    return np.concatenate([np.empty(0, np.int64), *parts])


def _wide(fen: Ints, who: Ints) -> Ints:
    return np.broadcast_to(np.asarray(fen, np.int64), len(who)) if np.ndim(fen) == 0 else np.asarray(fen, np.int64)
