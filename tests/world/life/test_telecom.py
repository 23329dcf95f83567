"""Calls between people, from and to firms, and of lawful collectors."""

import numpy as np

from suyuan.world.frame.tables import is_of, row_of
from tests.world.life.life_of import life_of


def test_numbers_belong_to_those_who_call() -> None:
    world = life_of()
    caller, number = world.column("call", "caller_id"), world.column("call", "caller_number")
    people = is_of(caller, "person")
    assert (number[people] == world.of(caller[people], "phone")).all()
    callee = world.column("call", "callee_id")
    people = is_of(callee, "person")
    assert (world.column("call", "callee_number")[people] == world.of(callee[people], "phone")).all()


def test_a_firm_always_calls_from_the_same_line() -> None:
    world = life_of()
    caller, number = world.column("call", "caller_id"), world.column("call", "caller_number")
    firm = is_of(caller, "company")
    pairs = set(zip(caller[firm].tolist(), number[firm].tolist(), strict=True))
    assert len(pairs) == len(set(caller[firm].tolist()))


def test_how_much_people_call_is_heavy_tailed() -> None:
    world = life_of(scale=0.2)
    caller = world.column("call", "caller_id")
    counts = np.sort(np.bincount(row_of(caller[is_of(caller, "person")])))[::-1]
    assert counts[: len(counts) // 20].sum() > 0.15 * counts.sum()


def test_people_call_the_same_few_again_and_again() -> None:
    world = life_of(scale=0.2)
    caller, callee = world.column("call", "caller_id"), world.column("call", "callee_id")
    both = is_of(caller, "person") & is_of(callee, "person")
    pairs = np.unique(np.stack([caller[both], callee[both]], axis=1), axis=0)
    assert len(pairs) < 0.75 * both.sum()


def test_collectors_call_the_debtor_by_day_and_seldom() -> None:
    world = life_of(scale=0.2)
    about = world.column("call", "about_loan_id")
    call = about >= 0
    loan = row_of(about[call])
    at = world.column("call", "started_at")[call]
    assert call.sum() > 100
    assert (world.column("call", "callee_id")[call] == world.column("loan", "borrower_id")[loan]).all()
    hours = (at - at.astype("datetime64[D]")).astype("timedelta64[h]").astype(int)
    assert hours.min() >= 8
    assert hours.max() < 22
    _, times = np.unique(np.stack([loan, at.astype("datetime64[D]").astype(int)], axis=1), axis=0, return_counts=True)
    assert times.max() <= 3


def test_a_collector_works_under_contract() -> None:
    world = life_of(scale=0.2)
    call = world.column("call", "about_loan_id") >= 0
    lender = world.of(world.column("call", "about_loan_id")[call], "lender_id")
    pairs = set(zip(world.column("call", "caller_id")[call].tolist(), lender.tolist(), strict=True))
    told = zip(
        world.column("service_contract", "provider_id"), world.column("service_contract", "client_id"), strict=True
    )
    assert pairs <= {(int(a), int(b)) for a, b in told}
