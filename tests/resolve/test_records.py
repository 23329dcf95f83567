from datetime import date
from time import perf_counter

import pyarrow as pa

from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import arrow_schema
from suyuan.domain.ids import resident
from suyuan.domain.ids.check import mod_31
from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine
from suyuan.engine.step import Step
from suyuan.resolve import entities, records

ID_A, ID_A_OLD, ID_B = "11010519491231002X", "110105491231002", "440524188001010014"
CODE = "91350100M000100Y43"


def lay(engine: Engine, table: str, *rows: dict[str, object]) -> None:
    schema = arrow_schema(contracts()[table])
    full = [
        dict.fromkeys(schema.names) | {"row_id": f"{n:016}:1:{n}", "loaded_at": None} | row
        for n, row in enumerate(rows)
    ]
    nullable = pa.schema([field.with_nullable(True) for field in schema])
    engine.write(table, pa.Table.from_pylist(full, schema=nullable))


def resolve(engine: Engine, *tables: str) -> dict[str, str]:
    """Resolve by certain keys alone; return lake id → entity id."""
    engine.run(records.plan({table: engine.columns(table) for table in tables}))
    roots = pa.schema([(name, pa.string()) for name in ("kind", "cluster", "root")])
    engine.write("entity_root", roots.empty_table())
    engine.run(entities.plan())
    return {row["lake_id"]: row["entity_id"] for row in engine.read("entity_of").to_pylist()}


def test_records_with_one_valid_key_are_one_entity_and_the_rest_stand_alone(engine: Engine) -> None:
    lay(
        engine,
        "person",
        {"source": "a", "person_id": "a:1", "name": "甲", "id_number": ID_A},
        {"source": "b", "person_id": "b:9", "name": "甲某", "id_number": ID_A_OLD},
        {"source": "b", "person_id": "b:2", "name": "甲", "id_number": None},
        {"source": "c", "person_id": "c:3", "name": "甲", "id_number": "1101051949******2X"},
        {"source": "c", "person_id": "c:4", "name": "乙", "id_number": ID_B},
    )
    lay(
        engine,
        "company",
        {"source": "r", "company_id": "r:1", "name": "公司", "credit_code": CODE},
        {"source": "s", "company_id": "s:1", "credit_code": CODE},
    )
    found = resolve(engine, "person", "company")
    assert found["a:1"] == found["b:9"]
    assert found["r:1"] == found["s:1"]
    assert len({found[key] for key in ("a:1", "b:2", "c:3", "c:4", "r:1")}) == 5
    assert found["a:1"].startswith("p-")
    assert found["r:1"].startswith("c-")
    told = {row["entity_id"]: row for row in engine.read("entity").to_pylist()}
    assert told[found["a:1"]] == {
        "entity_id": found["a:1"],
        "kind": "person",
        "name": "甲",
        "key_kind": "resident_id",
        "key_value": ID_A,
        "records": 2,
    }
    assert told[found["b:2"]]["key_kind"] is None
    members = engine.read("entity_member").to_pylist()
    assert {(row["table_name"], row["source_key"]) for row in members if row["entity_id"] == found["a:1"]} == {
        ("person", "1"),
        ("person", "9"),
    }


def test_one_institutions_own_id_joins_its_records_unless_they_bear_two_keys(engine: Engine) -> None:
    lay(
        engine,
        "person",
        {"source": "a", "person_id": "a:1", "id_number": None},
        {"source": "a", "person_id": "a:1", "id_number": ID_A},
        {"source": "a", "person_id": "a:7", "id_number": ID_A},
        {"source": "a", "person_id": "a:7", "id_number": ID_B},
        {"source": "b", "person_id": "b:5", "id_number": ID_B},
    )
    found = resolve(engine, "person")
    told = engine.read("entity").to_pylist()
    assert sorted(str(row["key_value"]) for row in told) == [ID_A, ID_B]
    assert {row["key_value"]: row["records"] for row in told} == {ID_A: 3, ID_B: 2}
    assert found["a:1"] != found["b:5"]


def test_accounts_join_by_their_full_number_and_name_their_holders(engine: Engine) -> None:
    lay(engine, "person", {"source": "p", "person_id": "p:1", "id_number": ID_A})
    lay(
        engine,
        "account",
        {
            "source": "icbc",
            "account_id": "icbc:6222005865412565805",
            "number": "6222005865412565805",
            "holder_id_no": ID_A,
            "holder_id": f"icbc:{ID_A}",
        },
        {"source": "ccb", "account_id": "ccb:x", "number": "6222 0058 6541 2565 805_1", "holder_id_no": CODE},
        {"source": "ccb", "account_id": "ccb:6222****5805", "number": "6222****5805"},
        {"source": "hsbc", "account_id": "hsbc:123456789", "number": "12-345678-9", "bank": "HSBC"},
        {"source": "boc", "account_id": "boc:123456789", "number": "123456789"},
    )
    found = resolve(engine, "person", "account")
    assert found["icbc:6222005865412565805"] == found["ccb:x"]
    assert len({found["ccb:x"], found["ccb:6222****5805"], found["hsbc:123456789"], found["boc:123456789"]}) == 4
    assert found[f"icbc:{ID_A}"] == found["p:1"]
    assert found[f"ccb:{CODE}"].startswith("c-")


def test_nothing_to_resolve_gives_empty_tables(engine: Engine) -> None:
    assert resolve(engine) == {}
    assert set(engine.columns("entity")) == set(contracts()["entity"].columns) - {"since_no"}
    assert set(engine.columns("entity_member")) == set(contracts()["entity_member"].columns)


