from suyuan.world.rings.blank.lend import STEPS, branches, officers
from tests.world.rings.blank.rings_of import played


def test_every_borrower_has_one_loan_with_its_application_and_steps() -> None:
    world, crew, _ = played()
    n = len(crew.borrowers)
    counts = {t: int((world.column(t, "_ring") == 0).sum()) for t in ("loan", "application", "approval", "collateral")}
    assert counts == {"loan": n, "application": n, "approval": n * len(STEPS), "collateral": n}


def test_loans_are_paid_out_to_the_fen_and_the_second() -> None:
    world, _, _ = played()
    loans = world.tables.table("loan").to_pylist()
    paid = {
        (row["dst_account_id"], row["booked_at"], row["amount_fen"])
        for row in world.tables.table("transfer").to_pylist()
        if row["_flow"] == "intake"
    }
    for loan in loans:
        if loan["_ring"] == 0:
            assert (loan["borrower_account_id"], loan["paid_out_at"], loan["received_fen"]) in paid


def test_a_batch_comes_to_the_counter_minutes_apart_with_an_escort() -> None:
    world, crew, _ = played()
    visits = [row for row in world.tables.table("branch_visit").to_pylist() if row["kind"] == "loan_application"]
    led = [row for row in visits if row["accompanied_by_id"] in set(crew.people["escort"].tolist())]
    assert len(led) > len(visits) // 2


def test_most_files_are_the_insiders() -> None:
    world, crew, _ = played()
    insiders = set(crew.people["insider"].tolist())
    assert sum(each in insiders for each in officers(world, crew).tolist()) > len(crew.borrowers) // 2
    assert len(branches(world, crew)) == len(crew.borrowers)
