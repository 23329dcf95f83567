import hashlib
import os
from pathlib import Path

import pytest

from suyuan.domain.errors import DataError
from suyuan.sources.reading import Reading
from suyuan.sources.taken import blocks, look, mark_of_time, take
from tests.sources.conftest import Opener


def test_what_is_taken_is_what_was_hashed(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"abc" * 5_000_000)
    taken = take(opener.reading(), path, file="told.bin")
    assert (taken.file, taken.size) == ("told.bin", 15_000_000)
    assert taken.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert taken.path.read_bytes() == path.read_bytes()
    assert taken.path.parent == opener.staging


def test_a_file_that_is_written_to_meanwhile_is_refused(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" * 2_000_000)

    class Meddling(Reading):
        def tick(self) -> None:
            with path.open("ab") as stream:
                stream.write(b"c,d\n")
            super().tick()

    meddled = Meddling(con=opener.con, limits=opener.reading().limits, staging=opener.staging)
    with pytest.raises(DataError) as fault:
        take(meddled, path, file="a.csv")
    assert fault.value.key == "read.changed"


@pytest.mark.parametrize(("size", "key"), [(0, "read.empty"), (11, "read.too_big")])
def test_size_is_asked_before_anything_is_read(tmp_path: Path, size: int, key: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * size)
    with pytest.raises(DataError) as fault:
        look(path, limit=10)
    assert fault.value.key == key


def test_a_file_that_is_not_ours_to_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(DataError) as fault:
        look(path, limit=10)
    assert fault.value.key == "read.not_readable"
    assert fault.value.values["why"] == os.strerror(13)


def test_a_mark_of_time_changes_with_the_content(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x")
    before = mark_of_time(path)
    path.write_bytes(b"xy")
    assert mark_of_time(path) != before


def test_blocks_hold_every_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"abcdefg")
    with path.open("rb") as stream:
        assert list(blocks(stream, size=3)) == [b"abc", b"def", b"g"]
