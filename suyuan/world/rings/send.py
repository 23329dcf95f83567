"""How a ring sends money on: whole on the day, or in pieces over days and over its own accounts, by evasion level."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import Why
from suyuan.world.frame.world import World
from suyuan.world.life.blend import blend_moments
from suyuan.world.life.pay import pay
from suyuan.world.rings.cover import crowd, route
from suyuan.world.rings.cut import cut


@dataclass(frozen=True, kw_only=True)
class Ways:
    """How a ring's money travels at one evasion level."""

    piece_fen: int
    """Sums are cut around this; 0: they stay whole."""
    piece_spread: float
    days: int
    """A sum leaves within so many days."""
    routes: Mapping[str, int]
    """Of `cover.ROUTES`, by weight; empty: always straight to the payee."""
    least: int
    """See `cover.route`."""
    least_inside: int
    """The same for what moves among the ring's own: fewer and larger payments."""
    hubs: Mapping[str, Ints]

    @classmethod
    def of(cls, at: Mapping[str, Any], hubs: Mapping[str, Ints]) -> "Ways":
        """Return the ways told in the figures `at` of an evasion level."""
        told = at["ways"]
        return cls(
            piece_fen=told["piece_fen"],
            piece_spread=told["piece_spread"],
            days=told["days"],
            routes=told["routes"],
            least=told["least"],
            least_inside=told["least_inside"],
            hubs=hubs,
        )


def send(
    world: World,
    why: Why,
    *,
    chance: np.random.Generator,
    ways: Ways,
    src: Ints,
    dst: Ints,
    fen: Ints,
    day: Ints,
    memos: Sequence[str],
    flow: str = "move",
    inside: bool = False,
    since: Any = None,
    device: Ints | None = None,
    ip: Ints | None = None,
) -> None:
    """Pay `fen` from `src` to `dst` from `day` on; nothing that would begin after the world's last day.

    `inside`: the sum moves among the ring's own.
    `since` (moments, one a sum) says after when each sum may leave; `device` and `ip` (one a sum) from where.
    """
    owner, piece = cut(world, chance, fen, around_fen=ways.piece_fen, spread=ways.piece_spread)
    when = day[owner] + chance.integers(0, ways.days, len(owner))
    kept = (when < world.options.days) & (src[owner] != dst[owner])
    owner, piece, when = owner[kept], piece[kept], when[kept]
    at = blend_moments(world, chance, when, src=src[owner], dst=dst[owner])
    if since is not None:
        at = np.maximum(at, since[owner] + chance.integers(1_200, 9_000, len(owner)).astype("timedelta64[s]"))
    payer, payee = src[owner], dst[owner]
    if ways.routes and crowd(world) is not None:
        over: dict[str, Any] = {"hubs": ways.hubs, "routes": ways.routes}
        over["least"] = ways.least_inside if inside else ways.least
        route(world, why, chance=chance, src=payer, dst=payee, fen=piece, at=at, flow=flow, **over)
        return
    memo = [memos[k] for k in chance.integers(0, len(memos), len(owner)).tolist()]
    where = {name: each[owner] for name, each in (("device", device), ("ip", ip)) if each is not None}
    pay(world, why, src=payer, dst=payee, at=at, amount_fen=piece, memo=memo, flow=flow, **where)
