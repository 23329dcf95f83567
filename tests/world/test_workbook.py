import io

from python_calamine import CalamineWorkbook

from suyuan.world.workbook import xlsx


def test_a_workbook_reads_back_and_its_bytes_depend_on_its_cells_alone() -> None:
    rows: list[list[str | float]] = [["账号", " a<b "], [], ["x", 12.5, "", 0.0]]
    told = xlsx(rows)
    assert told == xlsx(rows)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(told)).get_sheet_by_index(0).to_python()
    assert sheet == [["账号", " a<b ", "", ""], ["", "", "", ""], ["x", 12.5, "", 0.0]]
