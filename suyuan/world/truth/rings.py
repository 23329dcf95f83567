"""One row a ring: what it is, what it took, and when it did what."""

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.options import START
from suyuan.world.frame.truths import RingTruth
from suyuan.world.frame.world import World
from suyuan.world.truth.labelled import Flows, moments

STEPS = ("recruit", "prepare", "strike", "launder", "wind_down")
RINGS = pa.schema(
    [
        ("ring_id", pa.string()),
        ("kind", pa.string()),
        ("parent_ring_id", pa.string()),
        ("hidden", pa.bool_()),
        ("victims", pa.int64()),
        ("amount_fen", pa.int64()),
        ("first_crime_at", pa.timestamp("s")),
        ("first_loss_at", pa.timestamp("s")),
        ("last_at", pa.timestamp("s")),
        *((f"{step}_on", pa.date32()) for step in STEPS),
    ]
)
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - China Standard Time, as everything in a world


def rings(world: World, flows: Flows) -> pa.Table:
    """Return `truth/rings`.

    `amount_fen` is the sum of the intakes, `first_loss_at` the first of them. `first_crime_at` is the first row of any
    table labelled with the step `strike`, `last_at` the last row of any step; null when there is none. The days are
    those of the story, null for a step the ring does not have.
    """
    ring, step, second = moments(world)
    strikes = step == "strike"
    rows = []
    for truth in world.truths.rings:
        mine, intake = ring == truth.index, (flows.ring == truth.index) & flows.intake
        rows.append(
            {
                "ring_id": truth.ring_id,
                "kind": truth.kind,
                "parent_ring_id": truth.parent,
                "hidden": truth.hidden,
                "victims": _victims(world, truth),
                "amount_fen": int(flows.amount_fen[intake].sum()),
                "first_crime_at": _at(second[mine & strikes], first=True),
                "first_loss_at": _at(flows.second[intake], first=True),
                "last_at": _at(second[mine], first=False),
                **{f"{name}_on": _on(truth.story.get(name)) for name in STEPS},
            }
        )
    return pa.Table.from_pylist(rows, schema=RINGS)


def _victims(world: World, truth: RingTruth) -> int:
    told: list[Any] = [who for index, who, *_ in world.truths.victims if index == truth.index]
    return len(np.unique(np.concatenate(told))) if told else 0


def _at(seconds: Ints, *, first: bool) -> datetime | None:
    if not len(seconds):
        return None
    return EPOCH + timedelta(seconds=int(seconds.min() if first else seconds.max()))


def _on(day: int | None) -> date | None:
    return None if day is None else START + timedelta(days=int(day))
