import pyarrow as pa
import pytest

from suyuan.resolve.standard.contacts import email_users, emails, phones


def two(first: str | None, second: str | None = None) -> tuple[str | None, str | None]:
    one, other = phones(pa.array([first], pa.string()), pa.array([second], pa.string()))
    return one.to_pylist()[0], other.to_pylist()[0]


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("13909310000", "13909310000"),
        ("+86 139-0931-0000", "13909310000"),
        ("0086 13909310000", "13909310000"),
        ("8613909310000", "13909310000"),
        ("013909310000", "13909310000"),
        ("17951 13909310000", "13909310000"),
        ("１３９０９３１００００", "13909310000"),
        ("139****0000", "139****0000"),
        ("0931-2345678", "0931-2345678"),
        ("(0931) 2345678", "0931-2345678"),
        ("09312345678", "0931-2345678"),
        ("+86 931-2345678", "0931-2345678"),
        ("010-62345678-801", "010-62345678"),
        ("010-62345678转801", "010-62345678"),
        ("2345678", "2345678"),
        ("400-810-0000", "4008100000"),
        ("+1 (650) 253-0000", "+16502530000"),
        ("13800138000", None),
        ("13911111111", None),
        ("11111111111", None),
        ("00000000", None),
        ("12345678", None),
        ("无", None),
        ("", None),
        (None, None),
    ],
)
def test_a_phone_has_one_form(told: str | None, wanted: str | None) -> None:
    assert two(told)[0] == wanted


def test_two_numbers_in_one_field_are_two_phones() -> None:
    for mark in ("/", "、", ",", ";", " "):
        assert two(f"13909310000{mark}13909310001") == ("13909310000", "13909310001")
    assert two("13909310000/13909310001", "13909310002") == ("13909310000", "13909310002")


def test_the_second_phone_stands_in_for_a_missing_first_and_is_never_the_same() -> None:
    assert two(None, "13909310000") == ("13909310000", None)
    assert two("13909310000", "+8613909310000") == ("13909310000", None)


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("Robert@Smith.net", "robert@smith.net"),
        (" ｒｏｂｅｒｔ＠ｓｍｉｔｈ.ｎｅｔ ", "robert@smith.net"),
        ("Robert <robert@smith.net>", "robert@smith.net"),
        ("无@qq.com", None),
        ("none@none.com", None),
        ("robert.smith.net", None),
        ("robert@smith", None),
        (None, None),
    ],
)
def test_an_address_is_lower_case_and_somebodys(told: str | None, wanted: str | None) -> None:
    found = emails(pa.array([told], pa.string()))
    assert found.to_pylist() == [wanted]
    assert email_users(found).to_pylist() == [wanted.partition("@")[0] if wanted else None]
