"""Which encoding a text is written in, and the text.

Chinese institutions write UTF-8 (with and without mark), GB18030 and UTF-16 (with and without mark), sometimes two of
them in one file, and cut fields at a byte count through the middle of a character. Nothing is guessed beyond these:
a text in none of them is refused.
"""

import codecs
import re
from dataclasses import dataclass

import numpy as np

from suyuan.domain.errors import DataError

SAMPLE = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LIKE_UTF8 = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}")
BAD_LINES = 0.05  # share of lines with an undecodable byte past which the whole is held to be another encoding
FEW_LINES = 3


@dataclass(frozen=True, kw_only=True)
class Text:
    """A decoded text. `notes` are catalogue keys of what was odd."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def mark_of(data: bytes) -> tuple[str | None, int]:
    """Return the encoding that a byte order mark names and the length of the mark (None, 0 without one)."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    return None, 0


def utf16_without_mark(data: bytes) -> str | None:
    """Return `utf-16-le` or `utf-16-be` when `data` is UTF-16 without a mark, else None.

    Every delimiter, digit and line end of such a text is a pair of an ASCII byte and a zero; a text in which zeros are
    mere rubbish has few such pairs or has pairs of zeros.
    """
    pairs = np.frombuffer(data[: SAMPLE & ~1][: len(data) & ~1], dtype=np.uint8).reshape(-1, 2)
    if not len(pairs) or b"\0" not in data[:SAMPLE]:
        return None
    first, second = pairs[:, 0], pairs[:, 1]
    little = int(((second == 0) & (first > 8) & (first < 127)).sum())
    big = int(((first == 0) & (second > 8) & (second < 127)).sum())
    if int(((first == 0) & (second == 0)).sum()) > len(pairs) // 100 or max(little, big) * 50 < len(pairs):
        return None
    if max(little, big) < 4 * min(little, big):
        return None
    return "utf-16-le" if little > big else "utf-16-be"


def sniff(data: bytes) -> str:
    """Return the encoding of a text whose beginning is `data`: utf-8, gb18030, utf-16-le or utf-16-be.

    A character cut at the end of `data` does not count against an encoding.
    """
    marked, _ = mark_of(data)
    if marked or (marked := utf16_without_mark(data)):
        return marked
    if _is_whole(data, "utf-8", final=False):
        return "utf-8"
    tally = _tally(data[: data.rfind(b"\n") + 1] or data)
    is_gb18030 = tally.is_gb18030 or (not tally.utf8 and _is_whole(data, "gb18030", final=False))
    return "gb18030" if is_gb18030 else "utf-8"


def decode(data: bytes) -> Text:
    """Return the text of `data`, without its byte order mark and without NULs.

    Bytes that fit no encoding become U+FFFD, each line on its own, and are noted.

    Raises:
        DataError: More than a twentieth of the lines fit neither UTF-8 nor GB18030.
    """
    marked, skip = mark_of(data)
    wide = marked if marked and marked.startswith("utf-16") else None
    if not marked:
        wide = utf16_without_mark(data)
    body = data[skip:]
    if wide:
        return _clean(body.decode(wide, "replace"), wide, odd=not _is_whole(body, wide))
    if _is_whole(body, "utf-8"):
        return _clean(body.decode("utf-8"), "utf-8", odd=False)
    if _is_whole(body, "gb18030") and _counts(body).is_gb18030:  # a line with one word (电话) may look like UTF-8
        return _clean(body.decode("gb18030"), "gb18030", odd=False)
    return _line_by_line(_tally(body))


def line_text(line: bytes) -> tuple[str, str]:
    """Return `line` decoded and what it was: utf-8, gb18030, or `?` when some bytes became U+FFFD.

    Two letters of GB18030 can pass for UTF-8 and the other way round, so a line counts as UTF-8 when it is valid and
    has a Chinese character, and as damaged UTF-8 when it has at least as many of them as of broken places.
    """
    as_utf8 = line.decode("utf-8", "replace")
    broken = as_utf8.count("\ufffd") - line.count(b"\xef\xbf\xbd")
    chinese = sum(1 for char in as_utf8 if "\u2e80" <= char < "\ufffd")
    if not broken and (chinese or line.isascii()):
        return as_utf8, "utf-8"
    if chinese and chinese >= broken:
        return as_utf8, "?"
    try:
        return line.decode("gb18030"), "gb18030"
    except UnicodeDecodeError:
        if not broken:
            return as_utf8, "utf-8"
    as_gb18030 = line.decode("gb18030", "replace")
    return min(as_gb18030, as_utf8, key=lambda text: text.count("\ufffd")), "?"


@dataclass(frozen=True, kw_only=True)
class _Tally:
    """Lines decoded each on its own, and how many of the non-ASCII ones were what."""

    lines: list[str]
    utf8: int
    gb18030: int
    bad: int

    @property
    def is_gb18030(self) -> bool:
        """A line of GB18030 in a hundred may look like UTF-8."""
        return self.gb18030 > 0 and self.utf8 * 100 <= self.gb18030


def _tally(data: bytes) -> _Tally:
    lines: list[str] = []
    counts = {"utf-8": 0, "gb18030": 0, "?": 0}
    for line in data.split(b"\n"):
        if line.isascii():
            lines.append(line.decode("ascii"))
            continue
        text, encoding = line_text(line)
        lines.append(text)
        counts[encoding] += 1
    return _Tally(lines=lines, utf8=counts["utf-8"], gb18030=counts["gb18030"], bad=counts["?"])


def _counts(data: bytes) -> _Tally:
    """Return the tally of `data`, which is GB18030 as a whole, without its lines: five times as fast.

    A line without three bytes that could be a character of UTF-8 past U+0800 has nothing Chinese in UTF-8, so it is
    GB18030; only the others are looked at one by one.
    """
    lines = data.split(b"\n")
    told = sum(1 for line in lines if not line.isascii())
    counts = {"utf-8": 0, "gb18030": 0, "?": 0}
    for line in lines:
        if _LIKE_UTF8.search(line):
            counts[line_text(line)[1]] += 1
    certain = told - sum(counts.values())
    return _Tally(lines=[], utf8=counts["utf-8"], gb18030=certain + counts["gb18030"], bad=counts["?"])


def _is_whole(data: bytes, encoding: str, *, final: bool = True) -> bool:
    """Return whether `data` is in `encoding`; unless `final`, its last character may be cut."""
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(data, final)
    except UnicodeDecodeError:
        return False
    return True


def _line_by_line(tally: _Tally) -> Text:
    bad, total = tally.bad, len(tally.lines)
    if bad > max(FEW_LINES, BAD_LINES * total) or bad == total:
        raise DataError("read.unknown_encoding", lines=bad, of=total)
    main = "utf-8" if tally.utf8 > tally.gb18030 else "gb18030"
    found = _clean("\n".join(tally.lines), main, odd=bool(bad))
    mixed = ("read.mixed_encoding",) if tally.utf8 and tally.gb18030 else ()
    return Text(text=found.text, encoding=main, notes=found.notes + mixed)


def _clean(text: str, encoding: str, *, odd: bool) -> Text:
    notes = []
    if odd:
        notes.append("read.undecodable")
    if "\0" in text:
        notes.append("read.nul_removed")
        text = text.replace("\0", "")
    return Text(text=text.rstrip("\x1a"), encoding=encoding, notes=tuple(notes))
