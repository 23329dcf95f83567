"""What a file is, told by its first bytes and never by its name."""

import re
from enum import Enum

from suyuan.sources.encoding import mark_of, utf16_without_mark

HEAD = 65_536


class Kind(Enum):
    """What a reader exists for, and what can be named so that a person knows what to do."""

    TEXT = "text"
    ZIP = "zip"  # an archive, or a workbook in one
    OLE = "ole"  # XLS, or another Office 97 file
    PARQUET = "parquet"
    JSON = "json"
    HTML = "html"
    XML_SHEET = "xml sheet"
    PDF = "pdf"
    PACKED = "packed"  # rar, 7z, gzip, bzip2, xz, zstd
    BINARY = "binary"


_MAGIC = (
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"PK\x07\x08", Kind.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
    (b"PAR1", Kind.PARQUET),
    (b"%PDF-", Kind.PDF),
    (b"Rar!\x1a\x07", Kind.PACKED),
    (b"7z\xbc\xaf\x27\x1c", Kind.PACKED),
    (b"\x1f\x8b", Kind.PACKED),
    (b"BZh", Kind.PACKED),
    (b"\xfd7zXZ\0", Kind.PACKED),
    (b"\x28\xb5\x2f\xfd", Kind.PACKED),
)
_HTML = re.compile(rb"\A\s*<(?:!doctype\s+html|html|head|meta|table|body|style|div)\b", re.IGNORECASE)
_TABLE = re.compile(rb"<table\b", re.IGNORECASE)
_FEW = 8
_CONTROL = bytes(set(range(32)) - {0, 9, 10, 11, 12, 13, 26, 27, 28, 29, 30, 31})


def kind_of(head: bytes) -> Kind:
    """Return what a file is whose first `HEAD` bytes are `head`.

    JSON is a first guess (the text opens with a brace or a bracket); its reader may hand the file back as text.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    encoding, skip = mark_of(head)
    encoding = encoding if skip else utf16_without_mark(head)
    body = head[skip:]
    if encoding and encoding.startswith("utf-16"):
        body = body.decode(encoding, "replace").encode()
    start = body.lstrip()[:1]
    if start == b"<":
        return _markup(body)
    if start in (b"{", b"["):
        return Kind.JSON
    return Kind.BINARY if _is_binary(body) else Kind.TEXT


def _markup(body: bytes) -> Kind:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in body:
        return Kind.XML_SHEET
    return Kind.HTML if _HTML.match(body) or _TABLE.search(body) else Kind.TEXT


def _is_binary(body: bytes) -> bool:
    """Control bytes, more than a few and than one in a hundred, or more zeros than half: no text was ever so."""
    control = len(body) - len(body.translate(None, _CONTROL))
    return control > max(_FEW, len(body) // 100) or body.count(0) * 2 > len(body)
