import pytest

from suyuan.domain.ids.written import digits_only, plain, starred


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\t62010219491231002x ", "62010219491231002X"),
        ("'6222005865412565805", "6222005865412565805"),
        ("６２２２００", "622200"),
        ("138–1234 5678", "13812345678"),
        ("\ufeff138\u200b1234", "1381234"),
        ("", ""),
    ],
)
def test_what_exports_put_around_numbers_is_taken_off(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(("text", "expected"), [("1234567890", "12****7890"), ("123456789", "*********"), ("", "")])
def test_at_least_four_characters_are_hidden(text: str, expected: str) -> None:
    assert starred(text, first=2, last=4) == expected


def test_digits_of_other_scripts_are_no_digits() -> None:
    assert [digits_only(text) for text in ("123", "", "12²", "١٢")] == [True, False, False, False]
