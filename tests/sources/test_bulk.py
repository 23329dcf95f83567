import hashlib
from pathlib import Path

import pytest

from suyuan.domain.errors import DataError
from suyuan.sources import bulk as module
from suyuan.sources.bulk import read_bulk
from suyuan.sources.reading import Reading
from tests.sources.conftest import Opener


def test_segments_blanks_and_broken_quotes_leave_every_row_at_its_line(
    opener: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SEGMENT", 200_000)
    monkeypatch.setattr("suyuan.sources.blocks.BLOCK", 50_000)
    lines = [f"{n},名字{n},{n / 100:.2f}" for n in range(1, 60_001)]
    lines[10] = ""
    lines[30_000] = '"over","two'
    lines[30_001] = 'lines"'
    lines[40_000] = '"padded"\t,x'
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    grid = read_bulk(opener.reading(), path, file="a.csv")
    rows = opener.rows(grid)
    assert (grid.n_rows, len(rows), grid.sha256) == (60_000, 60_000, hashlib.sha256(path.read_bytes()).hexdigest())
    assert rows[10] == [None, None, None]
    assert rows[30_000:30_002] == [["over", "two\nlines", None], [None, None, None]]
    assert rows[40_000] == ["padded", "x", None]
    plain = [n for n in range(60_000) if n not in (10, 30_000, 30_001, 40_000)]
    assert [rows[n] for n in plain] == [lines[n].split(",") for n in plain]
    assert [list(row) for row in grid.head[:10]] == rows[:10]
    assert [list(row) for row in grid.tail] == rows[-60:]
    assert len(list(opener.staging.glob("*.csv"))) > 5


def test_large_gb18030_comes_back(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("日期,户名\r\n2023-05-02,张三\r\n".encode("gb18030") * 1000)
    grid = read_bulk(opener.reading(), path, file="a.csv")
    assert (grid.encoding, grid.n_rows) == ("gb18030", 2000)
    assert opener.rows(grid)[-1] == ["2023-05-02", "张三"]


def test_a_file_that_is_written_to_meanwhile_is_refused(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" * 1000)

    class Meddling(Reading):
        def tick(self) -> None:
            with path.open("ab") as stream:
                stream.write(b"c,d\n")

    meddled = Meddling(con=opener.con, limits=opener.reading().limits, staging=opener.staging)
    with pytest.raises(DataError) as fault:
        read_bulk(meddled, path, file="a.csv")
    assert fault.value.key == "read.changed"
