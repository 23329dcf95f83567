import numpy as np
import pytest

from suyuan.domain.ids import bank_card, credit_code, mobile, resident
from suyuan.domain.ids.check import luhn
from suyuan.world.frame.dice import dice
from suyuan.world.people.facts import facts
from suyuan.world.people.numbers import credit_codes, mobiles, resident_keys, residents, scattered, with_luhn


@pytest.mark.parametrize("sizes", [(1, 7), (7, 1), (31, 33), (80, 100)])
def test_scattering_moves_everything_and_loses_nothing(sizes: tuple[int, int]) -> None:
    n = sizes[0] * sizes[1]
    told = scattered(3, "any", np.arange(n), sizes)
    assert sorted(told.tolist()) == list(range(n))


def test_numbers_that_are_used_up_are_refused() -> None:
    with pytest.raises(ValueError, match="no more than 6 numbers"):
        scattered(3, "any", np.array([6]), (2, 3))


def test_scattering_hides_the_order() -> None:
    told = scattered(3, "any", np.arange(1_000), (1_000, 1_000))
    assert 300 < (np.diff(told) > 0).sum() < 700
    assert (told != scattered(4, "any", np.arange(1_000), (1_000, 1_000))).sum() > 990


def test_resident_numbers_hold_and_none_comes_twice() -> None:
    """Five hundred people born on one day in one county: the sequence alone keeps them apart."""
    n = 450
    male = np.arange(n) % 2 == 0
    births, codes = np.full(n, np.datetime64("1988-02-29")), np.full(n, 620102)
    keys = resident_keys(codes=codes, births=births, male=male, known=np.zeros(0, np.int64), chance=dice(1, "n"))
    told = [resident.parse(each) for each in residents(keys).to_pylist()]
    assert len(set(keys.tolist())) == n
    assert all(each.birth_on.isoformat() == "1988-02-29" and each.region is not None for each in told)
    assert [each.sex == "male" for each in told] == male.tolist()


def test_a_number_given_before_is_not_given_again() -> None:
    births, codes, male = np.full(200, np.datetime64("1990-01-01")), np.full(200, 620102), np.ones(200, bool)
    first = resident_keys(codes=codes, births=births, male=male, known=np.zeros(0, np.int64), chance=dice(1, "n"))
    second = resident_keys(codes=codes, births=births, male=male, known=first, chance=dice(1, "n"))
    assert not np.isin(second, first).any()


def test_credit_codes_hold_old_and_new() -> None:
    rows, new = np.arange(200), np.arange(200) % 2 == 0
    kinds = np.array(["91", "92", "11", "93"])[rows % 4]
    codes = credit_codes(seed=1, rows=rows, kinds=kinds, codes=np.full(200, 620102), since_2015=new).to_pylist()
    told = [credit_code.parse(code) for code in codes]
    assert all(each.notes == () for each in told)
    assert [each.organisation.startswith("MA") for each in told] == new.tolist()
    assert len(set(codes)) == 200


def test_cards_end_with_their_luhn_digit() -> None:
    for width in (15, 18):
        bodies = scattered(1, "cards", np.arange(50), (1_000, 1_000)) + 10 ** (width - 1)
        for number in with_luhn(bodies, width).to_pylist():
            assert number[-1] == luhn(number[:-1])
            assert bank_card.valid(number)


def test_mobile_numbers_are_of_the_place_asked_for() -> None:
    codes = np.array([620102, 620121, 410105, 440306] * 25)
    told = [mobile.parse(each) for each in mobiles(seed=1, rows=np.arange(100), codes=codes).to_pylist()]
    assert {(each.province, each.city) for each in told[::4] + told[1::4]} == {("甘肃", "兰州")}
    assert {each.province for each in told[2::4]} == {"河南"}
    assert {each.province for each in told[3::4]} == {"广东"}
    assert {each.use for each in told} == {"public"}


def test_every_beginning_of_mobile_numbers_is_allocated_where_the_file_says() -> None:
    known = facts("numbers")
    for start in known["city"]:
        assert {mobile.parse(f"{start}{block}0000").city for block in range(10)} == {"兰州"}
    for starts in known["provinces"].values():
        assert len({mobile.parse(f"{start}{block}0000").province for start in starts for block in (0, 9)}) == 1
