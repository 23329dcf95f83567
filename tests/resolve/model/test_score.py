"""Pairs of profiles and their scores, on each engine."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from suyuan.domain.errors import DataError
from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine
from suyuan.resolve.model.score import LEAST, Scored, scored
from tests.resolve.model.people import chinese, profiles, residents


@pytest.fixture(scope="module")
def trained() -> Iterator[Scored]:
    engine = DuckEngine(memory="1GiB", threads=2)
    engine.write("profile_person", profiles(residents()))
    yield scored(engine, "person")
    engine.close()


def of(engine: Engine, rows: Sequence[Mapping[str, object]], trained: Scored) -> dict[tuple[int, int], float]:
    engine.write("profile_person", profiles(rows))
    told = scored(engine, "person", model=trained.model).pairs
    pairs = zip(told["left_no"].to_pylist(), told["right_no"].to_pylist(), strict=True)
    return dict(zip(pairs, told["probability"].to_pylist(), strict=True))


def test_two_tellings_of_most_people_are_joined_and_of_two_people_are_not(trained: Scored) -> None:
    joined = trained.pairs.filter(trained.pairs["probability"].to_numpy() >= 0.9)
    nodes = [
        ((left - 1) // 2, (right - 1) // 2)
        for left, right in zip(*joined.select([0, 1]).to_pydict().values(), strict=True)
    ]
    right = sum(left == right for left, right in nodes)
    assert right >= 285
    assert len(nodes) - right <= 2


def test_both_engines_give_the_same_model_pairs_and_weights(engine: Engine, trained: Scored) -> None:
    engine.write("profile_person", profiles(residents()))
    told = scored(engine, "person")
    assert told.model == trained.model
    assert told.pairs.equals(trained.pairs)


def test_a_kept_model_gives_the_weights_it_gave(trained: Scored) -> None:
    engine = DuckEngine(memory="1GiB", threads=1)
    engine.write("profile_person", profiles(residents()))
    again = scored(engine, "person", model=type(trained.model).from_json(trained.model.to_json()))
    assert again.pairs.equals(trained.pairs)
    engine.close()


def test_nothing_is_left_behind_and_nothing_is_said(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    engine.write("profile_person", profiles(residents(20)))
    with caplog.at_level(logging.DEBUG):
        scored(engine, "person")
    assert [record for record in caplog.records if record.name.startswith("splink")] == []
    assert not any(engine.has(name) for name in ("model_pair", "model_profile", "model_scored", "model_seen"))
    if isinstance(engine, DuckEngine):
        left = engine._con.execute(
            "select table_name from duckdb_tables() union all select view_name from duckdb_views() where not internal"
        ).fetchall()
        assert not [name for (name,) in left if name.startswith(("model_", "__splink", "__aside"))]


def test_pairs_of_one_node_of_two_keys_and_of_old_profiles_are_left_out(trained: Scored) -> None:
    engine = DuckEngine(memory="1GiB", threads=1)
    same = chinese("欧阳雪飞", birth="19880808", phone="13912345678")
    assert of(engine, [same, {**same, "node_no": 1}], trained) == {}
    assert of(engine, [{**same, "key_text": "a"}, {**same, "key_text": "b"}], trained) == {}
    assert of(engine, [{**same, "is_new": False}, {**same, "is_new": False}], trained) == {}
    assert of(engine, [{**same, "is_new": False}, same], trained)[1, 2] > 0.99
    engine.close()


def test_only_likely_pairs_are_kept_in_order(trained: Scored) -> None:
    pairs = trained.pairs
    assert min(pairs["probability"].to_pylist()) >= LEAST
    numbers = list(zip(pairs["left_no"].to_pylist(), pairs["right_no"].to_pylist(), strict=True))
    assert numbers == sorted(set(numbers))
    assert all(left < right for left, right in numbers)


def test_a_telephone_of_thousands_makes_no_pairs_and_is_counted(trained: Scored) -> None:
    engine = DuckEngine(memory="1GiB", threads=2)
    rows = [chinese(f"王{chr(0x4E00 + at)}", phone="4008001234") for at in range(150)]
    engine.write("profile_person", profiles(rows))
    told = scored(engine, "person", model=trained.model)
    assert told.pairs.num_rows == 0
    assert told.left_out == {"phone": (1, 150)}
    engine.close()


@pytest.mark.parametrize("rows", [[], residents(1)[:1]])
def test_nothing_to_compare_gives_no_pairs_and_still_a_model(rows: Sequence[Mapping[str, object]]) -> None:
    engine = DuckEngine(memory="1GiB", threads=1)
    engine.write("profile_person", profiles(rows))
    told = scored(engine, "person")
    assert told.pairs.num_rows == 0
    assert told.model.fits()
    engine.close()


def test_a_kind_nobody_compares_is_refused() -> None:
    engine = DuckEngine(memory="1GiB", threads=1)
    with pytest.raises(DataError, match="ship"):
        scored(engine, "ship")
    engine.close()


def test_splinks_own_words_come_in_the_error(engine: Engine) -> None:
    rows = profiles(residents(3)).drop_columns(["postcode"])
    engine.write("profile_person", rows)
    with pytest.raises(DataError, match="postcode"):
        scored(engine, "person")


def test_a_firm_with_a_slip_in_its_code_is_joined_and_its_branch_is_not() -> None:
    engine = DuckEngine(memory="1GiB", threads=1)
    firm = {
        "name_full": "兰州金诚商贸有限公司",
        "name": "金诚商贸",
        "name_sound": "JIN CHENG SHANG MAO",
        "region": "620100",
        "form": "limited",
        "rep": "王芳",
        "founded": "20150312",
        "phone": "0931-8888888",
        "addr_road": "和平路",
        "addr_number": "12",
        "addr_area": "620102",
    }
    told = {**firm, "code_told": "91620100MA71AB2C3X", "rep": None}
    branch = {
        **firm,
        "name_full": "兰州金诚商贸有限公司西固分公司",
        "form": "branch",
        "region": "620104",
        "rep": "李强",
    }
    moved = {"founded": "20190901", "phone": "0931-7777777", "addr_road": "福利路", "addr_area": "620104"}
    others = [{"name_full": f"{a}商贸有限公司", "name": f"{a}商贸", "founded": "20100101"} for a in "甲乙丙丁戊己庚辛"]
    rows: list[dict[str, Any]] = [{**firm, "key_text": "91620100MA71AB2C3D"}, told, {**branch, **moved}, *others]
    engine.write("profile_company", profiles(rows, "company"))
    pairs = scored(engine, "company", profiles="profile_company").pairs.to_pylist()
    assert [(pair["left_no"], pair["right_no"]) for pair in pairs if pair["probability"] >= 0.8] == [(1, 2)]
    engine.close()
