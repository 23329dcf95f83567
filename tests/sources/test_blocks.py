import hashlib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suyuan.domain.errors import DataError
from suyuan.sources import blocks as module
from suyuan.sources.blocks import Behind, Decoder, ahead, line_blocks
from suyuan.sources.limits import Limits


@given(st.binary(max_size=60).map(lambda data: data.replace(b"\x1a", b"")), st.integers(1, 9))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_blocks_are_whole_lines_and_lose_no_byte(tmp_path: Path, data: bytes, size: int) -> None:
    path = tmp_path / "a.csv"
    data = data.lstrip(b"\xef\xff\xfe")
    path.write_bytes(data)
    old, module.BLOCK = module.BLOCK, size
    try:
        with Behind() as digest:
            found = list(line_blocks(path, decoder=Decoder(encoding="utf-8"), digest=digest, limits=Limits()))
            assert digest.hexdigest() == hashlib.sha256(data).hexdigest()
    finally:
        module.BLOCK = old
    told = b"".join(found)
    assert told == data or told == data + b"\n"
    assert all(block.endswith((b"\n", b"\r")) for block in found)
    assert not any(left.endswith(b"\r") and right.startswith(b"\n") for left, right in pairwise(found))


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * (module.BLOCK * 2))
    with Behind() as digest, pytest.raises(DataError) as fault:
        list(line_blocks(path, decoder=Decoder(encoding="utf-8"), digest=digest, limits=Limits(cell_chars=10)))
    assert fault.value.key == "read.line_too_long"


def test_a_decoder_turns_lines_of_the_other_encoding_and_remembers() -> None:
    decoder = Decoder(encoding="utf-8")
    assert decoder.utf8("张三\n".encode() + "李四\n".encode("gb18030") + b"a\0b\n").decode() == "张三\n李四\nab\n"
    assert decoder.notes() == ("read.mixed_encoding", "read.nul_removed")
    decoder.check(lines=3)


def test_a_decoder_refuses_what_it_could_not_decode() -> None:
    decoder = Decoder(encoding="gb18030")
    decoder.utf8(b"caf\xe9\xff\n" * 10)
    with pytest.raises(DataError):
        decoder.check(lines=20)


def test_work_ahead_comes_in_order() -> None:
    assert list(ahead(lambda number: number * 2, range(20))) == list(range(0, 40, 2))


def test_broken_pairs_of_utf16_are_counted_and_whole_replacements_are_not() -> None:
    decoder = Decoder(encoding="utf-16-le")
    assert decoder.feed("a\ufffd\n".encode("utf-16-le"), final=False).decode() == "a\ufffd\n"
    assert decoder.notes() == ()
    told = decoder.feed(b"\x00\xd8b\x00\n\x00c", final=False) + decoder.feed(b"\x00", final=True)
    assert told.decode() == "\ufffdb\nc"
    assert decoder.notes() == ("read.undecodable",)
