"""One connection serves many files, each of which has a folder of its own."""

from pathlib import Path

import duckdb
import pytest

from suyuan.work.ingest_bench import FILES, Bench


def test_one_connection_serves_file_after_file(tmp_path: Path) -> None:
    bench = Bench(tmp_path, threads=1)
    folder, con = bench.lay_out()
    bench.clear(folder, went_well=True)
    other, again = bench.lay_out()
    assert again is con
    assert other != folder
    bench.close()


def test_what_a_file_left_is_removed(tmp_path: Path) -> None:
    bench = Bench(tmp_path, threads=1)
    folder, con = bench.lay_out()
    con.execute(f"COPY (SELECT 1 AS n) TO '{folder / 'x.parquet'}'")
    bench.clear(folder, went_well=True)
    assert not folder.exists()
    bench.close()


def test_a_file_that_went_wrong_takes_its_connection_with_it(tmp_path: Path) -> None:
    bench = Bench(tmp_path, threads=1)
    folder, con = bench.lay_out()
    bench.clear(folder, went_well=False)
    assert bench.lay_out()[1] is not con
    bench.close()


def test_a_connection_serves_so_many_files_and_no_more(tmp_path: Path) -> None:
    bench = Bench(tmp_path, threads=1)
    first = bench.lay_out()[1]
    for turn in range(FILES - 1):
        bench.clear(tmp_path / f"file{turn + 1}", went_well=True)
        assert bench.lay_out()[1] is first
    bench.clear(tmp_path / f"file{FILES}", went_well=True)
    assert bench.lay_out()[1] is not first
    bench.close()


def test_nothing_outside_the_folder_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    bench = Bench(tmp_path / "in", threads=1)
    _, con = bench.lay_out()
    with pytest.raises(duckdb.PermissionException):
        con.execute(f"SELECT * FROM read_csv('{tmp_path / 'secret.csv'}')")
    bench.close()
