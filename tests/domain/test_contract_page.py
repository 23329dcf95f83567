from typing import get_args

from suyuan.domain.contract import contracts
from suyuan.domain.contract_page import CHAINS, GRADES, MASKS, NULLS, UNITS, index, page
from suyuan.domain.contract_shape import Chain, Grade, Mask, Null, Unit


def test_every_word_of_a_contract_can_be_said() -> None:
    assert set(CHAINS) == set(get_args(Chain))
    assert set(NULLS) == set(get_args(Null))
    assert set(UNITS) == set(get_args(Unit))
    assert set(MASKS) == set(get_args(Mask))
    assert set(GRADES) == set(get_args(Grade))


def test_a_page_tells_every_column_in_both_languages() -> None:
    contract = contracts()["entry"]
    text = page(contract)
    for column in contract.columns.values():
        assert f"| `{column.name}` | {column.label.zh} |" in text
        assert f"| `{column.name}` | {column.label.en} |" in text


def test_a_page_tells_where_a_column_points_and_what_it_may_hold() -> None:
    text = page(contracts()["loan"])
    assert "`account.account_id`" in text
    assert "`sale_and_lease_back`" in text
    assert "known later" in text


def test_the_index_lists_every_table_once() -> None:
    text = index(list(contracts().values()))
    assert all(text.count(f"]({table}.md)") == 1 for table in contracts())
