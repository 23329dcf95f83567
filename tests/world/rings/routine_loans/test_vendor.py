"""The firm that rents the platform."""

from typing import Any

import numpy as np

from suyuan.world.rings.plan import figures


def test_each_tenant_signs_for_a_year_at_one_of_the_four_prices(vendor: Any) -> None:
    world, cast = vendor
    mine = world.column("service_contract", "_ring") == cast.vendor.ring.index
    assert mine.sum() == len(cast.tenants)
    assert set(world.column("service_contract", "price_fen")[mine].tolist()) <= set(figures("qitaihe")["tiers"])


def test_what_tenants_pay_is_what_they_signed_for(vendor: Any) -> None:
    world, cast = vendor
    account = world.of(cast.vendor.services.technology, "_main_account")
    came = np.isin(world.column("transfer", "dst_account_id"), account) & (world.column("transfer", "_ring") >= 0)
    assert int(world.column("transfer", "amount_fen")[came].sum()) == int(cast.tiers.sum())


def test_the_vendor_pays_out_no_more_than_it_took(vendor: Any) -> None:
    world, cast = vendor
    account = world.of(cast.vendor.services.technology, "_main_account")
    mine = world.column("transfer", "_ring") == cast.vendor.ring.index
    out = mine & np.isin(world.column("transfer", "src_account_id"), account)
    assert 0 < int(world.column("transfer", "amount_fen")[out].sum()) <= int(cast.tiers.sum())


def test_a_vendor_that_was_warned_goes_on(vendor: Any) -> None:
    world, _ = vendor
    assert set(world.column("notice", "reaction").astype(str)) == {"continued"}
