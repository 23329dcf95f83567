"""Pairs that are compared at all, on each engine and against all pairs."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import pytest

from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine
from suyuan.resolve.model import blocking
from suyuan.resolve.model.blocking import blocked
from suyuan.resolve.model.shape import Block
from tests.resolve.model.people import profiles

PHONE = Block(name="phone", keys=("phone", "phone_2"))
NAME = Block(name="name", keys=("name",), broad=True)
NUMBER = Block(name="number", keys=("left(coalesce(key_text, id_told), 3)",), only="id_told is not null")


def pairs(engine: Engine, rows: Sequence[Mapping[str, Any]], *blocks: Block, **how: Any) -> list[tuple[int, int]]:
    engine.write("profile_person", profiles(rows))
    blocked(engine, blocks, profiles="profile_person", into="model_pair", **how)
    told = engine.read("model_pair")
    return sorted(zip(told["join_key_l"].to_pylist(), told["join_key_r"].to_pylist(), strict=True))


def test_profiles_that_share_either_telephone_meet_once(engine: Engine) -> None:
    rows: list[dict[str, Any]] = [
        {"phone": "1", "phone_2": "2"},
        {"phone": "2", "phone_2": "1"},
        {"phone": "3"},
        {"phone": None},
        {},
    ]
    assert pairs(engine, rows, PHONE) == [(1, 2)]


def test_two_keys_two_old_profiles_and_one_node_do_not_meet(engine: Engine) -> None:
    rows: list[dict[str, Any]] = [
        {"phone": "1", "key_text": "a"},
        {"phone": "1", "key_text": "b"},
        {"phone": "1", "is_new": False},
        {"phone": "1", "is_new": False},
        {"phone": "1", "node_no": 4},
    ]
    assert pairs(engine, rows, PHONE) == [(1, 3), (1, 4), (1, 5), (2, 3), (2, 4), (2, 5), (3, 5)]


def test_only_those_who_fulfil_the_condition_ask(engine: Engine) -> None:
    rows = [{"id_told": "123*"}, {"key_text": "1234"}, {"key_text": "1239"}, {"id_told": "124"}]
    assert pairs(engine, rows, NUMBER) == [(1, 2), (1, 3)]


def test_a_value_of_too_many_pairs_is_left_out_and_counted() -> None:
    engine = DuckEngine(threads=1)
    rows = [{"phone": "1"}] * 4 + [{"phone": "2"}] * 2
    engine.write("profile_person", profiles(rows))
    told = blocked(engine, [PHONE], profiles="profile_person", into="model_pair", hub=15)
    assert told.left_out == {"phone": (1, 4)}
    assert engine.read("model_pair").num_rows == 1
    engine.close()


def test_broad_blocks_are_used_while_their_pairs_are_few() -> None:
    engine = DuckEngine(threads=1)
    rows = [{"name": "A"}] * 3
    assert pairs(engine, rows, PHONE, NAME, broad=8) == []
    assert pairs(engine, rows, PHONE, NAME, broad=9) == [(1, 2), (1, 3), (2, 3)]
    assert pairs(engine, rows, PHONE, NAME) == [(1, 2), (1, 3), (2, 3)]
    engine.close()


@pytest.mark.parametrize("at_once", [0, 1000])
def test_pairs_are_all_pairs_that_share_a_value(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(blocking, "AT_ONCE", at_once)
    engine = DuckEngine(threads=1)
    rows = [
        {"phone": str(at % 7), "name": str(at % 5), "key_text": str(at) if at % 3 == 0 else None, "is_new": at % 4 > 0}
        for at in range(60)
    ]
    wanted = [
        (a + 1, b + 1)
        for a, b in combinations(range(60), 2)
        if (a % 7 == b % 7 or a % 5 == b % 5) and (a % 3 or b % 3) and (a % 4 or b % 4)
    ]
    assert pairs(engine, rows, PHONE, NAME) == wanted
    assert pairs(engine, rows, PHONE, NAME, few_new=True) == wanted
    engine.close()
