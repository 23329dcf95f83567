import numpy as np
import pytest

from suyuan.domain.ids import credit_code
from suyuan.world.frame.world import World
from suyuan.world.people.found import found, rooms
from suyuan.world.people.hand_out import take


def _rows(world: World, table: str, column: str, ids: object) -> list[dict[str, object]]:
    rows = world.tables.table(table).to_pylist()
    return [row for row in rows if row[column] in set(np.asarray(ids).tolist())]


def test_a_firm_comes_with_account_line_ties_and_entry(stage: World) -> None:
    chance = stage.chance("found", 1)
    boss = take(stage, chance, 4)
    made = found(stage, chance, 4, trade="consulting", on=-30, legal_rep=boss, name_stem="中嘉", size=2)
    assert (stage.of(stage.of(made, "_main_account"), "holder_id") == made).all()
    assert (stage.of(stage.of(made, "_sim"), "holder_id") == made).all()
    assert (stage.of(stage.of(made, "_sim"), "number") == stage.of(made, "phone")).all()
    assert (stage.of(made, "legal_rep_name") == stage.of(boss, "name")).all()
    assert all("中嘉" in name for name in stage.of(made, "name"))
    assert all(credit_code.valid(code) for code in stage.of(made, "credit_code"))
    ties = _rows(stage, "tie", "to_id", made)
    legal = [tie["from_id"] for tie in ties if tie["kind"] == "legal_representative"]
    assert legal == boss.tolist()
    assert {tie["from_id"] for tie in ties} <= set(boss.tolist())
    events = _rows(stage, "company_event", "company_id", made)
    assert [event["kind"] for event in events] == ["founded"] * 4


def test_papers_are_filed_by_agents_as_often_as_in_the_town(stage: World) -> None:
    made = found(stage, stage.chance("found", 8), 60, trade="tech", on=-20)
    agents = stage.of(made, "_agent")
    assert 8 < (agents >= 0).sum() < 45
    alone = found(stage, stage.chance("found", 9), 2, trade="tech", on=-20, agent=-1)
    assert (stage.of(alone, "_agent") == -1).all()


def test_a_firm_to_be_wound_up_is_entered_as_such(stage: World) -> None:
    made = found(stage, stage.chance("found", 2), 1, trade="tech", on=-200, closed=100)
    assert stage.of(made, "status").tolist() == ["注销"]
    kinds = [event["kind"] for event in _rows(stage, "company_event", "company_id", made)]
    assert kinds == ["founded", "winding_up", "deregistered"]


def test_firms_may_share_agent_phone_address_and_device(stage: World) -> None:
    chance = stage.chance("found", 3)
    agent = found(stage, chance, 1, trade="agency", on=-900)
    code, told = rooms(stage, chance, 5)
    made = found(
        stage, chance, 5, trade="tech", on=np.arange(5), agent=agent[0], phone="0931-5550000", address=told,
        region=code, device=7, ip=8,
    )  # fmt: skip
    assert set(stage.of(made, "phone")) == {"0931-5550000"}
    assert stage.of(made, "address").tolist() == told.to_pylist()
    assert stage.of(made, "region_code").tolist() == [str(each) for each in code]
    events = _rows(stage, "company_event", "company_id", made)
    assert {event["agent_id"] for event in events} == set(agent.tolist())
    assert (stage.of(made, "_device") == 7).all()


def test_an_address_tells_the_district(stage: World) -> None:
    made = found(stage, stage.chance("found", 4), 1, trade="tech", on=0, address="甘肃省兰州市安宁区和平路1号")
    assert stage.of(made, "region_code").tolist() == ["620105"]


def test_a_far_firm_bears_its_citys_name(stage: World) -> None:
    made = found(stage, stage.chance("found", 5), 1, trade="collector", on=-5, region=410105)
    assert stage.of(made, "name")[0].startswith("郑州")
    assert stage.of(made, "address")[0].startswith("河南省郑州市")


def test_rooms_are_in_one_building(stage: World) -> None:
    code, told = rooms(stage, stage.chance("found", 6), 8)
    assert len(set(code.tolist())) == 1
    assert len({text.partition("层")[0].rstrip("0123456789") for text in told.to_pylist()}) == 1


def test_a_trade_nobody_knows_is_refused(stage: World) -> None:
    with pytest.raises(KeyError):
        found(stage, stage.chance("found", 7), 1, trade="alchemy", on=0)
