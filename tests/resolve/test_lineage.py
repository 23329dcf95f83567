import hashlib
from collections.abc import Sequence

import pyarrow as pa

from suyuan.engine.protocol import Engine
from suyuan.resolve.lineage import plan

Record = tuple[str, str]
"""Row id, entity id."""


def own(row_id: str) -> str:
    """The id of an entity whose first record is `row_id`."""
    return "p-" + hashlib.md5(f"person {row_id}".encode()).hexdigest()[:16]


def members(records: Sequence[Record]) -> pa.Table:
    names = ("entity_id", "kind", "table_name", "member_row_id", "source", "source_key", "lake_id")
    schema = pa.schema([(name, pa.string()) for name in names])
    rows = [
        {
            "entity_id": entity,
            "kind": "person",
            "table_name": "person",
            "member_row_id": row,
            "source": "s",
            "source_key": row,
            "lake_id": f"s:{row}",
        }
        for row, entity in records
    ]
    return pa.Table.from_pylist(rows, schema=schema)


def lived(engine: Engine, *, before: Sequence[Record], now: Sequence[Record]) -> tuple[dict[str, str], dict[str, str]]:
    """Return row → entity id, and redirects."""
    table = members(now)
    engine.write("previous_entity_member", members(before))
    engine.write("entity_member", table)
    engine.write("entity_of", table.select(["kind", "lake_id", "entity_id"]))
    ids = sorted({entity for _, entity in now})
    columns = {"entity_id": ids, "kind": ["person"] * len(ids)}
    entities = pa.table({**columns, **{name: [None] * len(ids) for name in ("name", "key_kind", "key_value")}})
    engine.write("entity", entities.append_column("records", pa.array([1] * len(ids), pa.int64())))
    engine.run(plan())
    found = {row["member_row_id"]: row["entity_id"] for row in engine.read("entity_member").to_pylist()}
    assert set(engine.read("entity")["entity_id"].to_pylist()) == set(found.values())
    assert {row["lake_id"]: row["entity_id"] for row in engine.read("entity_of").to_pylist()} == {
        f"s:{row}": entity for row, entity in found.items()
    }
    return found, {row["old_id"]: row["entity_id"] for row in engine.read("entity_redirect").to_pylist()}


def test_an_earlier_record_takes_no_id_away(engine: Engine) -> None:
    found, redirect = lived(engine, before=[("b", own("b"))], now=[("a", own("a")), ("b", own("a"))])
    assert (set(found.values()), redirect) == ({own("b")}, {})


def test_of_two_that_merge_the_larger_lives_and_the_other_is_redirected(engine: Engine) -> None:
    before = [("b", own("b")), ("c", own("c")), ("d", own("c"))]
    found, redirect = lived(engine, before=before, now=[(row, own("b")) for row in "bcd"])
    assert (set(found.values()), redirect) == ({own("c")}, {own("b"): own("c")})


def test_of_one_that_splits_the_part_with_its_record_keeps_the_id(engine: Engine) -> None:
    before = [("b", own("b")), ("c", own("b"))]
    found, redirect = lived(engine, before=before, now=[("b", own("b")), ("c", own("c"))])
    assert (found, redirect) == ({"b": own("b"), "c": own("c")}, {})


def test_a_newcomer_has_its_own(engine: Engine) -> None:
    found, redirect = lived(engine, before=[("b", own("b"))], now=[("b", own("b")), ("z", own("z"))])
    assert (found, redirect) == ({"b": own("b"), "z": own("z")}, {})
