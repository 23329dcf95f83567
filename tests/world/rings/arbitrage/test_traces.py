from tests.world.rings.blank.rings_of import played


def test_the_agency_reports_only_a_ring_that_is_known() -> None:
    known, _, team = played(0, 0.0)
    reports = [row for row in known.tables.table("police_report").to_pylist() if row["_ring"] == 1]
    assert [row["reporter_id"] for row in reports] == [team.agency]
    assert played(0, 1.0)[0].tables.rows("police_report") == 0


def test_agents_accounts_are_entered_from_few_devices() -> None:
    world, _, team = played()
    agents = set(team.accounts["agent"].tolist())
    rows = [row for row in world.tables.table("login").to_pylist() if row["account_id"] in agents]
    assert {row["device"] for row in rows} <= set(team.device.tolist())
    assert rows


def test_every_holder_is_spoken_to() -> None:
    world, _, team = played()
    calls = [row for row in world.tables.table("call").to_pylist() if row["_ring"] == 1]
    spoken = {row["caller_id"] for row in calls} | {row["callee_id"] for row in calls}
    assert set(team.people["holder"].tolist()) <= spoken
