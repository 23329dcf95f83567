from suyuan.domain.ids import bank_card, credit_code, resident
from suyuan.world.names import card, company, person


def test_invented_people_have_valid_numbers_that_nobody_was_given() -> None:
    people = [person(n) for n in range(360)]
    assert all(resident.valid(each.number) and each.number[14:17] == "000" for each in people)
    assert len({each.number for each in people}) == len({each.name for each in people}) == 360


def test_invented_firms_say_so_and_have_valid_codes() -> None:
    firms = [company(n, stem=str(n)) for n in range(100)]
    assert all(credit_code.valid(each.number) and each.name.startswith("示例") for each in firms)
    assert len({each.number for each in firms}) == 100


def test_cards_have_nineteen_digits_and_a_luhn_digit() -> None:
    number = card(7, prefix="621226")
    assert bank_card.valid(number)
    assert len(number) == 19
    assert number.startswith("621226000000")
