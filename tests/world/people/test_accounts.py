import numpy as np

from suyuan.domain.ids import bank_card
from suyuan.domain.ids.check import luhn
from suyuan.world.frame.dice import dice
from suyuan.world.frame.world import World
from suyuan.world.people.accounts import house_drawn, houses


def test_no_number_is_given_twice(town: World) -> None:
    numbers = town.column("account", "number")
    assert len(set(numbers)) == len(numbers)


def test_cards_are_shaped_like_cards_and_others_are_not(town: World) -> None:
    rows = town.tables.table("account").select(["number", "kind"]).to_pylist()
    shapes = {"card": 19, "credit_card": 16, "corporate": 16, "wallet": 15, "merchant": 15}
    for row in rows:
        assert len(row["number"]) == shapes[row["kind"]]
        assert bank_card.valid(row["number"])
        if row["kind"] in {"card", "credit_card"}:
            assert row["number"][-1] == luhn(row["number"][:-1])


def test_the_table_of_issuers_knows_none_of_the_made_up_banks(town: World) -> None:
    cards = town.column("account", "number")[town.column("account", "kind") == "card"]
    assert all(bank_card.parse(card).issuer is None for card in cards[:200])


def test_wallets_and_merchants_have_houses_of_their_own() -> None:
    assert {each["name"] for each in houses("wallet")}.isdisjoint(each["name"] for each in houses("card"))
    assert houses("merchant") == houses("payment")
    assert not any(each["held"] for each in houses("card", outside=True))


def test_large_banks_keep_more_accounts() -> None:
    drawn = np.bincount(house_drawn(dice(1, "h"), "card", 5_000), minlength=10)
    assert drawn[0] > 2 * drawn[5] > 0
    assert (drawn > 0).all()
