"""Members of zip archives, one at a time, by content: no path of an archive is ever used as a path."""

import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from suyuan.domain.errors import DataError
from suyuan.sources.folder import is_litter
from suyuan.sources.grid import Refused
from suyuan.sources.reading import Reading
from suyuan.sources.taken import Taken

_PIECE = 1024 * 1024
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_DRIVE = re.compile(r"\A[A-Za-z]:")


@dataclass(frozen=True, kw_only=True)
class Member:
    """One unpacked member: `file` is `archive.zip!name`, `path` a staged file that the reader deletes."""

    file: str
    path: Path


def members(reading: Reading, taken: Taken) -> Iterator[Member | Refused]:
    """Yield the files of an archive in its order, or why a member is not read.

    Raises:
        DataError: The archive as a whole is too big, too dense, too many, or broken.
    """
    with zipfile.ZipFile(taken.path) as archive:
        found = archive.infolist()
    check_density(reading, taken, found)
    seen: set[str] = set()
    with taken.path.open("rb") as stream:
        for info in found:
            if info.is_dir():
                continue
            name = member_name(info)
            file = f"{taken.file}!{_printable(name)}"
            fault = _fault(info, name, seen)
            seen.add(name)
            if fault:
                yield Refused(file=file, key=fault, values={"file": file}, harmless=fault == "read.litter")
                continue
            try:
                yield Member(file=file, path=_unpack(reading, stream, info))
            except DataError as broken:
                yield Refused(file=file, key=broken.key, values={"file": file, **broken.values})


def check_density(reading: Reading, taken: Taken, found: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse an archive that would unpack to more than it may.

    Raises:
        DataError: Too many members, too many bytes, or packed more densely than any table is.
    """
    limits = reading.limits
    size = sum(info.file_size for info in found)
    if len(found) > limits.members:
        raise DataError("read.too_many_members", members=len(found), limit=limits.members)
    if size > limits.unpacked_bytes:
        raise DataError("read.unpacks_too_big", bytes=size, limit=limits.unpacked_bytes)
    if size > limits.free_bytes and size > limits.ratio * taken.size:
        raise DataError("read.bomb", ratio=size // max(1, taken.size), limit=limits.ratio)


def member_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name: UTF-8 where marked or valid, else GB18030, with forward slashes."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = name.encode()
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _printable(name: str) -> str:
    return "".join("\ufffd" if unicodedata.category(char)[0] == "C" else char for char in name)


def _fault(info: zipfile.ZipInfo, name: str, seen: set[str]) -> str | None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if name.startswith("/") or _DRIVE.match(name) or ".." in PurePosixPath(name).parts or "\0" in name:
        return "read.unsafe_name"
    if kind == stat.S_IFLNK:
        return "read.symlink"
    if kind not in (0, stat.S_IFREG):
        return "read.not_a_file"
    if info.flag_bits & _ENCRYPTED:
        return "read.password"
    if any(is_litter(part) for part in PurePosixPath(name).parts):
        return "read.litter"
    return "read.member_twice" if name in seen else None


def _unpack(reading: Reading, stream: BinaryIO, info: zipfile.ZipInfo) -> Path:
    aside = reading.staging / f"{reading.fresh()}.bin"
    try:
        with aside.open("wb") as copy:
            for block in inflated(stream, info):
                reading.tick()
                copy.write(block)
    except DataError:
        aside.unlink(missing_ok=True)
        raise
    return aside


def inflated(stream: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the unpacked bytes of a member and stop the moment they are more than it declares.

    Raises:
        DataError: More or fewer bytes than declared, a broken stream or checksum, or packing other than deflate.
    """
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise DataError("read.member_packing")
    stream.seek(info.header_offset)
    header = stream.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise DataError("read.broken_archive")
    stream.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    total = check = 0
    for block in _pieces(stream, info):
        total += len(block)
        check = zlib.crc32(block, check)
        if total > info.file_size:
            raise DataError("read.size_lie")
        yield block
    if total != info.file_size or check != info.CRC:
        raise DataError("read.broken_archive")


def _pieces(stream: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    left = info.compress_size
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if info.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0 and (packed := stream.read(min(left, _PIECE))):
        left -= len(packed)
        if inflate is None:
            yield packed
            continue
        while packed:
            try:
                yield inflate.decompress(packed, _PIECE)
            except zlib.error as fault:
                raise DataError("read.broken_archive") from fault
            packed = inflate.unconsumed_tail
