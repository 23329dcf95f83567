import json
from datetime import datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.access.mask import Revealed, mask_json, mask_table
from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import arrow_schema

MOBILE = "13900001111"
CARD = "6222005865412565805"


def test_a_table_is_hidden_by_its_contract() -> None:
    table = pa.table(
        {
            "row_id": ["3fa9c0aa13900001:1:2"],
            "account_id": [f"icbc:{CARD}"],
            "amount_fen": [13900001111],
            "counterparty_name": ["张三"],
            "counterparty_account": [CARD],
            "memo": [f"还款{MOBILE}"],
            "serial": ["20240101000013900001111"],
            "of_no_contract": [f"x {MOBILE}"],
        }
    )
    row = mask_table(table, contracts()["entry"]).to_pylist()[0]
    assert row["account_id"].startswith("icbc:~")
    assert row == {
        "row_id": "3fa9c0aa13900001:1:2",
        "account_id": row["account_id"],
        "amount_fen": 13900001111,
        "counterparty_name": "张*",
        "counterparty_account": "622200*********5805",
        "memo": "还款139****1111",
        "serial": "20240101000013900001111",
        "of_no_contract": "x 139****1111",
    }


@pytest.mark.parametrize("table", contracts())
def test_every_contract_can_be_masked_empty_and_keeps_its_types(table: str) -> None:
    schema = arrow_schema(contracts()[table])
    assert mask_table(schema.empty_table(), contracts()[table]).schema.types == schema.types


def test_one_person_has_one_stand_in_in_all_tables() -> None:
    lender = mask_table(pa.table({"lender_id": ["b:7"]}), contracts()["loan"])["lender_id"][0]
    person = mask_table(pa.table({"person_id": ["b:7"]}), contracts()["person"])["person_id"][0]
    assert lender == person


def test_a_row_of_a_named_table_is_hidden_by_its_contract() -> None:
    told = mask_json(
        {"table": "company", "row": {"name": "张三商贸有限公司", "phone": MOBILE, "address": "雁滩路12号"}}
    )
    assert told["row"] == {"name": "张三商贸有限公司", "phone": "139****1111", "address": "雁滩路12号"}
    told = mask_json({"table": "person", "rows": [{"name": "张三", "address": "雁滩路12号"}]})
    assert told["rows"] == [{"name": "张*", "address": "****"}]


def test_members_are_hidden_by_their_kind() -> None:
    told = mask_json(
        {
            "members": [
                {"kind": "person", "id": "b:62010219900101001X", "name": "王五"},
                {"kind": "company", "id": "c-3fa9c0aa13900001", "name": "某某科技有限公司"},
            ]
        }
    )
    person, company = told["members"]
    assert person["name"] == "王*"
    assert person["id"].startswith("b:~")
    assert company == {"kind": "company", "id": "c-3fa9c0aa13900001", "name": "某某科技有限公司"}


def test_an_edge_and_a_member_bear_one_stand_in() -> None:
    told = mask_json(
        {"edges": [{"src_id": "b:62220", "dst_id": "a-0123456789012345"}], "who": {"kind": "account", "id": "b:62220"}}
    )
    assert told["edges"][0] == {"src_id": told["who"]["id"], "dst_id": "a-0123456789012345"}
    assert told["who"]["id"].startswith("b:~")


def test_an_account_shows_its_holder_and_number_in_part() -> None:
    told = mask_json({"kind": "account", "id": "a-0123456789012345", "name": "王五", "number": "62220058654"})
    assert told == {"kind": "account", "id": "a-0123456789012345", "name": "王*", "number": "62*******54"}


def test_what_a_statement_says_of_itself_is_hidden() -> None:
    told = mask_json({"file": "王五.csv", "table": "entry", "facts": {"holder": "王五", "account": "622200586541"}})
    assert told == {"file": "王*.csv", "table": "entry", "facts": {"holder": "王*", "account": "62********41"}}


def test_a_name_hidden_once_is_hidden_in_every_text() -> None:
    told = mask_json({"title": "王五等人循环转账", "members": [{"kind": "person", "name": "王五"}]})
    assert told["title"] == "王*等人循环转账"


def test_plain_documents_stay_as_they_are() -> None:
    plain = {
        "name": "磁盘空间",
        "id": "lending.routine_loan",
        "value": "3.11",
        "rows": 5,
        "share": 0.5,
        "none": None,
        "run_id": "8f14e45fceea167a",
        "when": datetime.fromisoformat("2026-01-01T00:00:00"),
        "list": [True, "a"],
    }
    assert mask_json(plain) == plain


def test_tuples_become_lists_and_keys_are_hidden_too() -> None:
    assert mask_json({f"of {MOBILE}": (MOBILE,)}) == {"of 139****1111": ["139****1111"]}


def test_what_was_revealed_is_shown() -> None:
    assert mask_json(Revealed({"phone": MOBILE})) == {"phone": MOBILE}


DOCUMENTS = st.recursive(
    st.one_of(st.none(), st.integers(), st.text(max_size=10), st.sampled_from([MOBILE, CARD, "张三", f"icbc:{CARD}"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["name", "kind", "id", "phone", "table", "row", "memo", "x"]), inner, max_size=4
        ),
    ),
    max_leaves=8,
)


@given(DOCUMENTS)
def test_no_identifier_survives_in_any_document(document: object) -> None:
    told = json.dumps(mask_json(document), ensure_ascii=False)
    assert f'"{MOBILE}"' not in told
    assert CARD not in told


@given(DOCUMENTS)
def test_masking_a_document_twice_changes_nothing_more(document: object) -> None:
    once = mask_json(document)
    assert mask_json(once) == once


def test_a_file_is_named_as_it_is_so_that_a_person_finds_it_again() -> None:
    assert mask_json({"file": "statements/6222021234567890123.csv"}) == {"file": "statements/6222021234567890123.csv"}
