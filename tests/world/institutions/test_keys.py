import numpy as np

from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import first_id
from suyuan.world.frame.world import World
from suyuan.world.institutions.keys import customer_no, row_no

WORLD = World(options=Options(seed=7))
PEOPLE, FIRMS = first_id("person") + np.arange(5000), first_id("company") + np.arange(50)


def test_two_institutions_know_one_person_by_different_numbers() -> None:
    both = [customer_no(WORLD, name, PEOPLE[:3]).to_pylist() for name in ("bank_01", "bank_02")]
    assert not set(both[0]) & set(both[1])


def test_an_institution_gives_nobody_the_number_of_another() -> None:
    told = customer_no(WORLD, "bank_01", np.concatenate([PEOPLE, FIRMS])).to_pylist()
    assert len(set(told)) == len(told)


def test_nobody_has_no_number() -> None:
    assert customer_no(WORLD, "bank_01", np.array([-1, PEOPLE[0], FIRMS[0]])).is_null().to_pylist() == [
        True,
        False,
        False,
    ]


def test_a_number_does_not_tell_how_early_somebody_came() -> None:
    told = customer_no(WORLD, "bank_01", PEOPLE[:200]).to_pylist()
    assert told != sorted(told)


def test_rows_of_two_tables_never_share_a_number() -> None:
    loans, policies = (row_no(WORLD, table, first_id(table) + np.arange(300)) for table in ("loan", "policy"))
    assert not set(loans.to_pylist()) & set(policies.to_pylist())
