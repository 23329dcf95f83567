import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from suyuan.domain.errors import DataError
from suyuan.domain.ids import bank_card

cards = st.builds(
    lambda prefix, serial: bank_card.compose(prefix=prefix, serial=serial),
    st.just("622848"),
    st.text("0123456789", min_size=12, max_size=12),
)


@given(cards)
def test_composed_cards_are_valid_and_parsing_gives_them_back(number: str) -> None:
    found = bank_card.parse(number)
    assert str(found) == number
    assert bank_card.parse(str(found)) == found
    assert luhn.is_valid(number)
    assert (found.bank_name("zh"), found.notes) == ("中国农业银行", ())


@given(cards, st.integers(0, 18), st.integers(1, 9))
def test_a_changed_digit_is_noted_and_never_refused(number: str, place: int, by: int) -> None:
    changed = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert "ids.card_luhn" in bank_card.parse(changed).notes


@given(st.text(max_size=25))
def test_any_text_is_answered(text: str) -> None:
    why = bank_card.why_invalid(text)
    assert bank_card.valid(text) is (why is None)
    if why:
        assert str(why)
        with pytest.raises(DataError):
            bank_card.parse(text)


@pytest.mark.parametrize(
    ("number", "bank", "kind"),
    [
        ("6222005865412565805", "ICBC", "debit"),
        ("6228480402564890018", "ABC", "debit"),
        ("6217001210024455220", "CCB", "debit"),
        ("6216612600000000000", "BOC", "debit"),
        ("6222620110012345678", "COMM", "debit"),
        ("6225880112345678", "CMB", "debit"),
        ("6217995500012345678", "PSBC", "debit"),
        ("6225210112345678", "SPDB", "debit"),
        ("6221551234567890", "SPABANK", "credit"),
    ],
)
def test_well_known_prefixes_lead_to_their_bank(number: str, bank: str, kind: str) -> None:
    issuer = bank_card.parse(number).issuer
    assert issuer is not None
    assert (issuer.bank, issuer.kind) == (bank, kind)


def test_the_number_of_digits_decides_between_banks_that_share_a_prefix() -> None:
    by_length = {size: bank_card.parse("622303" + "0" * (size - 6)).issuer for size in (16, 18, 19)}
    assert [issuer and issuer.bank for issuer in by_length.values()] == ["NJCB", "ICBC", None]


def test_an_unusual_length_of_one_bank_s_prefix_is_noted() -> None:
    found = bank_card.parse("62284804025648")
    assert found.issuer is not None
    assert (found.issuer.bank, found.notes[0]) == ("ABC", "ids.card_length_unusual")


def test_an_unknown_prefix_is_noted() -> None:
    found = bank_card.parse("1234567890123")
    assert (found.issuer, found.bank_name("zh")) == (None, None)
    assert "ids.card_bin_unknown" in found.notes


@pytest.mark.parametrize(
    ("text", "key"),
    [("支付宝账户", "ids.card_characters"), ("622848", "ids.card_length"), ("1" * 20, "ids.card_length")],
)
def test_a_reason_names_what_is_wrong(text: str, key: str) -> None:
    why = bank_card.why_invalid(text)
    assert why is not None
    assert why.key == key


def test_the_table_covers_the_main_banks() -> None:
    known = bank_card.prefixes()
    assert len(known) >= 1000
    assert len({issuer.bank for issuer, _ in known.values()}) >= 30
    assert {issuer.bank for issuer, _ in known.values()} == set(bank_card.banks())
    assert all(13 <= size <= 19 for _, size in known.values())


def test_masks_keep_the_prefix_and_the_last_four() -> None:
    assert bank_card.mask("6222 0058 6541 2565 805") == "622200*********5805"
