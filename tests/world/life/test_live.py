"""Everyday life as a whole: ids point at something, a seed gives the same rows, volumes follow the scale."""

import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from suyuan.domain.contract import contracts
from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import first_id, numbers, row_of, table_of
from suyuan.world.frame.world import World
from suyuan.world.life.live import PARTS, live
from suyuan.world.people import settle
from tests.world.life.life_of import life_of

FILLED = (
    "advertiser",
    "agent_contract",
    "app",
    "app_endpoint",
    "app_key",
    "app_listing",
    "application",
    "approval",
    "call",
    "claim",
    "collateral",
    "commission",
    "company_report",
    "complaint",
    "contact_change",
    "data_query",
    "document",
    "handle",
    "icp_filing",
    "injury_appraisal",
    "invoice",
    "licence",
    "loan",
    "loan_fee",
    "login",
    "medical_visit",
    "message",
    "police_report",
    "policy",
    "policy_event",
    "post",
    "premium_payment",
    "property_deal",
    "registry_check",
    "repayment",
    "service_contract",
    "software_copyright",
    "stay",
    "transfer",
    "vehicle",
)
PROVENANCE = set.intersection(*(set(contract.columns) for contract in contracts().values() if not contract.is_output))
"""Columns that every contract has and that only a read file can tell."""


def _fresh(seed: int) -> World:
    world = World(options=Options(seed=seed, scale=0.01))
    settle.settle(world)
    live(world)
    return world


def _digest(world: World) -> str:
    found = hashlib.sha256()
    for table in FILLED:
        told = world.tables.table(table)
        for name in told.column_names:
            found.update(repr((table, name, told[name].to_pylist()[:500])).encode())
    return found.hexdigest()


@pytest.mark.parametrize("table", FILLED)
def test_every_id_points_at_a_row_of_an_allowed_table(table: str) -> None:
    world, by_number = life_of(), {number: name for name, number in numbers().items()}
    for name, column in contracts()[table].columns.items():
        if not column.refs or name not in world.tables.table(table).column_names:
            continue
        ids = world.column(table, name).astype(np.int64)
        ids = ids[ids >= 0]
        allowed = {ref.split(".")[0] for ref in column.refs}
        for number in np.unique(table_of(ids)):
            pointed = by_number[int(number)]
            assert pointed in allowed, f"{table}.{name} → {pointed}"
            assert row_of(ids[table_of(ids) == number]).max() < world.tables.rows(pointed)


@pytest.mark.parametrize("table", FILLED)
def test_values_are_those_the_contract_allows(table: str) -> None:
    world = life_of()
    for name, column in contracts()[table].columns.items():
        if column.values and name in world.tables.table(table).column_names:
            told = {each for each in world.column(table, name) if each is not None}
            assert told <= set(column.values), f"{table}.{name}: {told - set(column.values)}"


@pytest.mark.parametrize("table", FILLED)
def test_what_is_never_null_is_told(table: str) -> None:
    world = life_of()
    for name, column in contracts()[table].columns.items():
        if column.null == "never" and name not in contracts()[table].key and name not in PROVENANCE:
            told = world.tables.table(table)[name]
            assert told.null_count == 0, f"{table}.{name}"


@pytest.mark.parametrize("table", FILLED)
def test_nothing_happens_after_the_world_is_over(table: str) -> None:
    world, when = life_of(scale=0.2), contracts()[table].event_time
    if when and when in world.tables.table(table).column_names:
        at = world.column(table, when).astype("datetime64[s]")
        assert (at[~np.isnat(at)] < world.moment(world.options.days, 0)).all()


def test_a_seed_gives_the_same_rows_and_another_seed_others() -> None:
    assert _digest(_fresh(5)) == _digest(_fresh(5))
    assert _digest(_fresh(5)) != _digest(_fresh(6))


def test_volumes_follow_the_scale() -> None:
    small, large = life_of(scale=0.03), life_of(scale=0.2)
    for table in ("loan", "repayment", "call", "login", "message", "policy", "application", "invoice"):
        ratio = large.tables.rows(table) / small.tables.rows(table) / (0.2 / 0.03)
        assert 0.85 < ratio < 1.15, f"{table}: {ratio}"


def test_background_rows_are_nobodys() -> None:
    world = life_of()
    for table in FILLED:
        assert (world.column(table, "_ring") == -1).all()
        assert not pc.any(pc.not_equal(world.tables.table(table)["_scenario"].cast(pa.string()), "")).as_py()


def test_parts_are_named_once() -> None:
    assert len(PARTS) == len(set(PARTS))
    assert first_id("loan") > 0
