from pathlib import Path

import pytest

from suyuan.domain.errors import DataError
from suyuan.sources.limits import Limits
from suyuan.sources.taken import take
from suyuan.sources.workbook import inspect, is_other_office, is_workbook
from tests.sources.conftest import Opener
from tests.sources.corpus import SHEET, changed_workbook, xlsx_bytes


def inspected(opener: Opener, path: Path, limits: Limits | None = None) -> tuple[str, ...]:
    reading = opener.reading(limits)
    return inspect(reading, take(reading, path, file="a.xlsx"))


def test_a_plain_workbook_is_not_odd(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx_bytes())
    assert inspected(opener, path) == ()


@pytest.mark.parametrize(
    ("limits", "key"),
    [
        (Limits(sheet_cells=31), "read.sheet_too_big"),
        (Limits(columns=7), "read.too_wide_sheet"),
        (Limits(sheet_bytes=1000), "read.unpacks_too_big"),
        (Limits(free_bytes=0, ratio=1), "read.bomb"),
    ],
)
def test_each_bound_refuses_with_its_own_words(opener: Opener, tmp_path: Path, limits: Limits, key: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx_bytes())
    with pytest.raises(DataError) as fault:
        inspected(opener, path, limits)
    assert fault.value.key == key


def test_a_sheet_exactly_as_large_as_it_may_be_is_read(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx_bytes())
    assert inspected(opener, path, Limits(sheet_cells=32, columns=8)) == ()


@pytest.mark.parametrize(
    ("formula", "noted"),
    [
        (b"<f>A1</f>", True),
        (b"<f>A1</f><v></v>", True),
        (b"<f>A1</f><v/>", True),
        (b'<f t="shared" si="0"/>', True),
        (b"<f>A1</f><v>5</v>", False),
    ],
)
def test_a_formula_without_a_kept_value_is_noted(opener: Opener, tmp_path: Path, formula: bytes, noted: bool) -> None:
    path = tmp_path / "a.xlsx"
    cell = b'<c r="J1">' + formula + b"</c></row>"
    path.write_bytes(changed_workbook({SHEET: lambda data: data.replace(b"</row>", cell, 1)}))
    assert ("read.formula_without_value" in inspected(opener, path)) is noted


def test_archives_are_told_apart_by_their_members() -> None:
    assert is_workbook(["[Content_Types].xml", "xl/workbook.xml"])
    assert not is_workbook(["a.csv"])
    assert is_other_office(["[Content_Types].xml", "word/document.xml"])
    assert is_other_office(["mimetype", "content.xml"])
    assert not is_other_office(["content.xml"])
