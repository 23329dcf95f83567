"""Makes files of columns of text, all rows at once: delimited text, lines of JSON, workbooks."""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.institutions.layouts import Layout

_CHUNK = 400_000  # rows made at once: a few hundred MB of text
_EPOCH = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NS = "http://schemas.openxmlformats.org"
_SHEET = f"{_NS}/spreadsheetml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_NS}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_NS}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{_NS}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_SHEET}" xmlns:r="{_NS}/officeDocument/2006/relationships">'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_NS}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{_NS}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


def first_line(layout: Layout) -> int:
    """Return the line of a file's first row, as readers count."""
    return 1 if layout.form == "json" else 2


def write_file(path: Path, layout: Layout, texts: Mapping[str, pa.Array]) -> None:
    """Write `texts` (column of the contract → cells, null for an empty one) to `path` as `layout` says.

    Raises:
        OSError: The file cannot be written.
    """
    n = len(next(iter(texts.values())))
    parts = (
        {layout.heads[name]: _plain(texts[name][start : start + _CHUNK]) for name in layout.heads}
        for start in range(0, n, _CHUNK)
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    if layout.form == "xlsx":
        _write_workbook(path, {head: _plain(texts[name]) for name, head in layout.heads.items()})
        return
    with path.open("wb") as stream:
        if layout.form == "csv":
            stream.write((",".join(layout.heads.values()) + "\r\n").encode(layout.encoding))
        for part in parts:
            made = _json_lines(part) if layout.form == "json" else _csv_lines(part)
            told = joined(made)
            stream.write(told if layout.encoding == "utf-8" else told.decode().encode(layout.encoding))


def joined(lines: pa.Array) -> bytes:
    """Return texts one after the other."""
    if not len(lines):
        return b""
    whole = lines.cast(pa.large_string())
    places = np.frombuffer(whole.buffers()[1], np.int64)[whole.offset : whole.offset + len(whole) + 1]
    return bytes(whole.buffers()[2][int(places[0]) : int(places[-1])])


def _plain(texts: pa.Array) -> pa.Array:
    """Return cells without line ends."""
    whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    if _holds(whole, b"\r\n\t"):
        return pc.replace_substring_regex(whole, "[\r\n\t]+", " ")
    return whole


def _holds(texts: pa.Array, marks: bytes) -> bool:
    """Return whether any of `marks` may stand in `texts`: a look at the bytes, many times faster than at the texts."""
    told = texts.buffers()[2]
    whole = b"" if told is None else told.to_pybytes()
    return any(mark in whole for mark in marks)


def _csv_lines(cells: Mapping[str, pa.Array]) -> pa.Array:
    filled = [_quoted(pc.fill_null(each, "")) for each in cells.values()]
    filled[-1] = pc.binary_join_element_wise(filled[-1], "\r\n", "")
    return pc.binary_join_element_wise(*filled, ",")


def _quoted(texts: pa.Array) -> pa.Array:
    if not _holds(texts, b'",'):
        return texts
    odd = pc.match_substring_regex(texts, '[",]')
    cell = pc.binary_join_element_wise('"', pc.replace_substring(texts, '"', '""'), '"', "")
    return pc.if_else(odd, cell, texts)


def _json_lines(cells: Mapping[str, pa.Array]) -> pa.Array:
    pieces: list[pa.Array | str] = []
    for head, texts in cells.items():
        safe = pc.replace_substring(pc.replace_substring(texts, "\\", "\\\\"), '"', '\\"')
        pieces += [
            f'{"," if pieces else "{"}"{head}":',
            pc.fill_null(pc.binary_join_element_wise('"', safe, '"', ""), "null"),
        ]
    return pc.binary_join_element_wise(*pieces, "}\n", "")


def _write_workbook(path: Path, cells: Mapping[str, pa.Array]) -> None:
    """Write one sheet whose bytes depend on its cells alone: no clock, no names of people or programs."""
    body = b"".join(_sheet(cells))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in {
            **{name: part.encode() for name, part in _PARTS.items()},
            "xl/worksheets/sheet1.xml": body,
        }.items():
            part = zipfile.ZipInfo(name, date_time=_EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(part, _HEAD.encode() + text)


def _sheet(cells: Mapping[str, pa.Array]) -> Iterator[bytes]:
    n = len(next(iter(cells.values())))
    yield f'<worksheet xmlns="{_SHEET}"><sheetData>'.encode()
    heads = {head: pa.array([head]) for head in cells}
    yield joined(_sheet_rows(heads, pa.array(["1"])))
    yield joined(_sheet_rows(cells, pa.array(np.arange(2, n + 2)).cast(pa.string())))
    yield b"</sheetData></worksheet>"


def _sheet_rows(cells: Mapping[str, pa.Array], numbers: pa.Array) -> pa.Array:
    pieces: list[pa.Array | str] = ['<row r="', numbers, '">']
    for at, texts in enumerate(cells.values()):
        safe = texts
        for mark, told in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
            safe = pc.replace_substring(safe, mark, told)
        cell = pc.binary_join_element_wise(
            f'<c r="{_letters(at)}', numbers, '" t="inlineStr"><is><t xml:space="preserve">', safe, "</t></is></c>", ""
        )
        pieces.append(pc.fill_null(cell, ""))
    return pc.binary_join_element_wise(*pieces, "</row>", "")


def _letters(at: int) -> str:
    return chr(65 + at) if at < 26 else chr(64 + at // 26) + chr(65 + at % 26)
