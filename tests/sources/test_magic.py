import pytest

from suyuan.sources.magic import Kind, kind_of


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"PK\x03\x04...", Kind.ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
        (b"PAR1", Kind.PARQUET),
        (b"%PDF-1.4", Kind.PDF),
        (b"\x1f\x8b\x08", Kind.PACKED),
        (b'\xef\xbb\xbf {"a": 1}', Kind.JSON),
        (b"[1]", Kind.JSON),
        (b"\r\n<HTML><body>", Kind.HTML),
        (b"<?xml version='1.0'?><x><table>", Kind.HTML),
        (b"<x>,1\n", Kind.TEXT),
        (b"a,b\n", Kind.TEXT),
        ("{a".encode("utf-16-le") + "\n1,2,3,4\n".encode("utf-16-le"), Kind.JSON),
        ("日期,金额\n".encode("gb18030"), Kind.TEXT),
        (b"\x01\x02\x03\x04" * 20, Kind.BINARY),
        (b"\0" * 64 + b"a", Kind.BINARY),
        (b"a\0,b\0,1\n", Kind.TEXT),
    ],
)
def test_first_bytes_say_what_a_file_is(head: bytes, kind: Kind) -> None:
    assert kind_of(head) is kind
