from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.truth.handed import TRANSFERS, records, rows, transfers


@dataclass
class Papers:
    records: pa.Table
    rows: pa.Table
    files: list[tuple[str, str]] = field(default_factory=list)
    tellings: Sequence[pa.Table] = ()


def papers() -> Papers:
    world = World(options=Options(seed=1))
    people = world.add("person", name=["甲", "乙"])
    same = {"source": ["bank_01"] * 2, "table_name": ["person"] * 2, "source_key": ["a", "b"]}
    kept = pa.table({**same, "kind": ["person"] * 2, "truth_id": people, "id_no": [None, "62010219900101001X"]})
    labels = {"ring": [0, -1], "step": ["strike", ""], "scenario": ["", ""], "broken": [False, True]}
    return Papers(kept, pa.table({**same, "file": ["a.csv"] * 2, "line": [2, 3], **labels}))


def test_records_name_who_they_are() -> None:
    assert records(papers())["truth_id"].to_pylist() == ["person:0", "person:1"]


def test_rows_name_their_ring_or_none() -> None:
    told = rows(papers(), ["lanzhou-0"])
    assert told["ring_id"].to_pylist() == ["lanzhou-0", None]
    assert told["broken"].to_pylist() == [False, True]


def told_of(source: str, *, line: list[int], transfer: list[int]) -> pa.Table:
    same = {name: pa.array([text] * len(line)).dictionary_encode() for name, text in (("source", source),)}
    few = {"table_name": pa.array(["entry"] * len(line)).dictionary_encode(), "file": same["source"]}
    return pa.table({**same, **few, "source_key": [f"S{each}" for each in line], "line": line, "transfer": transfer})


def test_lines_of_two_institutions_that_tell_of_one_transfer_bear_its_name() -> None:
    handed = papers()
    handed.tellings = (told_of("bank_01", line=[2, 3], transfer=[7, 8]), told_of("bank_02", line=[9], transfer=[7]))
    (found,) = transfers(handed)
    assert found.schema == TRANSFERS
    assert found.select(["transfer_id", "source", "source_key", "line"]).to_pylist() == [
        {"transfer_id": "transfer:7", "source": "bank_01", "source_key": "S2", "line": 2},
        {"transfer_id": "transfer:8", "source": "bank_01", "source_key": "S3", "line": 3},
        {"transfer_id": "transfer:7", "source": "bank_02", "source_key": "S9", "line": 9},
    ]


def test_files_that_tell_of_no_transfer_leave_nothing_to_write() -> None:
    assert list(transfers(papers())) == []
