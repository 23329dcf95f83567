import hashlib
from pathlib import Path

from suyuan.domain.errors import DataError
from suyuan.sources.grid import Grid, Refused
from suyuan.sources.limits import Limits
from suyuan.sources.open import refused
from tests.sources.conftest import Opener
from tests.sources.corpus import HEADER, ROWS, csv_text, parquet_bytes, xls_bytes, xlsx_bytes, zip_bytes

WANTED = [[cell or None for cell in row] for row in [HEADER, *ROWS]]


def test_one_statement_reads_the_same_from_every_format_whatever_it_is_called(opener: Opener, tmp_path: Path) -> None:
    written = {
        "utf8": csv_text().encode(),
        "marked": csv_text().encode("utf-8-sig"),
        "gb18030": csv_text().encode("gb18030"),
        "utf16": csv_text().encode("utf-16"),
        "tabs": csv_text().replace(",", "\t").encode(),
        "xlsx": xlsx_bytes(),
        "xls": xls_bytes(),
        "zip": zip_bytes({"流水.csv": csv_text().encode()}),
    }
    for name, data in written.items():
        path = tmp_path / f"{name}.dat"
        path.write_bytes(data)
        grid = opener.grid(path)
        assert opener.rows(grid) == WANTED, name
        assert [list(row) for row in grid.head] == WANTED, name
        assert name == "zip" or grid.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_parquet_keeps_its_names(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(parquet_bytes())
    grid = opener.grid(path)
    assert grid.names == tuple(HEADER)
    assert opener.rows(grid) == ROWS


def test_nothing_is_read_of_a_file_once_its_first_grid_is_out(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for limits in (Limits(), Limits(small_text=1)):
        path.write_text(csv_text(), encoding="utf-8")
        grid = opener.grid(path, limits)
        path.unlink()
        assert opener.rows(grid) == WANTED


def test_a_broken_member_does_not_hide_the_others(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_bytes({"bad.xlsx": xlsx_bytes()[:300], "good.csv": csv_text().encode()}))
    bad, good = opener.all(path)
    assert isinstance(bad, Refused)
    assert isinstance(good, Grid)
    assert (bad.file, good.file) == (f"{path}!bad.xlsx", f"{path}!good.csv")


def test_a_file_larger_than_allowed_is_refused_unread(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(csv_text(), encoding="utf-8")
    assert opener.refusal(path, Limits(file_bytes=10)) == "read.too_big"


def test_a_refusal_carries_the_file_so_that_its_message_stands_alone() -> None:
    found = refused("a.csv", DataError("read.too_slow", seconds=3))
    assert found == Refused(file="a.csv", key="read.too_slow", values={"file": "a.csv", "seconds": 3})
