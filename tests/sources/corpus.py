"""Broken files, made one by one: what arrives when people, banks, phones and ill will have had their hands on it.

Each entry says what a reader must make of it: a refusal with its reason, or grids with their notes. Whatever it is,
nothing but these two may come out, in bounded time and memory.
"""

import io
import json
import os
import struct
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
import xlwt

HEADER = ["交易日期", "交易时间", "收入", "支出", "余额", "对方户名", "对方账号", "摘要"]
ROWS = [
    ["2023-05-02", "10:11:12", "100.00", "", "1100.00", "张三", "6222020000000000017", "转账"],
    ["2023-05-03", "09:00:00", "", "16.78", "1083.22", "李四", "6222020000000000025", "消费"],
    ["2023-05-04", "23:59:59", "0.01", "", "1083.23", "王五", "6222020000000000033", "利息"],
]
GRID = "grid"


@dataclass(frozen=True, kw_only=True)
class Broken:
    """One file of the corpus. `expect` holds `grid` and the keys of refusals and notes that must be seen."""

    name: str
    build: Callable[[Path], None]
    expect: tuple[str, ...]


CORPUS: list[Broken] = []


def broken(name: str, *expect: str) -> Callable[[Callable[[Path], None]], Callable[[Path], None]]:
    """Enter the decorated builder under `name`, the file it writes."""

    def enter(build: Callable[[Path], None]) -> Callable[[Path], None]:
        CORPUS.append(Broken(name=name, build=build, expect=expect))
        return build

    return enter


def csv_text(rows: list[list[str]] | None = None, header: list[str] | None = None) -> str:
    """A plain statement."""
    lines = [header or HEADER, *(ROWS if rows is None else rows)]
    return "\n".join(",".join(line) for line in lines) + "\n"


def xlsx_bytes(rows: Sequence[Sequence[object]] | None = None) -> bytes:
    """A plain statement as a workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [HEADER, *(rows if rows is not None else ROWS)]:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls_bytes() -> bytes:
    """A plain statement as an Excel 97 workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("明细")
    for at, row in enumerate([HEADER, *ROWS]):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parquet_bytes() -> bytes:
    """A plain statement as Parquet."""
    table = pa.table({name: [row[at] for row in ROWS] for at, name in enumerate(HEADER)})
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def zip_bytes(members: dict[str, bytes]) -> bytes:
    """An archive of `members`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def changed_workbook(changes: dict[str, Callable[[bytes], bytes]], added: dict[str, bytes] | None = None) -> bytes:
    """A plain workbook with some of its parts rewritten and others added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_bytes())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            data = old.read(info.filename)
            new.writestr(info.filename, changes[info.filename](data) if info.filename in changes else data)
        for name, data in (added or {}).items():
            new.writestr(name, data)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


# --- empty, cut, not what it says ---------------------------------------------------------------------------------


@broken("empty.csv", "read.empty")
def _(path: Path) -> None:
    path.write_bytes(b"")


