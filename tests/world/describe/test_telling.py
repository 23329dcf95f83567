import importlib.util

import numpy as np
import pytest

from suyuan.domain.errors import UsageError
from suyuan.world.describe.telling import telling, tellings
from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import HONEST, Why
from suyuan.world.frame.world import World


def world(*, ring_rows: int, ring_middle: int, hours: tuple[int, int] = (8, 22)) -> World:
    made = World(options=Options(seed=5))
    chance = made.chance("telling test")
    accounts = made.add("account", number=[f"62{n:017}" for n in range(500)], kind="card")
    for why, n, middle in ((HONEST, 4_000, 700), (Why(ring=0, step="strike"), ring_rows, ring_middle)):
        made.add(
            "transfer",
            why,
            src_account_id=chance.choice(accounts, n),
            dst_account_id=chance.choice(accounts, n),
            booked_at=made.moment(chance.integers(0, 500, n), chance.integers(hours[0] * 3600, hours[1] * 3600, n)),
            amount_fen=np.rint(chance.lognormal(0, 1.4, n) * middle * 100).astype(np.int64),
            memo="转账",
        )
    return made


def test_rows_drawn_alike_cannot_be_told_apart() -> None:
    found = telling(world(ring_rows=600, ring_middle=700), "transfer")
    assert found.auc == pytest.approx(0.5, abs=0.06)
    assert found.strict


def test_rows_of_a_hundred_times_the_amount_give_themselves_away() -> None:
    found = telling(world(ring_rows=600, ring_middle=70_000), "transfer")
    assert found.auc is not None
    assert found.auc > 0.95
    assert found.strongest[0][0].startswith("amount_fen")


def test_a_handful_of_rows_is_no_measurement() -> None:
    found = telling(world(ring_rows=9, ring_middle=700), "transfer")
    assert (found.auc, found.why, found.ring_rows) == (None, "describe.too_few", 9)


def test_a_table_without_rows_is_no_measurement() -> None:
    assert telling(world(ring_rows=9, ring_middle=700), "policy").why == "describe.too_few"


def test_every_table_is_measured_and_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = World(options=Options(seed=1))
    assert {one.table for one in tellings(empty)} >= {"transfer", "call", "login", "account"}
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(UsageError) as refused:
        tellings(empty)
    assert refused.value.key == "describe.no_lightgbm"
