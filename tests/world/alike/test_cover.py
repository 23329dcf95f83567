from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.alike.cover import HARDSHIP, HOSPITAL, SCENARIOS

Rows = Callable[..., pa.Table]


def test_a_hardship_surrender_loses_money_and_pays_the_holder_himself(played: Any, rows: Rows) -> None:
    world, _ = played(SCENARIOS)
    events = rows(world, "policy_event", HARDSHIP)
    paid, back = (np.array(events[name].to_pylist()) for name in ("premiums_paid_fen", "paid_fen"))
    assert (back < paid * 0.6).all()
    assert events["payee_id"].equals(events["asked_by_id"])


def test_hardship_comes_at_any_time_and_not_when_the_claw_back_ends(played: Any, rows: Rows) -> None:
    world, _ = played(SCENARIOS)
    policies = rows(world, "policy", HARDSHIP)
    after = policies["surrendered_on"].to_numpy().astype("datetime64[D]") - policies[
        "clawback_until_on"
    ].to_numpy().astype("datetime64[D]")
    assert after.astype(int).max() - after.astype(int).min() > 200


def test_everyone_injured_in_the_county_meets_the_same_doctor_and_is_paid_himself(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    claims = rows(world, "claim", HOSPITAL)
    assert len(set(claims["doctor_id"].to_pylist())) == scenes[HOSPITAL].many
    assert claims["claimant_id"].equals(claims["injured_id"])
    assert "agent_id" not in claims.column_names or claims["agent_id"].null_count == claims.num_rows
    assert len(set(claims["insurer_id"].to_pylist())) > 1


def test_most_injuries_have_no_grade_and_every_appraisal_belongs_to_a_claim(played: Any, rows: Rows) -> None:
    world, _ = played(SCENARIOS)
    claims, opinions = rows(world, "claim", HOSPITAL), rows(world, "injury_appraisal", HOSPITAL)
    assert 0 < opinions.num_rows < 0.6 * claims.num_rows
    graded = world.of(opinions["claim_id"].to_numpy(), "injury_grade").tolist()
    assert graded == opinions["grade"].to_pylist()
