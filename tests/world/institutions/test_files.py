import csv
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook

from suyuan.world.institutions.files import first_line, joined, write_file
from suyuan.world.institutions.layouts import Form, layouts

ODD = ["甲", 'so "said"', "a,b", "<b> & co", "two\nlines", "back\\slash", None]
PLAIN = ["甲", 'so "said"', "a,b", "<b> & co", "two lines", "back\\slash", None]
LAYOUT = replace(layouts()[0], heads={"name": "姓名", "phone": "电话"})
TEXTS = {"name": pa.array(ODD), "phone": pa.array([str(k) for k in range(7)])}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_delimited_text_comes_back(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a" / "x.csv"
    write_file(path, replace(LAYOUT, encoding=encoding), TEXTS)
    with path.open(encoding=encoding, newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == ["姓名", "电话"]
    assert [row[0] or None for row in rows[first_line(LAYOUT) - 1 :]] == PLAIN


def test_lines_of_json_come_back(tmp_path: Path) -> None:
    layout = replace(LAYOUT, form="json", encoding="utf-8")
    write_file(tmp_path / "x.jsonl", layout, TEXTS)
    rows = [json.loads(line) for line in (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["姓名"] for row in rows[first_line(layout) - 1 :]] == PLAIN


def test_a_workbook_comes_back(tmp_path: Path) -> None:
    write_file(tmp_path / "x.xlsx", replace(LAYOUT, form="xlsx"), TEXTS)
    rows = CalamineWorkbook.from_path(tmp_path / "x.xlsx").get_sheet_by_index(0).to_python()
    assert rows[0] == ["姓名", "电话"]
    assert [row[0] or None for row in rows[1:]] == PLAIN


def test_a_workbook_remembers_no_time(tmp_path: Path) -> None:
    write_file(tmp_path / "x.xlsx", replace(LAYOUT, form="xlsx"), TEXTS)
    with zipfile.ZipFile(tmp_path / "x.xlsx") as packed:
        assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_a_part_of_longer_columns_is_written_alone(tmp_path: Path, form: Form) -> None:
    layout = replace(LAYOUT, form=form)
    write_file(tmp_path / "whole", layout, {name: pa.array(["x", "y"]) for name in TEXTS})
    write_file(tmp_path / "part", layout, {name: pa.array(["a", "x", "y", "b"])[1:3] for name in TEXTS})
    assert (tmp_path / "whole").read_bytes() == (tmp_path / "part").read_bytes()


def test_nothing_joined_is_nothing() -> None:
    assert joined(pa.array([], pa.string())) == b""
