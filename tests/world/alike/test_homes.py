from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.alike.homes import DEALER, DISTRICT, FAMILY, SCENARIOS

Rows = Callable[..., pa.Table]


def test_a_big_dealer_sells_at_the_market_price_to_buyers_who_pay_down_themselves(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    cars = rows(world, "vehicle", DEALER)
    price, market = (np.array(cars[name].to_pylist()) for name in ("price_fen", "market_fen"))
    assert (abs(price / market - 1) < 0.06).all()
    assert cars["down_payment_payer_id"].equals(cars["owner_id"])
    assert np.bincount(scenes[DEALER].of).min() >= 15


def test_most_buyers_pay_more_than_six_instalments(played: Any, rows: Rows) -> None:
    world, _ = played(SCENARIOS)
    paid = rows(world, "repayment", DEALER)
    loans, counts = np.unique(np.array(paid["loan_id"].to_pylist()), return_counts=True)
    assert (counts > 6).sum() > 0.5 * len(loans)


def test_a_family_buys_one_home_with_one_loan(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    assert rows(world, "loan", FAMILY).num_rows == rows(world, "collateral", FAMILY).num_rows == scenes[FAMILY].many
    assert set(rows(world, "tie", FAMILY)["kind"].to_pylist()) == {"kin"}


def test_homes_of_a_rising_district_are_appraised_near_what_they_sell_for(played: Any, rows: Rows) -> None:
    world, _ = played(SCENARIOS)
    deals = rows(world, "property_deal", DISTRICT)
    appraised, filed = (np.array(deals[name].to_pylist()) for name in ("appraised_fen", "filed_fen"))
    assert (appraised / filed < 1.07).all()


def test_prices_in_a_rising_district_rise(played: Any, rows: Rows) -> None:
    early, late = [], []
    for seed in range(3, 9):
        world, _ = played(SCENARIOS, seed)
        deals = rows(world, "property_deal", DISTRICT)
        price, day = np.array(deals["market_fen"].to_pylist()), deals["signed_on"].to_numpy().astype("datetime64[D]")
        first = day < world.day(world.options.days // 2)
        early.append(price[first])
        late.append(price[~first])
    assert np.median(np.concatenate(late)) > np.median(np.concatenate(early)) * 1.03
