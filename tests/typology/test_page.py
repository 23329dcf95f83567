from pathlib import Path

from suyuan.typology.group import load_group
from suyuan.typology.page import page
from tests.typology.small import write


def test_a_page_says_in_both_languages_what_the_three_files_say(tmp_path: Path) -> None:
    text = page(load_group(write(tmp_path)).typologies["lending.many_loans"])
    assert text.startswith("# 多笔借款 · Many loans\n")
    for part in (
        "## 多笔借款",
        "## Many loans",
        "正式",
        "in use",
        "`min_loans` | 3 | count | 是否命中 | two happen to anybody",
        "`full_loans` | 10 | count | score and facts only | scores only",
        "`loans` bigint 借款笔数 (count)",
        "a farmer who borrows every season",
        "loans under another name",
        "fires at three loans (`min_loans`, `full_loans`)",
        "nobody in particular",
        "（可缺）",
    ):
        assert part in text, part


def test_a_page_is_the_same_every_time(tmp_path: Path) -> None:
    typology = load_group(write(tmp_path)).typologies["lending.many_loans"]
    assert page(typology) == page(typology)