@broken("mark_only.csv", "read.blank")
def _(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf")


@broken("blank_lines.csv", "read.blank")
def _(path: Path) -> None:
    path.write_bytes(b"\r\n \t\r\n\r\n")


@broken("header_only.csv", GRID)
def _(path: Path) -> None:
    path.write_text(csv_text([]), encoding="utf-8")


@broken("cut.xlsx", "read.broken_archive")
def _(path: Path) -> None:
    path.write_bytes(xlsx_bytes()[:-400])


@broken("cut_in_the_middle.xlsx", "read.broken_archive")
def _(path: Path) -> None:
    path.write_bytes(xlsx_bytes()[:1500])


@broken("damaged_sheet.xlsx", "read.broken_workbook")
def _(path: Path) -> None:
    path.write_bytes(changed_workbook({SHEET: lambda data: data[: len(data) // 2]}))


@broken("wrong_checksum.xlsx", "read.broken_archive")
def _(path: Path) -> None:
    data = bytearray(xlsx_bytes())
    data[data.rindex(SHEET.encode()) - 46 + 16] ^= 0xFF
    path.write_bytes(data)


@broken("cut.xls", "read.broken_workbook")
def _(path: Path) -> None:
    path.write_bytes(xls_bytes()[:2000])


@broken("rubbish_inside.xls", "read.broken_workbook")
def _(path: Path) -> None:
    data = xls_bytes()
    path.write_bytes(data[:512] + bytes(range(256)) * (len(data) // 256 - 2))


@broken("cut.zip", "read.broken_archive")
def _(path: Path) -> None:
    path.write_bytes(zip_bytes({"a.csv": csv_text().encode()})[:-30])


@broken("cut.parquet", "read.broken_parquet")
def _(path: Path) -> None:
    path.write_bytes(parquet_bytes()[:-100])


@broken("rubbish_footer.parquet", "read.broken_parquet")
def _(path: Path) -> None:
    data = parquet_bytes()
    path.write_bytes(data[:-60] + b"\xff" * 52 + data[-8:])


@broken("program.csv", "read.binary")
def _(path: Path) -> None:
    path.write_bytes(b"\x7fELF\x02\x01\x01\0" + bytes(range(256)) * 64)


@broken("picture.xlsx", "read.binary")
def _(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)


@broken("paper.csv", "read.pdf")
def _(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")


@broken("packed.rar", "read.packed_otherwise")
def _(path: Path) -> None:
    path.write_bytes(b"Rar!\x1a\x07\x01\x00" + b"\0" * 64)


@broken("workbook.csv", GRID)
def _(path: Path) -> None:
    path.write_bytes(xlsx_bytes())


@broken("text.xls", GRID)
def _(path: Path) -> None:
    path.write_bytes(csv_text().replace(",", "\t").encode("gb18030"))


@broken("page.xls", GRID, "read.html_table")
def _(path: Path) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [HEADER, *ROWS])
    path.write_text(f"<html><meta charset=utf-8><body><table border=1>{rows}</table></body></html>", encoding="utf-8")


@broken("page_without_table.xls", "read.no_table")
def _(path: Path) -> None:
    path.write_text("<html><body>请重新登录</body></html>", encoding="utf-8")


@broken("excel2003.xls", "read.xml_sheet")
def _(path: Path) -> None:
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
        encoding="utf-8",
    )


@broken("letter.docx", "read.other_office")
def _(path: Path) -> None:
    path.write_bytes(zip_bytes({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}))


# --- encodings ------------------------------------------------------------------------------------------------------


@broken("latin.csv", "read.unknown_encoding")
def _(path: Path) -> None:
    path.write_bytes(b"date,name\n" + "2023-05-02,Jos\xe9\xff\xfe\n".encode("latin-1") * 40)


@broken("two_encodings.csv", GRID, "read.mixed_encoding")
def _(path: Path) -> None:
    path.write_bytes(csv_text().encode("utf-8") + csv_text([ROWS[0]], ROWS[1]).encode("gb18030"))


@broken("cut_characters.csv", GRID, "read.undecodable")
def _(path: Path) -> None:
    lines = [",".join(row).encode("gb18030") for row in [HEADER, *ROWS * 40]]
    lines[4] = lines[4].replace("张三".encode("gb18030"), "张三".encode("gb18030")[:-1])
    path.write_bytes(b"\r\n".join(lines))


@broken("wide_without_mark.csv", GRID)
def _(path: Path) -> None:
    path.write_bytes(csv_text().encode("utf-16-le"))


@broken("lone_surrogates.csv", GRID, "read.undecodable")
def _(path: Path) -> None:
    body = csv_text().encode("utf-16-le").replace("张".encode("utf-16-le"), b"\x00\xd8")
    path.write_bytes(b"\xff\xfe" + body)


@broken("nul_bytes.csv", GRID, "read.nul_removed")
def _(path: Path) -> None:
    path.write_bytes(csv_text().encode().replace(b",", b"\0,"))


@broken("right_to_left.csv", GRID)
def _(path: Path) -> None:
    path.write_text(csv_text([[*row[:5], "\u202e三张\u202c", *row[6:]] for row in ROWS]), encoding="utf-8")


# --- texts ----------------------------------------------------------------------------------------------------------


@broken("ten_megabyte_cell.csv", "read.cell_too_long")
def _(path: Path) -> None:
    path.write_text(csv_text([[*ROWS[0][:7], "x" * 10_000_000]]), encoding="utf-8")


@broken("mixed_line_ends.csv", GRID)
def _(path: Path) -> None:
    lines = csv_text().encode().split(b"\n")
    path.write_bytes(lines[0] + b"\r\n" + lines[1] + b"\r" + lines[2] + b"\n" + lines[3])


@broken("unterminated_quote.csv", GRID)
def _(path: Path) -> None:
    path.write_text(csv_text()[:-1].removesuffix("利息") + '"利息', encoding="utf-8")


@broken("unterminated_quote_early.csv", GRID)
def _(path: Path) -> None:
    path.write_text(csv_text().replace("张三", '"张三', 1), encoding="utf-8")


@broken("padded_quotes.csv", GRID)
def _(path: Path) -> None:
    path.write_text("\n".join(",".join(f'"{cell}   "\t' for cell in row) for row in [HEADER, *ROWS]), encoding="utf-8")


@broken("twenty_thousand_columns.csv", "read.too_wide")
def _(path: Path) -> None:
    path.write_text("\n".join(",".join(["1"] * 20_000) for _ in range(3)), encoding="utf-8")


@broken("rows_longer_than_header.csv", GRID)
def _(path: Path) -> None:
    path.write_text(csv_text([[*ROWS[0], "额外", "列"], ROWS[1]]), encoding="utf-8")


@broken("header_twice.csv", GRID)
def _(path: Path) -> None:
    path.write_text(csv_text() + csv_text(), encoding="utf-8")


@broken("columns_of_one_name.csv", GRID)
def _(path: Path) -> None:
    path.write_text(csv_text(header=[*HEADER[:7], "对方户名"]), encoding="utf-8")


@broken("header_in_the_middle.csv", GRID)
def _(path: Path) -> None:
    path.write_text("明细\n\n户名：赵六\n起止日期：2023-05-01至2023-05-31\n\n" + csv_text(), encoding="utf-8")


@broken("totals_disagree.csv", GRID)
def _(path: Path) -> None:
    path.write_text(csv_text() + "合计,,999.99,16.78,,,,\n", encoding="utf-8")


@broken("balance_breaks.csv", GRID)
def _(path: Path) -> None:
    path.write_text(csv_text().replace("1083.22", "9999.99"), encoding="utf-8")


@broken("odd_amounts.csv", GRID)
def _(path: Path) -> None:
    odd = [
        "1e5",
        "∞",
        "NaN",
        "１２３．４５",
        "1,23,4.5",
        "-0",
        "99999999999999999999",
        "--",
        "（12.00）",
        "12.345",
        "0x1F",
    ]
    path.write_text(csv_text([[*ROWS[0][:2], f'"{amount}"', *ROWS[0][3:]] for amount in odd]), encoding="utf-8")


@broken("odd_dates.csv", GRID)
def _(path: Path) -> None:
    odd = ["0000-00-00", "2023-02-30", "9999-12-31", "1899-12-30", "99999", "2023/13/01", "昨天", "20230502101112999"]
    path.write_text(csv_text([[day, *ROWS[0][1:]] for day in odd]), encoding="utf-8")


@broken("injection.csv", GRID)
def _(path: Path) -> None:
    odd = [
        "=cmd|' /C calc'!A0",
        '"=HYPERLINK(""http://x"",""y"")"',
        "@SUM(1)",
        "+1+1",
        "-2+3",
        "'; drop table entry; --",
    ]
    path.write_text(csv_text([[*ROWS[0][:7], memo] for memo in odd]), encoding="utf-8")


@broken("one_long_line.csv", GRID)
def _(path: Path) -> None:
    path.write_text(csv_text().replace("\n", " "), encoding="utf-8")


# --- workbooks ------------------------------------------------------------------------------------------------------


def _xlsx(path: Path, fill: Callable[[xlsxwriter.Workbook, object], None]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        fill(book, book.add_worksheet("明细"))


@broken("formulas.xlsx", GRID, "read.formula_without_value")
def _(path: Path) -> None:
    path.write_bytes(xlsx_bytes([[*ROWS[0][:4], "=C2+1000", *ROWS[0][5:]]]))


@broken("error_cells.xlsx", GRID, "read.error_cells")
def _(path: Path) -> None:
    data = changed_workbook({SHEET: lambda data: data.replace(b"</row>", b'<c r="J1" t="e"><v>#N/A</v></c></row>', 1)})
    path.write_bytes(data)


@broken("account_as_number.xlsx", GRID, "read.long_number")
def _(path: Path) -> None:
    path.write_bytes(xlsx_bytes([[*ROWS[0][:6], 6222020000000000017, "转账"]]))


@broken("macros.xlsm", GRID, "read.macros_left")
def _(path: Path) -> None:
    path.write_bytes(changed_workbook({}, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"\0" * 600}))


@broken("external_links.xlsx", GRID, "read.external_links")
def _(path: Path) -> None:
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    path.write_bytes(changed_workbook({}, {"xl/externalLinks/externalLink1.xml": link}))


@broken("hidden_sheet.xlsx", GRID, "read.hidden_sheet")
def _(path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes()))
    hidden = book.create_sheet("隐藏")
    hidden.sheet_state = "veryHidden"
    hidden.append(HEADER)
    book.save(path)


@broken("merged_header.xlsx", GRID, "read.merged_cells")
def _(path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes()))
    book.active.insert_rows(1)
    book.active["A1"] = "账户交易明细"
    book.active.merge_cells("A1:H1")
    book.save(path)


@broken("two_tables_in_a_sheet.xlsx", GRID)
def _(path: Path) -> None:
    path.write_bytes(xlsx_bytes([*ROWS, [], ["账户", "户名"], ["6222", "赵六"], [], HEADER, *ROWS]))


@broken("no_cells.xlsx", "read.blank")
def _(path: Path) -> None:
    openpyxl.Workbook().save(path)


@broken("password.xlsx", "read.password")
def _(path: Path) -> None:
    names = "EncryptionInfo".encode("utf-16-le") + b"\0" * 36 + "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(xls_bytes()[:512] + b"\0" * 512 + names + b"\0" * 2048)


@broken("dimension_of_two_million_rows.xlsx", GRID)
def _(path: Path) -> None:
    def widen(data: bytes) -> bytes:
        start = data.index(b'<dimension ref="') + len(b'<dimension ref="')
        return data[:start] + b"A1:XFD2000000" + data[data.index(b'"', start) :]

    path.write_bytes(changed_workbook({SHEET: widen}))


@broken("a_cell_in_the_far_corner.xlsx", "read.too_wide_sheet")
def _(path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    path.write_bytes(changed_workbook({SHEET: lambda data: data.replace(b"</sheetData>", far)}))


@broken("a_tall_thin_spread.xlsx", "read.sheet_too_big")
def _(path: Path) -> None:
    far = b'<row r="1048576"><c r="ZZ1048576"><v>1</v></c></row></sheetData>'
    path.write_bytes(changed_workbook({SHEET: lambda data: data.replace(b"</sheetData>", far)}))


@broken("two_hundred_thousand_empty_rows.xlsx", GRID)
def _(path: Path) -> None:
    rows = b"".join(b'<row r="%d" spans="1:8"/>' % number for number in range(10, 200_000))
    path.write_bytes(changed_workbook({SHEET: lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>")}))


@broken("billion_laughs.xlsx", GRID, "read.broken_workbook")
def _(path: Path) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">' for n in range(10))
    laughs = (
        f'<?xml version="1.0"?><!DOCTYPE sst [{entities}]>'
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1"><si><t>&l9;</t></si></sst>'
    )
    path.write_bytes(changed_workbook({"xl/sharedStrings.xml": lambda _: laughs.encode()}))


@broken("external_entity.xlsx", GRID, "read.broken_workbook")
def _(path: Path) -> None:
    told = (
        b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1"><si><t>&x;</t></si></sst>'
    )
    path.write_bytes(changed_workbook({"xl/sharedStrings.xml": lambda _: told}))


@broken("dates_out_of_range.xlsx", GRID)
def _(path: Path) -> None:
    def fill(book: xlsxwriter.Workbook, sheet: object) -> None:
        as_date = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, value in enumerate([-1, 0, 60, 2958466, 1e12, 45048.999999]):
            sheet.write_number(at, 0, value, as_date)  # type: ignore[attr-defined]

    _xlsx(path, fill)


@broken("a_part_twice.xlsx", "read.member_twice")
def _(path: Path) -> None:
    path.write_bytes(xlsx_bytes())
    import warnings

    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(SHEET, b"<worksheet/>")


# --- archives -------------------------------------------------------------------------------------------------------


@broken("bomb.zip", "read.bomb")
def _(path: Path) -> None:
    path.write_bytes(zip_bytes({"zeros.csv": b"0" * 100_000_000}))


@broken("bomb.xlsx", "read.bomb")
def _(path: Path) -> None:
    filler = b"<!--" + b" " * 100_000_000 + b"-->"
    path.write_bytes(changed_workbook({}, {"xl/worksheets/sheet2.xml": filler}))


@broken("size_lie.zip", "read.size_lie")
def _(path: Path) -> None:
    path.write_bytes(_lying(zip_bytes({"a.csv": b"a,b\n" * 5000})))


def _lying(data: bytes) -> bytes:
    """Make the directory of a one-member archive say that it holds 10 bytes."""
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<I", 10) + data[at + 28 :]


@broken("archive_in_archive.zip", GRID)
def _(path: Path) -> None:
    path.write_bytes(zip_bytes({"内层.zip": zip_bytes({"流水.csv": csv_text().encode()})}))


@broken("archive_in_archive_in_archive.zip", "read.nested_archive")
def _(path: Path) -> None:
    inner = zip_bytes({"a.zip": zip_bytes({"a.csv": csv_text().encode()})})
    path.write_bytes(zip_bytes({"a.zip": inner}))


@broken("names_of_gbk.zip", GRID)
def _(path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("12345678.csv"), csv_text().encode())
    path.write_bytes(out.getvalue().replace(b"12345678.csv", "交易明细".encode("gb18030") + b".csv"))


@broken("password.zip", "read.password")
def _(path: Path) -> None:
    data = bytearray(zip_bytes({"a.csv": csv_text().encode()}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path.write_bytes(data)


@broken("link.zip", "read.symlink", GRID)
def _(path: Path) -> None:
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.csv", csv_text())


@broken("names_that_climb.zip", "read.unsafe_name", GRID)
def _(path: Path) -> None:
    names = ["../../evil.csv", "/etc/evil.csv", "C:\\evil.csv", "a\\..\\..\\evil.csv", "good.csv"]
    path.write_bytes(zip_bytes({name: csv_text().encode() for name in names}))


@broken("members_of_one_name.zip", "read.member_twice", GRID)
def _(path: Path) -> None:
    import warnings

    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a.csv", csv_text())
        archive.writestr("a.csv", csv_text(ROWS[:1]))


@broken("litter.zip", "read.litter", GRID)
def _(path: Path) -> None:
    members = {"__MACOSX/._a.csv": b"\0\5\x16\7", "~$a.xlsx": b"x", ".DS_Store": b"x", "a.csv": csv_text().encode()}
    path.write_bytes(zip_bytes(members))


@broken("one_broken_member.zip", "read.broken_archive", "read.empty", GRID)
def _(path: Path) -> None:
    members = {"bad.xlsx": xlsx_bytes()[:900], "empty.csv": b"", "good.csv": csv_text().encode()}
    path.write_bytes(zip_bytes(members))


@broken("no_members.zip", "read.no_members")
def _(path: Path) -> None:
    path.write_bytes(zip_bytes({}))


# --- Parquet and JSON -----------------------------------------------------------------------------------------------


@broken("nested.parquet", GRID)
def _(path: Path) -> None:
    pq.write_table(pa.table({"id": ["a"], "people": [[{"name": "张三", "ids": [1, 2]}]], "m": [{"k": b"\xff"}]}), path)


@broken("wrong_types.parquet", GRID)
def _(path: Path) -> None:
    pq.write_table(pa.table({"sourceNodeId": [1.5], "targetNodeId": [True], "value": ["many"], "time": [None]}), path)


@broken("no_rows.parquet", "read.blank")
def _(path: Path) -> None:
    pq.write_table(pa.table({"a": pa.array([], pa.string())}), path)


@broken("reserved_names.parquet", GRID, "read.renamed_columns")
def _(path: Path) -> None:
    pq.write_table(pa.table({"row_no": [1], "file_row_number": [2], "a": [3]}), path)


@broken("broken_line.jsonl", "read.broken_json")
def _(path: Path) -> None:
    path.write_text('{"id": 1}\n{"id": 2\n{"id": 3}\n', encoding="utf-8")


@broken("deep.jsonl", "read.json_too_deep")
def _(path: Path) -> None:
    path.write_text('{"a": ' + "[" * 200_000 + "]" * 200_000 + "}\n", encoding="utf-8")


@broken("not_records.jsonl", "read.json_not_object")
def _(path: Path) -> None:
    path.write_text("[1, 2, 3]\n", encoding="utf-8")


@broken("key_twice.jsonl", "read.json_key_twice")
def _(path: Path) -> None:
    path.write_text('{"amount": 1, "amount": 1000000}\n', encoding="utf-8")


@broken("huge_numbers.jsonl", GRID)
def _(path: Path) -> None:
    told = {"id": "a", "half": "\ud800", "n": float("inf")}
    path.write_text('{"n": 1e400, "m": ' + "9" * 4000 + "}\n" + json.dumps(told) + "\n", encoding="utf-8")


# --- things that are no files ---------------------------------------------------------------------------------------


@broken("missing.csv", "read.missing")
def _(path: Path) -> None:
    path.unlink(missing_ok=True)


if sys.platform != "win32":

    @broken("pipe.csv", "read.not_a_file")
    def _(path: Path) -> None:
        os.mkfifo(path)

    @broken("dangling.csv", "read.missing")
    def _(path: Path) -> None:
        path.symlink_to(path.parent / "nowhere.csv")


@broken("folder.csv", "read.not_a_file")
def _(path: Path) -> None:
    path.mkdir()
    (path / "inside.csv").write_text(csv_text(), encoding="utf-8")
