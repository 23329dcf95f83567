import json
from pathlib import Path

import duckdb
import pytest
import sqlglot

from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import sql_type

# Schemata of followthemoney 4.11.2 with their own and inherited properties, as far as contracts name them.
SCHEMATA: dict[str, list[str]] = json.loads((Path(__file__).parent / "ftm_schemata.json").read_text(encoding="utf-8"))

CORE = {
    "people": {"person", "company", "tie", "service_contract"},
    "funds": {
        "account",
        "entry",
        "transfer",
        "loan",
        "loan_fee",
        "repayment",
        "rate_cap",
        "policy",
        "claim",
        "collateral",
    }
    | {"known_service"},
    "technology": {"app", "app_endpoint", "login", "data_query", "referral"},
    "information": {"post", "handle", "call", "message", "address_book", "complaint", "police_report"},
    "every": {"source_batch"},
    "output": {"entity", "entity_member", "loan_cost", "signal", "ring", "ring_member", "lead", "trace"},
}


@pytest.mark.parametrize("chain", CORE)
def test_every_core_table_has_a_contract_in_its_chain(chain: str) -> None:
    described = {contract.table for contract in contracts().values() if contract.chain == chain}
    assert CORE[chain] <= described


def test_contracts_are_read_once() -> None:
    assert contracts() is contracts()


def test_contracts_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        contracts()["entry"] = contracts()["account"]  # type: ignore[index]


def test_source_tables_begin_with_their_provenance_and_outputs_do_not() -> None:
    for contract in contracts().values():
        first = list(contract.columns)[:3]
        assert (first == ["row_id", "source", "loaded_at"]) is not contract.is_output


@pytest.mark.parametrize("table", contracts())
def test_a_contract_lives_in_both_dialects(table: str) -> None:
    """Table and columns can be named bare, aliased and ordered by, as typologies will."""
    contract = contracts()[table]
    columns = ", ".join(f"t.{name} as {name}" for name in contract.columns)
    bare = ", ".join(contract.columns)
    select = f"with {table} as (select {columns} from {table} as t) select {bare} from {table} order by {bare}"
    created = ", ".join(f"{column.name} {sql_type(column)}" for column in contract.columns.values())
    with duckdb.connect() as connection:
        connection.execute(f"create table {table} ({created})")
        assert connection.execute(select).fetchall() == []
    assert sqlglot.transpile(select, read="duckdb", write="spark")


@pytest.mark.parametrize("table", contracts())
def test_followthemoney_knows_the_properties_named(table: str) -> None:
    contract = contracts()[table]
    named = {column.ftm for column in contract.columns.values() if column.ftm}
    assert named <= set(SCHEMATA.get(contract.ftm or "", []))


def test_identity_numbers_and_phones_are_masked_wherever_they_stand() -> None:
    for contract in contracts().values():
        for column in contract.columns.values():
            if column.name.endswith(("id_no", "id_number")):
                assert column.mask == "id_number", f"{contract.table}.{column.name}"
            if column.name.endswith("phone"):
                assert column.mask == "phone", f"{contract.table}.{column.name}"
