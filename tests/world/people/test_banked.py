import numpy as np

from suyuan.world.frame.tables import first_id, is_of
from suyuan.world.frame.world import World


def test_kinds_of_accounts_have_their_holders(town: World) -> None:
    kind, holder = town.column("account", "kind"), town.column("account", "holder_id")
    people = np.isin(kind, ["card", "credit_card", "wallet"])
    assert is_of(holder[people], "person").all()
    assert is_of(holder[~people], "company").all()


def test_main_accounts_are_opened_first_in_the_order_of_people(town: World) -> None:
    main = town.column("person", "_main_account")
    main = main[main >= 0]
    assert (main == first_id("account") + np.arange(len(main))).all()


def test_nobody_without_a_credit_history_has_a_credit_card(town: World) -> None:
    lent = town.column("account", "holder_id")[town.column("account", "kind") == "credit_card"]
    assert len(lent) > 100
    assert not town.of(lent, "_thin").any()


def test_accounts_opened_on_a_phone_name_the_holders_phone(town: World) -> None:
    device = town.column("account", "opened_device")
    online = np.flatnonzero(device >= 0)
    assert (town.of(town.column("account", "holder_id")[online], "_device") == device[online]).all()
    wallets = town.column("account", "kind") == "wallet"
    assert (device[wallets] >= 0).all()


def test_some_cards_are_opened_by_the_head_of_the_household(town: World) -> None:
    rows = [row for row in town.tables.table("account").to_pylist() if row["opened_by"] is not None]
    assert len(rows) > 10
    assert {row["kind"] for row in rows} == {"card"}
    assert all(row["opened_device"] == -1 for row in rows)


def test_some_accounts_are_opened_while_the_world_lives(town: World) -> None:
    lately = (town.column("account", "_opened") >= 0).sum()
    assert 0.02 < lately / town.tables.rows("account") < 0.15


def test_nobody_opens_an_account_before_he_is_sixteen(town: World) -> None:
    people = is_of(town.column("account", "holder_id"), "person")
    age_days = town.column("account", "_opened")[people] - town.of(town.column("account", "holder_id")[people], "_born")
    assert age_days.min() > 15 * 365
