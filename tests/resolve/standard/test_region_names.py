import pytest

from suyuan.resolve.standard.region_names import spellings, stem, successors, today


def test_names_of_today_have_codes_of_two_four_or_six_digits() -> None:
    assert {len(code) for code in today()} == {2, 4, 6}
    assert (today()["62"], today()["6201"], today()["620102"]) == ("甘肃省", "兰州市", "城关区")
    assert today()["330113"] == "临平区"


@pytest.mark.parametrize(
    ("code", "name", "wanted"),
    [
        ("62", "甘肃省", "甘肃"),
        ("65", "新疆维吾尔自治区", "新疆"),
        ("11", "北京市", "北京"),
        ("6201", "兰州市", "兰州"),
        ("6229", "临夏回族自治州", "临夏"),
        ("5325", "红河哈尼族彝族自治州", "红河"),
        ("620123", "榆中县", "榆中"),
        ("370203", "市北区", "市北"),
    ],
)
def test_a_stem_is_a_name_without_its_kind(code: str, name: str, wanted: str) -> None:
    assert stem(name, code) == wanted


@pytest.mark.parametrize(
    ("old", "wanted"),
    [("510200", "50"), ("110224", "110115"), ("110104", "110102"), ("310103", "310101")],
)
def test_former_codes_have_a_successor(old: str, wanted: str) -> None:
    assert successors()[old] == wanted


def test_every_successor_is_a_code_of_today() -> None:
    assert set(successors().values()) - set(today()) == set()


def test_every_spelling_leads_to_a_code_of_today_below_its_parent() -> None:
    told = list(spellings())
    assert {code for _, _, code, _ in told} - set(today()) == set()
    assert ("", "甘肃", "62", True) in told
    assert ("6201", "城关区", "620102", False) in told
    assert not [text for parent, text, _, _ in told if parent == "" and text == "城关区"]
