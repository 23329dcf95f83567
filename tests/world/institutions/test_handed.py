from pathlib import Path

import numpy as np
import pyarrow as pa

from suyuan.world.institutions.handed import Handed


def _lines(handed: Handed, *, ring: list[int], scenario: list[str], broken: list[str | None]) -> None:
    n = len(ring)
    handed.lines(
        source="bank_01",
        table="loan",
        file="bank_01/loans.csv",
        keys=pa.array([f"L{k}" for k in range(n)]),
        line=np.arange(2, n + 2),
        ring=np.array(ring),
        step=pa.array(["strike"] * n),
        scenario=pa.array(scenario),
        broken=pa.array(broken, pa.string()),
    )


def test_lines_of_the_background_are_not_kept() -> None:
    handed = Handed()
    _lines(handed, ring=[-1, 0, -1, -1], scenario=["", "", "card revolver", ""], broken=[None, None, None, "date"])
    assert handed.rows["line"].to_pylist() == [3, 4, 5]


def test_a_record_told_twice_stands_once() -> None:
    handed = Handed()
    for _ in range(2):
        handed.record(
            source="bank_01", table="person", keys=pa.array(["P1", None]), kind="person", ids=np.array([12, 13])
        )
    assert handed.records.num_rows == 1


def test_a_record_bears_its_number_where_it_stands_in_full() -> None:
    handed, numbers = Handed(), pa.array(["62010219900101001X", "620102********001X", None])
    keys = pa.array(["P1", "P2", "P3"])
    handed.record(source="s", table="person", keys=keys, kind="person", ids=np.array([1, 2, 3]), id_no=numbers)
    assert handed.records["id_no"].to_pylist() == ["62010219900101001X", None, None]


def test_records_of_nobody_are_left_out() -> None:
    handed = Handed()
    handed.record(source="bank_01", table="person", keys=pa.array(["P1"]), kind="person", ids=np.array([-1]))
    assert handed.records.num_rows == 0


def test_sound_lines_tell_of_their_transfer_and_the_others_of_none() -> None:
    handed = Handed()
    told = {"source": "bank_01", "table": "entry", "file": "bank_01/a.csv"}
    lines, moved = np.array([2, 3, 4]), np.array([70, -1, 71])
    handed.tells(**told, keys=np.array([11, 12, 13]), line=lines, transfer=moved, sound=np.array([True, True, False]))
    handed.tells(**told, keys=pa.array(["a", "b", "c"]), line=lines, transfer=moved, sound=np.ones(3, np.bool_))
    found = pa.concat_tables(handed.tellings).select(["source_key", "line", "transfer"]).to_pydict()
    assert found == {"source_key": ["11", "a", "c"], "line": [2, 2, 4], "transfer": [70, 70, 71]}


def test_a_file_is_told_by_its_name_below_the_sources_and_its_digest(tmp_path: Path) -> None:
    handed, path = Handed(), tmp_path / "bank_01" / "a.csv"
    path.parent.mkdir()
    path.write_bytes(b"")
    handed.wrote(path, root=tmp_path, source="bank_01", table="loan", rows=0)
    assert handed.files == [("bank_01/a.csv", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