def test_two_hundred_thousand_accounts_are_resolved_in_seconds() -> None:
    engine = DuckEngine(threads=2)
    engine.run(
        [
            Step(
                name="account",
                sql="""select 'f' || n as row_id, 'bank' as source, 'bank:' || n as account_id,
  '6222' || lpad(cast(n % 140000 as text), 15, '0') as number, cast(null as text) as bank,
  cast(null as text) as holder_id, cast(null as text) as holder_id_no, 'x' as holder_name
from (select unnest(generate_series(1, 200000)) as n) as numbers""",
            )
        ]
    )
    begun = perf_counter()
    resolve(engine, "account")
    assert engine.read("entity").num_rows == 140000
    assert perf_counter() - begun < 60  # a second on a quiet machine


def test_an_id_that_is_itself_a_key_joins_what_other_institutions_hold(engine: Engine) -> None:
    card, other = "6222005865412565805", "6217000010001234567"
    lay(
        engine,
        "account",
        {"source": "icbc", "account_id": "icbc:7", "number": card},
        {"source": "bank", "account_id": "bank:ACCT0001", "number": other},
    )
    lay(engine, "person", {"source": "reg", "person_id": "reg:1", "id_number": ID_A})
    lay(
        engine,
        "loan",
        {
            "source": "app",
            "loan_id": "app:L",
            "payer_account_id": f"app:{card}",
            "borrower_id": f"app:{ID_A}",
            "lender_id": f"app:{CODE}",
        },
        {
            "source": "app",
            "loan_id": "app:M",
            "payer_account_id": "app:6222****5805",
            "borrower_id": "app:77",
            "lender_id": "app:88",
            "borrower_account_id": f"app:{other}",
        },
    )
    found = resolve(engine, "account", "person", "loan")
    assert found[f"app:{card}"] == found["icbc:7"]
    assert found["bank:ACCT0001"] == found[f"app:{other}"]
    assert found[f"app:{ID_A}"] == found["reg:1"]
    assert found[f"app:{CODE}"].startswith("c-")
    assert not {"app:6222****5805", "app:77", "app:88"} & set(found)


def test_one_row_that_names_two_accounts_makes_two_entities() -> None:
    engine = DuckEngine(threads=1)
    cards = ["6222005865412565805", "6217000010001234567"]
    told: dict[str, object] = {"source": "app", "loan_id": "app:L", "payer_account_id": f"app:{cards[0]}"}
    lay(engine, "loan", told | {"borrower_account_id": f"app:{cards[1]}"})
    found = resolve(engine, "loan")
    assert found[f"app:{cards[0]}"] != found[f"app:{cards[1]}"]
    ids = [row["entity_id"] for row in engine.read("entity").to_pylist()]
    assert len(set(ids)) == len(ids) == 2


def test_an_id_of_a_register_is_no_record_of_its_own_elsewhere(engine: Engine) -> None:
    lay(engine, "person", {"source": "app", "person_id": f"app:{ID_A}", "id_number": ID_B})
    lay(engine, "loan", {"source": "app", "loan_id": "app:L", "borrower_id": f"app:{ID_A}", "lender_id": "app:9"})
    found = resolve(engine, "person", "loan")
    told = engine.read("entity").to_pylist()
    assert [(row["entity_id"], row["key_value"]) for row in told] == [(found[f"app:{ID_A}"], ID_B)]


def test_an_identity_number_that_would_pass_for_a_credit_code_is_no_firm(engine: Engine) -> None:
    everyone = (
        resident.compose(region_code="110105", birth_on=date(1980, 1, 1), sequence=sequence) for sequence in range(999)
    )
    number = next(each for each in everyone if mod_31(each[:17]) == each[17])
    lay(engine, "police_report", {"source": "p", "report_id": "p:1", "reporter_id": f"p:{number}"})
    columns: dict[str, object] = {
        "source": "p",
        "account_id": "p:a",
        "number": "6217000010001234567",
        "holder_id": f"p:{number}",
    }
    lay(engine, "account", columns)
    resolve(engine, "account", "police_report")
    told = engine.read("entity").to_pylist()
    assert [row["key_value"] for row in told if row["kind"] == "person"] == [number]
    assert not [row for row in told if row["kind"] == "company"]


def test_an_account_number_that_would_pass_for_an_old_identity_number_is_an_account(engine: Engine) -> None:
    number = "206697441103746"
    lay(engine, "payment_order", {"source": "p", "order_id": "p:1", "payer_account_id": f"p:{number}"})
    resolve(engine, "payment_order")
    assert [(row["kind"], row["key_value"]) for row in engine.read("entity").to_pylist()] == [("account", number)]


def test_a_holder_whom_no_register_has_is_known_by_the_account_that_names_him(engine: Engine) -> None:
    lay(engine, "person", {"source": "b", "person_id": "b:1", "name": "甲"})
    lay(
        engine,
        "account",
        {"source": "b", "account_id": "b:A", "holder_id": "b:1", "holder_name": "甲"},
        {
            "source": "b",
            "account_id": "b:B",
            "holder_id": "b:2",
            "holder_name": "马建国",
            "holder_id_no": "6201****1239",
        },
        {"source": "b", "account_id": "b:C", "holder_id": "b:3", "holder_name": "捷融网络科技有限公司"},
        {"source": "b", "account_id": "b:D", "holder_id": f"b:{ID_A}", "holder_name": "乙"},
    )
    found = resolve(engine, "person", "account")
    told = {row["entity_id"]: (row["kind"], row["name"], row["key_value"]) for row in engine.read("entity").to_pylist()}
    assert told[found["b:2"]] == ("person", "马建国", None)
    assert told[found["b:3"]] == ("company", "捷融网络科技有限公司", None)
    assert told[found[f"b:{ID_A}"]] == ("person", None, ID_A)
    assert sum(kind != "account" for kind, _, _ in told.values()) == 4
