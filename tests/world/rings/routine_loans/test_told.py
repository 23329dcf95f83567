"""What is known and what is true of a ring."""

from typing import Any

import numpy as np
import pytest

from suyuan.world.frame.truths import NOT_CORE
from suyuan.world.rings.routine_loans.told import ROLES


def victims_of(world: Any, ring: Any) -> Any:
    return [each for each in world.truths.victims if each[0] == ring]


@pytest.mark.parametrize(("kind", "evasion"), [("lanzhou", 0), ("lanzhou", 1), ("qitaihe", 0)])
def test_what_each_victim_received_and_paid_was_transferred_to_the_fen(play: Any, kind: Any, evasion: Any) -> None:
    world, _ = play(kind, evasion=evasion)
    ring, flow = world.column("transfer", "_ring"), world.column("transfer", "_flow")
    amount = world.column("transfer", "amount_fen")
    for index in {each[0] for each in world.truths.victims}:
        for flow_name, side, place in (("payout", "dst_account_id", 3), ("intake", "src_account_id", 4)):
            mine = (ring == index) & (flow == flow_name)
            holder = world.of(world.column("transfer", side)[mine], "holder_id")
            for told in victims_of(world, index):
                for who, fen in zip(told[1].tolist(), told[place].tolist(), strict=True):
                    assert int(amount[mine][holder == who].sum()) == fen


def test_victims_of_all_three_profiles_are_told_once(ring: Any) -> None:
    world, crew = ring
    told = victims_of(world, crew.ring.index)
    assert {each[2] for each in told} == {"rolled_over", "paid_and_left", "stopped_paying"}
    assert sorted(np.concatenate([each[1] for each in told]).tolist()) == sorted(crew.victims.tolist())


def test_what_is_still_claimed_is_what_the_loans_say(ring: Any) -> None:
    world, crew = ring
    claimed = sum(int(each[5].sum()) for each in victims_of(world, crew.ring.index))
    told = world.column("loan", "claimed_principal_fen").sum() + world.column("loan", "claimed_interest_fen").sum()
    assert claimed == told > 0


@pytest.mark.parametrize("kind", ["lanzhou", "qitaihe"])
def test_no_report_and_no_complaint_names_a_hidden_ring(play: Any, kind: Any) -> None:
    world, _ = play(kind, hidden=1.0)
    assert all(ring.hidden for ring in world.truths.rings)
    for table in ("complaint", "police_report", "notice"):
        assert world.tables.rows(table) == 0


def test_somebody_speaks_of_a_ring_that_is_not_hidden(ring: Any) -> None:
    world, crew = ring
    assert world.tables.rows("complaint") > 0
    assert world.tables.rows("police_report") > 0
    assert np.isin(world.column("complaint", "against_id"), crew.lenders).all()


def test_the_one_behind_everything_is_told_and_roles_are_core(ring: Any) -> None:
    world, crew = ring
    ranks = {who: rank for index, who, rank in world.truths.controllers if index == crew.ring.index}
    assert ranks[int(crew.people["controllers"][0])] == 1
    assert not NOT_CORE & set(ROLES.values())
