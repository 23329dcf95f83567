"""The page of scores."""

from html.parser import HTMLParser
from typing import Any

from suyuan.report.score_page import MOST_RINGS, NUMBERS, at, early_picture, score_page

NAMES = {"card revolver": {"zh": "信用卡循环还款", "en": "card revolver"}}


def document(**more: Any) -> dict[str, Any]:
    """Return scores as `suyuan evaluate` tells them, all null but what is said."""
    told: dict[str, Any] = {
        "truth": "truth",
        "world": {"seed": 7, "scale": 0.02},
        "run": {"run_id": "abc", "number": 1},
        "rings": {"planted": 2, "found": 1, "recall": 0.5, "by_kind": {}},
        "leads": {"raised": 3},
        "hidden": {"planted": 1, "found": 0},
        "members": {"recall_by_role": {}, "precision_by_role": {}},
        "lookalikes": {"cases": 9, "flagged": 1, "by_kind": {}},
        "early": {"median_days": None, "by_ring": []},
        "typologies": {},
        "why": {},
    }
    return {**told, **more}


def ring(name: str, share: float | None, **more: Any) -> dict[str, Any]:
    told = {"ring_id": name, "loss_share": share, "seen": True, "after_days": 3, "by_days": 17, "found_by_days": 17}
    return {**told, **more}


class Tags(HTMLParser):
    """Collects tags and attribute names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.names: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names += [name for name, _ in attrs]


def test_the_page_runs_no_script_and_asks_nobody() -> None:
    page = score_page(document(), lang="zh", names=NAMES)
    found = Tags(page)
    assert not {"script", "iframe", "form"} & set(found.tags)
    assert not [name for name in found.names if name == "style" or name.startswith("on")]
    assert "default-src 'none'" in page


def test_both_languages_and_both_themes_are_in_the_page() -> None:
    page = score_page(document(), lang="en", names=NAMES)
    assert "Rings found" in page
    assert "找到的团伙" in page
    assert "theme-dark" in page
    assert "prefers-color-scheme:dark" in page


def test_every_number_is_shown_and_a_null_bears_its_reason() -> None:
    why = {"en": "The leads name no roles.", "zh": "线索未给出角色。"}
    page = score_page(document(why={"roles.macro_f1": why}), lang="en", names=NAMES)
    assert page.count('<td class="num"><b>') == len(NUMBERS)
    assert "<b>0.500</b>" in page
    assert "The leads name no roles." in page


def test_kinds_roles_and_typologies_have_their_tables() -> None:
    kinds = {"lanzhou": {"planted": 2, "found": 1, "recall": 0.5, "interval": [0.1, 0.9]}}
    alike = {"market": {"cases": 4, "flagged": 1, "share": 0.25, "interval": [0.0, 0.7]}}
    one = {"fired": 5, "shown": 4, "precision": 0.6, "recall": 0.75, "ap": 0.7, "involved": 1.0}
    page = score_page(
        document(
            rings={"planted": 2, "found": 1, "recall": 0.5, "by_kind": kinds},
            lookalikes={"cases": 4, "flagged": 1, "by_kind": alike},
            typologies={"funds.x": {**one, "without": {"rings_recall": 0.125}}, "funds.y": {**one, "without": None}},
            members={"recall_by_role": {"operator": {"members": 3, "recall": 1.0}}, "precision_by_role": {}},
        ),
        lang="zh",
        names=NAMES,
    )
    for words in ("lanzhou", "0.10 – 0.90", "market", "funds.x", "0.125", "operator"):
        assert words in page


def test_names_from_a_truth_are_escaped() -> None:
    page = score_page(
        document(early={"median_days": None, "by_ring": [ring("<img src=x>", 0.1)]}), lang="zh", names=NAMES
    )
    assert "<img" not in page


def test_a_ring_seen_early_is_green_and_one_seen_late_is_not() -> None:
    picture = early_picture([ring("r1", 0.29), ring("r2", 0.3), ring("r3", None), ring("r4", 1.0, seen=False)])
    assert (picture.count('class="in"'), picture.count('class="out"')) == (1, 2)
    assert "3 … 17 d" in picture
    assert ">–<" in picture


def test_a_loss_that_shrank_again_stays_inside_the_picture() -> None:
    assert 'width="220.0"' in early_picture([ring("r", 1.7)])


def test_many_rings_are_cut_and_counted() -> None:
    rings = [ring(f"r{n}", 0.1) for n in range(MOST_RINGS + 5)]
    page = score_page(document(early={"median_days": None, "by_ring": rings}), lang="en", names=NAMES)
    assert "5 more rings" in page


def test_a_path_that_leads_nowhere_is_null() -> None:
    assert at({"a": {"b": 1}}, "a.b") == 1
    assert at({"a": {"b": 1}}, "a.c.d") is None


def test_kinds_are_named_in_both_languages_and_unknown_ones_as_they_are() -> None:
    case = {"cases": 3, "flagged": 0, "share": 0.0, "interval": None}
    alike = {"cases": 6, "flagged": 0, "by_kind": {"card revolver": case, "new kind": case}}
    page = score_page(document(lookalikes=alike), lang="zh", names=NAMES)
    assert "信用卡循环还款" in page
    assert "new kind" in page
