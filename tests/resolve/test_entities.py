import hashlib

import pyarrow as pa

from suyuan.engine.protocol import Engine
from suyuan.resolve.entities import plan

KEYED = ("kind", "table_name", "row_id", "source", "lake_id", "name", "key_kind", "key_value", "cluster")
RECORDS = (
    ("person", "person", "r2", "b", "b:2", "马建国", "resident_id", "X", "resident_id:X"),
    ("person", "person", "r1", "a", "a:1", None, "resident_id", None, "lake:a:1"),
    ("person", "person", "r3", "a", "a:3", "李福", "resident_id", None, "lake:a:3"),
    ("company", "company", "r1", "a", "a:1", "甲公司", "credit_code", None, "lake:a:1"),
)


def lay(engine: Engine, *roots: tuple[str, str, str]) -> None:
    schema = pa.schema([(name, pa.string()) for name in KEYED])
    engine.write(
        "entity_keyed", pa.Table.from_pylist([dict(zip(KEYED, row, strict=True)) for row in RECORDS], schema=schema)
    )
    names = ("kind", "cluster", "root")
    rows = [dict(zip(names, root, strict=True)) for root in roots]
    engine.write("entity_root", pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in names])))
    engine.run(plan())


def test_joined_clusters_are_one_entity_named_by_its_first_record_with_the_key_of_any(engine: Engine) -> None:
    lay(engine, ("person", "lake:a:1", "resident_id:X"))
    told = {(row["kind"], row["records"], row["name"], row["key_value"]) for row in engine.read("entity").to_pylist()}
    assert told == {("person", 2, "马建国", "X"), ("person", 1, "李福", None), ("company", 1, "甲公司", None)}
    first = "p-" + hashlib.md5(b"person r1 a:1").hexdigest()[:16]
    assert {row["lake_id"] for row in engine.read("entity_member").to_pylist() if row["entity_id"] == first} == {
        "a:1",
        "b:2",
    }


def test_one_row_may_name_a_person_and_a_firm(engine: Engine) -> None:
    lay(engine)
    found = {(row["kind"], row["lake_id"]): row["entity_id"] for row in engine.read("entity_of").to_pylist()}
    assert len(set(found.values())) == len(found) == 4
    assert found["person", "a:1"][0] == "p"
    assert found["company", "a:1"][0] == "c"
