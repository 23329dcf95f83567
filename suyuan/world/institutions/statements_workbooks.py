"""Statements as workbooks: the lines of a layout as rows of one sheet, whose bytes depend on its cells alone."""

import hashlib
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.institutions.statements_cells import Page, cells
from suyuan.world.institutions.statements_entries import Entries
from suyuan.world.institutions.statements_files import UNBROKEN, Broken, File, composed, line_numbers, pages
from suyuan.world.institutions.statements_layouts import Layout
from suyuan.world.institutions.statements_ledger import Ledger
from suyuan.world.institutions.statements_pieces import Piece, code, content, lines

_EPOCH = (1980, 1, 1, 0, 0, 0)
_QUICK = 1  # level of deflate: a third of the time for a tenth more bytes
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NS = "http://schemas.openxmlformats.org"
_SHEET = "xl/worksheets/sheet1.xml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_NS}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        f'<Override PartName="/{_SHEET}" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_NS}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{_NS}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_NS}/spreadsheetml/2006/main" xmlns:r="{_NS}/officeDocument/2006/relationships">'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_NS}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{_NS}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
_FIGURES = frozenset({"amount", "signed", "in", "out", "balance"})
_OPEN, _CLOSE = b'<c t="inlineStr"><is><t>', b"</t></is></c>"


def write_workbook(path: Path, *, ledger: Ledger, layout: Layout, entries: Entries, broken: Broken = UNBROKEN) -> File:
    """Write `entries` as `layout` prints them, one sheet under its header, amounts as numbers.

    Returns what was written; an entry's line is its row in the sheet.
    """
    sheet = layout.model_copy(update={"encoding": "xml"})
    header = b"".join(_OPEN + code(name, "xml") + _CLOSE for name in layout.columns)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICK) as packed:
        for name, text in _PARTS.items():
            packed.writestr(_part(name), _HEAD + text)
        with packed.open(_part(_SHEET), "w") as part:
            part.write(f'{_HEAD}<worksheet xmlns="{_NS}/spreadsheetml/2006/main"><sheetData>'.encode())
            part.write(b"<row>" + header + b"</row>")
            for page, wrong in pages(ledger, sheet, entries, broken):
                part.write(content(composed(page, wrong, _pieces)))
            part.write(b"</sheetData></worksheet>")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return File(name=path.name, sha256=digest, line=line_numbers(layout, len(entries), above=1))


def _part(name: str) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(name, date_time=_EPOCH)
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


def _pieces(page: Page) -> list[Piece]:
    """Return the pieces of a row: text cells inline, amounts as numbers, empty sides of a split left out."""
    told: list[Piece] = [b"<row>"]
    for cell in page.layout.columns.values():
        found = cells(page, cell)
        if cell[0] in {"in", "out"}:
            into = page.entries.into if cell[0] == "in" else ~page.entries.into
            value = lines([b"<c><v>", *found, b"</v></c>"], len(into))
            told += [pc.if_else(pa.array(into), value, pa.scalar(b"<c/>", pa.binary()))]
        elif cell[0] in _FIGURES:
            told += [b"<c><v>", *found, b"</v></c>"]
        else:
            told += [_OPEN, *found, _CLOSE]
    return [*told, b"</row>"]
