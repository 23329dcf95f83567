import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import Why
from suyuan.world.frame.world import World
from suyuan.world.truth.handed import RECORDS, ROWS
from suyuan.world.truth.write import write_truth


class Nothing:
    """Institutions that handed over one empty file."""

    records = pa.table({name: pa.array([], pa.string()) for name in RECORDS})
    rows = pa.table({name: pa.array([], pa.string()) for name in ROWS})
    tellings = ()
    files = (("bank/b.csv", "00"), ("bank/a.csv", "11"))


def played() -> World:
    world = World(options=Options(seed=1))
    world.truths.ring(kind="lanzhou", number=0, hidden=False, story={"strike": 2})
    accounts = world.add("account", number=["1", "2"])
    moved = {"src_account_id": accounts[0], "dst_account_id": accounts[1], "currency": "CNY", "_flow": "intake"}
    world.add("transfer", Why(ring=0, step="strike"), 1, booked_at=world.moment([5], 9), amount_fen=12, **moved)
    return world


def test_the_same_world_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_truth(played(), Nothing(), tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(files) == 12
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_money_that_rests_is_the_rings_amount(tmp_path: Path) -> None:
    write_truth(played(), Nothing(), tmp_path)
    assert pq.read_table(tmp_path / "rings.parquet")["amount_fen"].to_pylist() == [12]
    assert pq.read_table(tmp_path / "rest.parquet").to_pylist() == [
        {"ring_id": "lanzhou-0", "truth_id": "account:1", "rested_fen": 12}
    ]


def test_the_world_is_told_with_options_counts_and_files(tmp_path: Path) -> None:
    write_truth(played(), Nothing(), tmp_path)
    told = json.loads((tmp_path / "world.json").read_text(encoding="utf-8"))
    assert told["options"]["seed"] == 1
    assert (told["from_on"], told["to_on"]) == ("2023-07-01", "2025-01-01")
    assert told["rows"] == {"account": 2, "transfer": 1}
    assert list(told["files"]) == ["bank/a.csv", "bank/b.csv"]
