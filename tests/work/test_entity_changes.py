"""What became of entities, against pictures small enough to see."""

import random
from collections.abc import Sequence

import pyarrow as pa
import pytest

from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import arrow_schema
from suyuan.work.entity_changes import CHANGES, EntityChanges, changes

Record = tuple[str, str]
"""Id in the lake, entity id; the row is called after the id."""

_NAMES = ("entity_id", "kind", "table_name", "member_row_id", "source", "source_key", "lake_id")


def members(
    records: Sequence[Record], *, table: str = "person", kind: str = "person", row: str = "", shuffled: int = 0
) -> pa.Table:
    rows = [
        {
            "entity_id": entity,
            "kind": kind,
            "table_name": table,
            "member_row_id": row or f"row of {lake_id}",
            "source": "s",
            "source_key": lake_id,
            "lake_id": lake_id,
        }
        for lake_id, entity in records
    ]
    random.Random(shuffled).shuffle(rows)
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in _NAMES]))


def told(found: EntityChanges) -> list[tuple[str, str, list[str], int, int]]:
    return [
        (each["change"], each["entity_id"], each["other_ids"], each["gained"], each["lost"])
        for each in found.table.to_pylist()
    ]


def test_what_stands_as_it_stood_is_only_counted() -> None:
    same = members([("a", "p-1"), ("b", "p-1"), ("c", "p-2")])
    found = changes(same, same)
    assert told(found) == []
    assert found.counts == {**dict.fromkeys(CHANGES, 0), "unchanged": 2}
    assert found.unchanged == {"person": 2}


def test_new_grown_reduced_and_gone_are_told_with_their_records() -> None:
    before = members([("a", "p-1"), ("b", "p-2"), ("c", "p-2"), ("d", "p-3")])
    after = members([("a", "p-1"), ("e", "p-1"), ("b", "p-2"), ("f", "p-4")])
    assert told(changes(before, after)) == [
        ("new", "p-4", [], 1, 0),
        ("grown", "p-1", [], 1, 0),
        ("reduced", "p-2", [], 0, 1),
        ("gone", "p-3", [], 0, 1),
    ]


def test_a_merge_names_what_went_in_and_nobody_is_gone() -> None:
    before = members([("a", "p-1"), ("b", "p-2")])
    after = members([("a", "p-1"), ("b", "p-1"), ("c", "p-1")])
    assert told(changes(before, after)) == [("merged", "p-1", ["p-1", "p-2"], 1, 0)]


def test_a_split_names_where_its_records_went() -> None:
    before = members([("a", "p-1"), ("b", "p-1"), ("c", "p-1")])
    after = members([("a", "p-1"), ("b", "p-2")])
    assert told(changes(before, after)) == [("split", "p-1", ["p-1", "p-2"], 0, 1)]


def test_the_same_records_under_another_id_are_called_renamed() -> None:
    assert told(changes(members([("a", "p-1")]), members([("a", "p-9")]))) == [("renamed", "p-9", ["p-1"], 0, 0)]


def test_an_id_that_only_a_transfer_tells_is_the_same_record_whichever_row_tells_it_first() -> None:
    before = members([("a", "a-1")], table="transfer", kind="account", row="ffff:1:1")
    after = members([("a", "a-1")], table="entry", kind="account", row="0000:1:7")
    assert changes(before, after).counts["unchanged"] == 1


def test_an_id_that_was_told_and_is_now_in_a_register_has_grown_by_its_record() -> None:
    before = members([("a", "a-1")], table="transfer", kind="account")
    after = members([("a", "a-1")], table="account", kind="account")
    assert told(changes(before, after)) == [("grown", "a-1", [], 1, 0)]
    assert told(changes(after, before)) == [("reduced", "a-1", [], 0, 1)]


def test_a_holder_whom_accounts_told_and_now_the_register_of_people_tells_lost_nothing() -> None:
    before = pa.concat_tables([members([("x", "p-1")], table="account", row=row) for row in ("r1", "r2")])
    assert told(changes(before, members([("x", "p-1")]))) == [("grown", "p-1", [], 1, 0)]


def test_one_row_may_be_a_record_of_an_account_and_of_its_holder() -> None:
    account = members([("x", "a-1")], table="account", kind="account", row="r")
    person = members([("x", "p-1")], table="account", kind="person", row="r")
    both = pa.concat_tables([account, person])
    assert changes(both, both).unchanged == {"account": 1, "person": 1}
    assert told(changes(both, account)) == [("gone", "p-1", [], 0, 1)]


def test_the_order_of_rows_changes_nothing() -> None:
    before = [("a", "p-1"), ("b", "p-2"), ("c", "p-2"), ("d", "p-3"), ("e", "p-3"), ("f", "p-5")]
    after = [("a", "p-1"), ("b", "p-1"), ("c", "p-1"), ("d", "p-3"), ("e", "p-4"), ("g", "p-6")]
    first = changes(members(before), members(after))
    again = changes(members(before, shuffled=1), members(after, shuffled=2))
    assert first.table.equals(again.table)
    assert [each[0] for each in told(first)] == ["new", "merged", "split", "gone"]


def test_a_program_is_told_the_counts_and_the_first_of_each_change() -> None:
    after = members([(f"n{number}", f"p-{number}") for number in range(9)])
    shown = changes(after.slice(0, 0), after).to_json(most=2)
    assert shown["counts"]["new"] == 9
    assert [each["entity_id"] for each in shown["changed"]] == ["p-0", "p-1"]


@pytest.mark.parametrize("seed", range(30))
def test_counts_agree_with_sets_compared_one_by_one(seed: int) -> None:
    dice = random.Random(seed)
    sides = [
        [(f"r{number}", f"p-{dice.randrange(6)}") for number in range(14) if dice.random() < 0.8] for _ in range(2)
    ]
    found = changes(members(sides[0]), members(sides[1])).counts
    was, now = ({entity: {lake for lake, e in side if e == entity} for _, entity in side} for side in sides)
    touching = {old: [new for new in now if was[old] & now[new]] for old in was}
    sources = {new: [old for old in was if was[old] & now[new]] for new in now}
    assert found["new"] == sum(not olds for olds in sources.values())
    assert found["merged"] == sum(len(olds) > 1 for olds in sources.values())
    assert found["split"] == sum(len(news) > 1 for news in touching.values())
    assert found["gone"] == sum(not news for news in touching.values())
    assert found["unchanged"] == sum(now.get(entity) == records for entity, records in was.items())


def test_an_empty_side_of_the_contract_is_nobody() -> None:
    nobody = arrow_schema(contracts()["entity_member"]).empty_table()
    somebody = members([("a", "p-1")])
    assert changes(nobody, somebody).counts["new"] == changes(somebody, nobody).counts["gone"] == 1
    assert set(changes(nobody, nobody).counts.values()) == {0}
