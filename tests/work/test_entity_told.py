from collections.abc import Mapping
from typing import Any

import pytest

from suyuan.domain.workspace import Workspace
from suyuan.sources import lake
from suyuan.work.entity_book import EntityBook
from suyuan.work.entity_store import latest
from suyuan.work.entity_told import Told, alike, card, number_of, odd, of_one_number, told_of
from tests.resolution import LI, MA, MA_ENTITY, resolved_people


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return resolved_people(tmp_path_factory.mktemp("people"))


def told(lake_id: str, *rows: tuple[str, Mapping[str, Any]]) -> Told:
    return Told(lake_id=lake_id, source=lake_id.partition(":")[0], rows=rows, told_in={})


def test_every_id_is_told_with_what_its_institution_says(workspace: Workspace) -> None:
    with EntityBook(latest(workspace)) as book:
        found = told_of(book.members(MA_ENTITY), kind="person", files=lake.tables(workspace))
    assert [one.lake_id for one in found] == ["bank:M1", "telecom:M3", "wallet:M2"]
    assert found[1].rows == (("person", {"name": "马建囯", "phone": "13909310001"}),)
    assert found[1].told_in == {"person": 1}
    assert "person_id" not in found[0].rows[0][1]


def test_rows_that_say_the_same_are_told_once(workspace: Workspace) -> None:
    with EntityBook(latest(workspace)) as book:
        member = book.members(MA_ENTITY)[0]
    again = told_of([member, dict(member)], kind="person", files=lake.tables(workspace))
    assert len(again[0].rows) == 1
    assert again[0].told_in == {"person": 2}


def test_what_several_ids_tell_alike_is_found() -> None:
    found = alike(
        [
            told("a:1", ("person", {"phone": "1", "name": "甲", "id_number": MA})),
            told("b:1", ("person", {"phone": "1", "name": "甲", "id_number": MA})),
            told("c:1", ("person", {"phone": "1", "email": "x@y.cn"})),
        ]
    )
    assert [(one.column, one.lake_ids) for one in found] == [
        ("id_number", ("a:1", "b:1")),
        ("phone", ("a:1", "b:1", "c:1")),
    ]
    assert found[0].to_json()["row"] == {"id_number": MA}


def test_one_id_that_tells_a_thing_twice_agrees_with_nobody() -> None:
    rows = (("person", {"phone": "1", "name": "甲"}), ("person", {"phone": "1", "name": "乙"}))
    assert alike([told("a:1", *rows)]) == []


def test_a_number_is_read_from_a_row_or_from_the_id_itself() -> None:
    assert number_of(told("a:1", ("person", {"id_number": f" {MA[:6]} {MA[6:]}"})), kind="person") == MA
    assert number_of(told("a:1", ("account", {"holder_id_no": MA})), kind="person") == MA
    assert number_of(told(f"a:{LI}"), kind="person") == LI
    assert number_of(told("a:1", ("person", {"id_number": MA[:14] + "****"})), kind="person") is None
    assert number_of(told("a:91350100M000100Y43"), kind="company") == "91350100M000100Y43"


def test_an_old_number_is_that_of_today() -> None:
    old = MA[:6] + MA[8:17]
    assert number_of(told("a:1", ("person", {"id_number": old})), kind="person") == MA


def test_ids_of_one_number_are_paired_with_the_first() -> None:
    bearers = [told(f"{name}:1", ("person", {"id_number": MA})) for name in "abc"]
    assert of_one_number([*bearers, told("d:1")], kind="person") == [("a:1", "a:1"), ("a:1", "b:1"), ("a:1", "c:1")]


def test_an_account_tells_of_its_holder_in_the_words_of_the_holders_register() -> None:
    both = told("a:1", ("person", {"name": "甲"}), ("account", {"holder_name": "乙", "holder_id_no": "1"}))
    assert card(both, kind="person") == {"name": "甲", "id_number": "1"}
    assert card(both, kind="company") == {"name": "甲", "credit_code": "1"}
    assert card(told("a:1", ("account", {"number": "1"})), kind="account") == {"number": "1"}


def test_what_is_told_otherwise_than_most_do_is_odd() -> None:
    cards = [{"name": "甲", "phone": "1"}, {"name": "甲"}, {"name": "乙", "sex": "male"}]
    assert odd(cards) == [(), (), ("name",)]
    assert odd([{"name": "乙"}, {"name": "甲"}]) == [(), ("name",)], "of two told once each the least counts"
    assert odd([]) == []
