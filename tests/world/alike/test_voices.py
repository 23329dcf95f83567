from collections import Counter
from collections.abc import Callable
from typing import Any

import pyarrow as pa

from suyuan.world.alike.voices import COLLECTOR, CONSENT, EDUCATION, HARDSHIP, HOSPITAL, SCENARIOS

Rows = Callable[..., pa.Table]


def test_a_lawful_collector_rings_the_debtor_alone_by_day_and_three_times_a_day_at_most(
    played: Any, rows: Rows
) -> None:
    world, _ = played(SCENARIOS)
    calls = rows(world, "call", COLLECTOR)
    assert calls["callee_id"].equals(calls["about_person_id"])
    moments = calls["started_at"].to_pylist()
    assert {at.hour for at in moments} <= set(range(8, 22))
    a_day = Counter((who, at.date()) for who, at in zip(calls["callee_id"].to_pylist(), moments, strict=True))
    assert max(a_day.values()) <= 3


def test_he_calls_about_a_loan_that_is_overdue(played: Any, rows: Rows) -> None:
    world, _ = played(SCENARIOS)
    calls = rows(world, "call", COLLECTOR)
    due = world.of(calls["about_loan_id"].to_numpy(), "due_on").astype("datetime64[D]")
    assert (calls["started_at"].to_numpy().astype("datetime64[D]") > due).all()


def test_a_hospital_rings_many_people(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    calls = rows(world, "call", HOSPITAL)
    called: dict[int, set[int]] = {}
    for desk, patient in zip(calls["caller_id"].to_pylist(), calls["callee_id"].to_pylist(), strict=True):
        called.setdefault(desk, set()).add(patient)
    assert len(called) == scenes[HOSPITAL].many
    assert min(map(len, called.values())) >= 15


def test_every_look_up_of_a_lender_has_a_consent_that_came_before(played: Any, rows: Rows) -> None:
    world, _ = played(SCENARIOS)
    queries = rows(world, "data_query", CONSENT)
    assert queries["consent_ref"].null_count == 0
    assert (queries["consented_at"].to_numpy() < queries["asked_at"].to_numpy()).all()


def test_posts_of_banks_and_educators_carry_their_own_number(played: Any, rows: Rows) -> None:
    world, _ = played(SCENARIOS)
    for kind in (HARDSHIP, EDUCATION):
        handles = rows(world, "handle", kind)
        assert handles.num_rows == rows(world, "post", kind).num_rows > 8
        assert handles["value"].equals(handles["value_told"])
