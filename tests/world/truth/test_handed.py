from dataclasses import dataclass, field

import pyarrow as pa

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.truth.handed import records, rows


@dataclass
class Papers:
    records: pa.Table
    rows: pa.Table
    files: list[tuple[str, str]] = field(default_factory=list)


def papers() -> Papers:
    world = World(options=Options(seed=1))
    people = world.add("person", name=["甲", "乙"])
    same = {"source": ["bank_01"] * 2, "table_name": ["person"] * 2, "source_key": ["a", "b"]}
    kept = pa.table({**same, "kind": ["person"] * 2, "truth_id": people})
    labels = {"ring": [0, -1], "step": ["strike", ""], "scenario": ["", ""], "broken": [False, True]}
    return Papers(kept, pa.table({**same, "file": ["a.csv"] * 2, "line": [2, 3], **labels}))


def test_records_name_who_they_are() -> None:
    assert records(papers())["truth_id"].to_pylist() == ["person:0", "person:1"]


def test_rows_name_their_ring_or_none() -> None:
    told = rows(papers(), ["lanzhou-0"])
    assert told["ring_id"].to_pylist() == ["lanzhou-0", None]
    assert told["broken"].to_pylist() == [False, True]
