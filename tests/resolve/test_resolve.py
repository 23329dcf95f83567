from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa
import pytest

from suyuan.domain.contract import contracts
from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine
from suyuan.resolve.judgement import Answer, Judgement
from suyuan.resolve.resolve import resolve
from suyuan.resolve.standing import Standing, Weighed
from tests.resolve.lake import LI, LI_TOO, MA, lay, person, present

PEOPLE = (
    person("bank:1", "马建国", id_number=MA, birth="1980-01-01", phone="13909310001", address="兰州市城关区庆阳路12号"),
    person("wallet:2", "马建国", id_number=f"{MA[:6]}********{MA[-4:]}", phone="13909310001"),
    person("telecom:3", "馬建國", birth="1980-01-01", phone="+86 139 0931 0001"),
    person("bank:4", "李福", id_number=LI, birth="1975-03-03", phone="13909310002"),
    person("wallet:5", "李福", id_number=LI_TOO, phone="13909310002"),
    person("telecom:6", "周一", birth="1990-05-05", phone="13909310003"),
)
DAY = person("insurer:7", "马建国", birth="1980-01-01", phone="13909310001")


@pytest.fixture
def duck() -> Engine:
    """What is the same on every engine once scores are is tried on the fast one."""
    return DuckEngine(threads=2)


def go(
    engine: Engine,
    people: Sequence[Mapping[str, Any]],
    *,
    standing: Standing | None = None,
    number: int = 1,
    **said: Any,
) -> Weighed:
    lay(engine, "person", *people)
    return resolve(
        engine, present(engine, "person"), number=number, standing=standing, judgements=said.get("judgements", ())
    )


def who(engine: Engine) -> dict[str, str]:
    return {row["lake_id"]: row["entity_id"] for row in engine.read("entity_member").to_pylist()}


def stands(engine: Engine, weighed: Weighed) -> Standing:
    ids = {name: engine.read(name) for name in ("entity_anchor", "entity_member", "entity_redirect")}
    return Standing(ids=ids, profiles=weighed.profiles, pairs=weighed.pairs, models=weighed.models)


def judged(left: str, right: str, answer: Answer) -> Judgement:
    now = datetime(2024, 1, 1)  # noqa: DTZ001
    return Judgement(kind="person", left=left, right=right, answer=answer, actor="a", why="w", recorded_at=now)


def decisions(engine: Engine) -> dict[tuple[str, str], tuple[str, str | None]]:
    told = engine.read("entity_pair").to_pylist()
    return {(row["left_lake_id"], row["right_lake_id"]): (row["decision"], row["why"]) for row in told}


def test_a_masked_number_and_a_traditional_name_find_their_person(engine: Engine) -> None:
    go(engine, PEOPLE)
    found = who(engine)
    assert found["bank:1"] == found["wallet:2"] == found["telecom:3"]
    assert len({found[one] for one in ("bank:1", "bank:4", "wallet:5", "telecom:6")}) == 4
    entity = next(row for row in engine.read("entity").to_pylist() if row["entity_id"] == found["bank:1"])
    assert (entity["key_value"], entity["records"], entity["since_no"]) == (MA, 3, 1)


def test_two_valid_numbers_stay_two_people_whatever_else_agrees(duck: Engine) -> None:
    go(duck, [*PEOPLE, person("insurer:8", "李福", phone="13909310002", birth="1975-03-03")])
    found = who(duck)
    assert found["bank:4"] != found["wallet:5"]
    held = [row["key_value"] for row in duck.read("entity").to_pylist() if row["key_value"]]
    assert len(held) == len(set(held)) == 3


def test_every_table_is_what_its_contract_says(duck: Engine) -> None:
    go(duck, PEOPLE)
    for table in ("entity", "entity_member", "entity_redirect", "entity_anchor", "entity_pair"):
        assert set(duck.columns(table)) == set(contracts()[table].columns)


