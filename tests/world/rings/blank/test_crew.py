import numpy as np

from suyuan.world.rings.blank.crew import bank_names, staff
from tests.world.rings.blank.rings_of import settled


def test_borrowers_have_no_credit_history_and_come_once() -> None:
    world, crew, _ = settled()
    assert world.of(crew.borrowers.who, "_thin").all()
    taken = np.concatenate([crew.people[role] for role in crew.people if role != "insider"])
    assert len(np.unique(taken)) == len(taken)


def test_each_borrower_goes_his_way_in_order() -> None:
    for evasion in (0, 1):
        each = settled(evasion)[1].borrowers
        for earlier, later in zip(
            (each.recruited, each.opened, each.applied, each.decided),
            (each.opened, each.applied, each.decided, each.paid),
            strict=True,
        ):
            assert (earlier < later).all()


def test_the_loans_account_is_kept_by_the_bank_that_lends() -> None:
    world, crew, _ = settled()
    names = np.array(bank_names(world, crew.banks))
    assert world.of(crew.borrowers.account, "bank").tolist() == names[crew.borrowers.bank].tolist()


def test_insiders_work_at_the_bank() -> None:
    world, crew, _ = settled()
    assert set(world.of(crew.people["insider"], "_employer").tolist()) <= set(crew.banks.tolist())
    assert len(staff(world, np.random.default_rng(1), int(crew.banks[0]), 2)) <= 2


def test_borrowers_share_devices() -> None:
    _, crew, _ = settled()
    assert len(set(crew.borrowers.device.tolist())) < len(crew.borrowers)
