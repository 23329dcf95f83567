from collections.abc import Callable
from typing import Any

import pyarrow as pa

from suyuan.world.alike.technology import SCENARIOS, TEMPLATE, VENDOR, WHITE_LABEL, apps

Rows = Callable[..., pa.Table]


def distinct(table: pa.Table, *columns: str) -> int:
    return len({tuple(row.values()) for row in table.select(list(columns)).to_pylist()})


def test_white_label_apps_share_code_and_certificate_under_many_names(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    found = rows(world, "app", WHITE_LABEL)
    assert distinct(found, "code_family") == distinct(found, "certificate_sha256") == scenes[WHITE_LABEL].many
    assert distinct(found, "name") > scenes[WHITE_LABEL].many
    assert set(found["kind"].to_pylist()) == {"payment"}


def test_makers_of_a_template_sign_for_themselves_and_lend_nothing(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    found = rows(world, "app", TEMPLATE)
    assert distinct(found, "code_family") == scenes[TEMPLATE].many
    assert distinct(found, "certificate_sha256") == found.num_rows
    assert distinct(found, "developer_id") == found.num_rows
    assert "lending" not in found["kind"].to_pylist()


def test_a_vendor_rents_to_licensed_lenders_alone(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    contracts = rows(world, "service_contract", VENDOR)
    clients = pa.array(contracts["client_id"].to_pylist())
    assert set(world.of(clients.to_numpy(), "_trade").tolist()) == {"small_loan"}
    assert rows(world, "transfer", VENDOR).num_rows > 0
    assert len(scenes[VENDOR].main) == 3


def test_every_app_stands_in_the_registers(played: Any, rows: Rows) -> None:
    world, _ = played(SCENARIOS)
    for kind in (WHITE_LABEL, TEMPLATE, VENDOR):
        made = rows(world, "app", kind).num_rows
        for register in ("app_listing", "software_copyright", "icp_filing", "app_endpoint"):
            assert rows(world, register, kind).num_rows == made
    assert apps.__doc__