def test_a_day_of_new_data_renames_nobody_and_weighs_only_what_is_new(duck: Engine) -> None:
    first = go(duck, PEOPLE)
    before, pairs = who(duck), decisions(duck)
    second = go(duck, [*PEOPLE, DAY], standing=stands(duck, first), number=2)
    after = who(duck)
    assert {one: after[one] for one in before} == before
    assert after["insurer:7"] == before["bank:1"]
    assert second.models == first.models
    assert pairs.items() <= decisions(duck).items()
    assert second.profiles.num_rows == first.profiles.num_rows + 1


def test_what_was_weighed_together_is_what_is_weighed_in_two_steps(duck: Engine) -> None:
    whole = go(duck, [*PEOPLE, DAY])
    at_once = decisions(duck)
    go(duck, PEOPLE)
    only_models = Standing(ids=stands(duck, whole).ids, models=whole.models)
    part = go(duck, PEOPLE, standing=only_models, number=2)
    go(duck, [*PEOPLE, DAY], standing=stands(duck, part), number=3)
    assert decisions(duck) == at_once


def test_what_people_judge_outweighs_numbers_and_weights(engine: Engine) -> None:
    said = [judged("bank:4", "wallet:5", "same"), judged("bank:1", "telecom:3", "different")]
    go(engine, PEOPLE, judgements=said)
    found = who(engine)
    assert found["bank:4"] == found["wallet:5"]
    assert found["bank:1"] != found["telecom:3"]
    told = decisions(engine)
    assert told["bank:4", "wallet:5"] == ("joined", "judged_same")
    assert told["bank:1", "telecom:3"] == ("cut", "judged_different")


def test_an_unmerge_parts_records_of_one_number_and_taking_it_back_returns_the_id(duck: Engine) -> None:
    two = [person("a:1", "马建国", id_number=MA), person("b:1", "马建国", id_number=MA)]
    first = go(duck, two)
    before = who(duck)
    assert before["a:1"] == before["b:1"]
    second = go(duck, two, standing=stands(duck, first), number=2, judgements=[judged("a:1", "b:1", "different")])
    parted = who(duck)
    assert parted["a:1"] == before["a:1"]
    assert parted["b:1"] != before["a:1"]
    go(duck, two, standing=stands(duck, second), number=3)
    assert who(duck) == before


def test_a_model_that_is_outgrown_is_trained_anew(duck: Engine) -> None:
    first = go(duck, PEOPLE[:1])
    many = [person(f"bank:{n}", f"马{chr(0x4E00 + n)}", phone=f"139{n:08}") for n in range(12)]
    second = go(duck, [*PEOPLE[:1], *many], standing=stands(duck, first), number=2)
    assert second.models["person"].evidence["profiles"] == 13
    assert pytest.approx(13) == second.profiles.num_rows


def test_firms_are_found_by_name_and_representative_without_their_code(engine: Engine) -> None:
    code = "91350100M000100Y43"
    firm = {"name": "兰州捷融网络科技有限公司", "legal_rep_name": "马建国", "phone": "09318880001"}
    lay(
        engine,
        "company",
        {"company_id": "reg:1", "credit_code": code, **firm},
        {"company_id": "bank:2", **firm, "name": "兰州捷融网络科技有限责任公司"},
        {"company_id": "bank:3", "name": "兰州华亭商贸有限公司", "legal_rep_name": "李福", "phone": "09318880002"},
    )
    resolve(engine, present(engine, "company"), number=1, standing=None, judgements=())
    found = who(engine)
    assert found["reg:1"] == found["bank:2"] != found["bank:3"]


def test_nothing_to_resolve_gives_empty_tables(duck: Engine) -> None:
    weighed = resolve(duck, {}, number=1, standing=None, judgements=())
    assert weighed.models == {}
    for table in ("entity", "entity_member", "entity_pair"):
        assert duck.read(table).num_rows == 0
    assert isinstance(weighed.pairs, pa.Table)
