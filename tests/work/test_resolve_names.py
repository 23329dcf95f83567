from pathlib import Path

import pytest

from suyuan.domain.errors import DataError, NotFound, UsageError
from suyuan.work import resolve_names as module
from suyuan.work.resolve_names import compare_table, compare_two


def table(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "names.csv"
    path.write_bytes("\n".join((*lines, "")).encode(encoding))
    return path


def test_pairs_keep_their_row_and_order(tmp_path: Path) -> None:
    found = compare_table(table(tmp_path, "left,right", "张伟,张玮", "", "李娜,李婷"))
    assert [(pair.row, pair.kind, pair.same) for pair in found.pairs] == [
        (2, "homophone", True),
        (4, "different", False),
    ]
    assert (found.asked, found.share, found.misses) == (0, None, ())


def test_a_wanted_answer_is_same_different_or_a_kind(tmp_path: Path) -> None:
    lines = ("张伟,张玮,same", "张伟,张玮,homophone", "张伟,张玮,swapped", "张伟,张玮,different", "张伟,张玮,")
    found = compare_table(table(tmp_path, "left,right,wanted", *lines))
    assert [pair.right_answer for pair in found.pairs] == [True, True, False, False, None]
    assert (found.asked, found.share, [pair.row for pair in found.misses]) == (4, 0.5, [4, 5])


def test_former_names_are_columns_of_their_own(tmp_path: Path) -> None:
    lines = ("left,right,former_left,former_right", "王静,赵小燕,赵小燕,", "王静,赵小燕,,")
    assert [pair.kind for pair in compare_table(table(tmp_path, *lines)).pairs] == ["former", "different"]


def test_a_table_in_an_older_encoding_is_read(tmp_path: Path) -> None:
    lines = ("left,right", *["张伟,張瑋", "欧阳娜娜,欧阳娜"] * 5)
    found = compare_table(table(tmp_path, *lines, encoding="gb18030"))
    assert [pair.kind for pair in found.pairs[:2]] == ["homophone", "one_missing"]


def test_an_empty_cell_is_no_name(tmp_path: Path) -> None:
    assert [pair.same for pair in compare_table(table(tmp_path, "left,right", "张伟,")).pairs] == [False]


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        (("one,two", "张伟,张玮"), "names.no_columns"),
        (("left,right,wanted", "张伟,张玮,perhaps"), "names.wanted_unknown"),
        (("left,right", "张伟," + "玮" * 201), "names.too_long"),
    ],
)
def test_a_table_that_cannot_be_judged_is_refused(tmp_path: Path, lines: tuple[str, ...], key: str) -> None:
    with pytest.raises(DataError) as refused:
        compare_table(table(tmp_path, *lines))
    assert refused.value.key == key


def test_a_file_beyond_the_bounds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = table(tmp_path, "left,right", "张伟,张玮", "李娜,李婷")
    monkeypatch.setattr(module, "MOST_ROWS", 1)
    with pytest.raises(DataError, match="1 "):
        compare_table(path)
    monkeypatch.setattr(module, "MOST_BYTES", 8)
    with pytest.raises(DataError) as refused:
        compare_table(path)
    assert refused.value.key == "names.too_big"


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        compare_table(tmp_path / "nowhere.csv")


def test_a_name_of_more_than_two_hundred_characters_is_refused() -> None:
    assert compare_two("张" * 200, "张伟").kind == "different"
    with pytest.raises(UsageError):
        compare_two("张" * 201, "张伟")
