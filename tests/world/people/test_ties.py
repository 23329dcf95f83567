import numpy as np

from suyuan.world.frame.world import World
from suyuan.world.people.firms import OPEN


def _ties(world: World, kind: str) -> list[dict[str, object]]:
    return [row for row in world.tables.table("tie").to_pylist() if row["kind"] == kind]


def test_every_firm_has_one_legal_representative_at_a_time(town: World) -> None:
    now = [tie for tie in _ties(town, "legal_representative") if tie["until_on"] is None]
    by_firm = {tie["to_id"]: tie["from_id"] for tie in now}
    assert len(by_firm) == len(now) == town.tables.rows("company")
    assert list(by_firm.values()) == town.column("company", "_legal_rep").tolist()


def test_a_sale_ends_one_term_and_begins_another(town: World) -> None:
    past = [tie for tie in _ties(town, "legal_representative") if tie["until_on"] is not None]
    now = {tie["to_id"]: tie for tie in _ties(town, "legal_representative") if tie["until_on"] is None}
    assert past
    for tie in past:
        gap = now[tie["to_id"]]["since_on"] - tie["until_on"]  # type: ignore[operator]
        assert gap.days == 1
    sold = (town.column("company_event", "kind") == "sold").sum()
    assert sold == len(past)


def test_shares_make_a_whole_or_a_hundredth_less(town: World) -> None:
    held: dict[object, int] = {}
    for tie in _ties(town, "shareholder"):
        held[tie["to_id"]] = held.get(tie["to_id"], 0) + round(100 * float(str(tie["share"])))
    assert len(held) == town.tables.rows("company")
    assert all(97 <= whole <= 100 for whole in held.values())


def test_every_founding_and_winding_up_is_entered(town: World) -> None:
    kind = town.column("company_event", "kind")
    assert (kind == "founded").sum() == town.tables.rows("company")
    gone = (town.column("company", "_closed") < OPEN).sum()
    assert (kind == "deregistered").sum() == (kind == "winding_up").sum() == gone


def test_a_few_agents_file_for_many(town: World) -> None:
    agents = town.column("company_event", "agent_id")
    filed = np.sort(np.bincount(agents[agents >= 0] - agents[agents >= 0].min()))[::-1]
    assert filed[0] > 10
    assert set(town.of(agents[agents >= 0], "_trade")) == {"agency"}


def test_an_agent_files_from_its_own_device(town: World) -> None:
    agents, device = town.column("company_event", "agent_id"), town.column("company_event", "device")
    filed = agents >= 0
    assert (town.of(agents[filed], "_device") == device[filed]).all()


def test_members_of_a_household_are_tied_to_its_head(town: World) -> None:
    home = town.column("person", "_household")
    alone = len(np.unique(home))
    ties = _ties(town, "household")
    assert len(ties) == len(home) - alone
    first = ties[0]
    assert town.of(np.array([first["from_id"]]), "_household") == town.of(np.array([first["to_id"]]), "_household")
