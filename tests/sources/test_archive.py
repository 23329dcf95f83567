import io
import zipfile
from pathlib import Path

import pytest

from suyuan.domain.errors import DataError
from suyuan.sources.archive import Member, check_density, inflated, member_name, members
from suyuan.sources.grid import Grid, Refused
from suyuan.sources.limits import Limits
from suyuan.sources.taken import take
from tests.sources.conftest import Opener
from tests.sources.corpus import zip_bytes


def test_members_are_unpacked_byte_by_byte_and_named_after_the_archive(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_bytes({"x/一.csv": b"1" * 3_000_000, "2.csv": b"2"}))
    reading = opener.reading()
    found = list(members(reading, take(reading, path, file="a.zip")))
    assert all(isinstance(one, Member) for one in found)
    assert [one.file for one in found] == ["a.zip!x/一.csv", "a.zip!2.csv"]
    assert [one.path.read_bytes() for one in found if isinstance(one, Member)] == [b"1" * 3_000_000, b"2"]


@pytest.mark.parametrize(
    ("limits", "key"),
    [
        (Limits(members=1), "read.too_many_members"),
        (Limits(unpacked_bytes=3), "read.unpacks_too_big"),
        (Limits(free_bytes=3, ratio=0), "read.bomb"),
    ],
)
def test_density_is_asked_before_anything_is_unpacked(opener: Opener, tmp_path: Path, limits: Limits, key: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_bytes({"1.csv": b"11", "2.csv": b"22"}))
    reading = opener.reading(limits)
    with zipfile.ZipFile(path) as archive, pytest.raises(DataError) as fault:
        check_density(reading, take(reading, path, file="a.zip"), archive.infolist())
    assert fault.value.key == key


@pytest.mark.parametrize(
    ("raw", "name"),
    [("流水.csv".encode("gb18030"), "流水.csv"), ("流水.csv".encode(), "流水.csv"), (b"a\\b.csv", "a/b.csv")],
)
def test_a_name_is_utf8_or_gb18030(raw: bytes, name: str) -> None:
    info = zipfile.ZipInfo(raw.decode("cp437"))
    assert member_name(info) == name


def test_packing_other_than_deflate_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.csv", b"a,b\n")
    with zipfile.ZipFile(out) as archive, pytest.raises(DataError) as fault:
        list(inflated(out, archive.getinfo("a.csv")))
    assert fault.value.key == "read.member_packing"


def test_one_archive_may_hold_one_more_and_its_members_carry_both_names(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_bytes({"b.zip": zip_bytes({"c.csv": b"x,y\n1,2\n"}), "d.csv": b"x,y\n3,4\n"}))
    first, second = opener.all(path)
    assert isinstance(first, Grid)
    assert isinstance(second, Grid)
    assert (first.file, second.file) == (f"{path}!b.zip!c.csv", f"{path}!d.csv")
    assert first.sha256 != second.sha256


def test_control_characters_of_a_name_are_not_passed_on(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_bytes({"a\x1b[2J\u202e.csv": b""}))
    (found,) = opener.all(path)
    assert isinstance(found, Refused)
    assert found.file == f"{path}!a\ufffd[2J\ufffd.csv"
