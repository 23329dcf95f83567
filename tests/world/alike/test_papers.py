from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from suyuan.world.alike.papers import COMMITTEE, EMPLOYER, OFFICER, SCENARIOS, STAR, VILLAGE

Rows = Callable[..., pa.Table]


@pytest.mark.parametrize("kind", [COMMITTEE, EMPLOYER, VILLAGE])
def test_one_form_stands_under_many_names_and_the_register_knows_every_one(played: Any, rows: Rows, kind: str) -> None:
    world, scenes = played(SCENARIOS)
    papers, checks = rows(world, "document", kind), rows(world, "registry_check", kind)
    assert len(set(papers["layout_digest"].to_pylist())) == scenes[kind].many
    assert len(set(papers["serial_no"].to_pylist())) == papers.num_rows == checks.num_rows
    assert set(checks["result"].to_pylist()) == {"found"}
    assert papers["handed_in_by_id"].equals(papers["subject_id"])


def test_each_farmer_repays_for_himself(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    repaid = rows(world, "repayment", VILLAGE)
    assert repaid.num_rows > 0
    assert set(repaid["payer_id"].to_pylist()) <= set(scenes[VILLAGE].crowd.tolist())
    assert len(set(repaid["payer_account_id"].to_pylist())) == len(set(repaid["payer_id"].to_pylist()))


def test_the_farmers_have_no_credit_history(played: Any) -> None:
    world, scenes = played(SCENARIOS)
    assert world.of(scenes[VILLAGE].crowd, "_thin").all()


def test_an_officer_decides_by_the_rule_on_the_loans_of_his_market(played: Any, rows: Rows) -> None:
    world, _ = played(SCENARIOS)
    approvals = rows(world, "approval", OFFICER)
    assert approvals["decision"].equals(approvals["rule_decision"])
    assert not any(approvals["overrides"].to_pylist())


def test_a_stars_customers_pay_their_premiums_themselves_and_keep_their_policies(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    policies = rows(world, "policy", STAR)
    assert policies["premium_payer_id"].equals(policies["holder_id"])
    assert set(policies["status"].to_pylist()) == {"in_force"}
    commission, premium = (np.array(policies[name].to_pylist()) for name in ("commission_fen", "premium_fen"))
    assert (commission < premium).all()
    assert np.bincount(scenes[STAR].of).min() >= 15
