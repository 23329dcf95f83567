from tests.world.rings.blank.rings_of import played


def test_a_hidden_ring_is_named_by_no_report_and_no_complaint() -> None:
    world, _, _ = played(0, 1.0)
    assert world.tables.rows("police_report") == world.tables.rows("complaint") == 0


def test_a_known_ring_is_reported_by_its_victim() -> None:
    world, crew, _ = played(0, 0.0)
    reports = [row for row in world.tables.table("police_report").to_pylist() if row["_ring"] == 0]
    assert [row["reporter_id"] in crew.banks for row in reports] == [True]
    assert reports[0]["loss_fen"] > 0


def test_recruiters_reach_every_borrower() -> None:
    world, crew, _ = played()
    calls = [row for row in world.tables.table("call").to_pylist() if row["_step"] == "recruit" and row["_ring"] == 0]
    spoken = {row["caller_id"] for row in calls} | {row["callee_id"] for row in calls}
    assert set(crew.borrowers.who.tolist()) <= spoken


def test_the_controllers_hand_is_seen_on_the_purse() -> None:
    world, crew, _ = played()
    boss = int(world.of(crew.people["controller"][:1], "_device")[0])
    purse = crew.accounts["purse"][0]
    rows = [row for row in world.tables.table("login").to_pylist() if row["account_id"] == purse]
    assert {row["device"] for row in rows} == {boss}
