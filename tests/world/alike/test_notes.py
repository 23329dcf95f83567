import numpy as np

from suyuan.world.alike.notes import Notes, nobody, write
from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import Why
from suyuan.world.frame.world import World


def test_a_note_is_paid_out_and_repaid_to_the_fen_and_what_lies_outside_the_world_moves_no_money() -> None:
    world = World(options=Options(seed=1))
    accounts = world.add("account", number=["1", "2"])
    bank = world.add("company", name="示例银行", _main_account=accounts[:1])
    person = world.add("person", name="甲", _main_account=accounts[1:])
    inside, before = world.moment(10, 36_000), world.moment(-40, 36_000)
    notes = Notes(
        lender=np.repeat(bank, 3),
        borrower=np.repeat(person, 3),
        principal=np.array([100, 200, 400]),
        interest=np.array([1, 2, 4]),
        paid_out_at=np.array([inside, before, inside]),
        due_on=world.day(np.array([40, -10, 40])),
        repaid_at=np.array([world.moment(40, 0), world.moment(-10, 0), np.datetime64("NaT")]),
        columns={"lender_kind": "bank"},
    )
    loans = write(world, Why(scenario="x"), notes, memo="贷款")
    assert world.of(loans, "status").tolist() == ["closed", "closed", "open"]
    assert world.of(loans, "claimed_principal_fen").tolist() == [0, 0, 400]
    assert world.column("transfer", "amount_fen").tolist() == [100, 400, 101]
    assert world.column("repayment", "amount_fen").tolist() == [101, 202]


def test_nobody_is_nobody() -> None:
    assert nobody(2).tolist() == [-1, -1]
