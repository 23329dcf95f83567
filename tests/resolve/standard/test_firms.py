from datetime import date
from typing import Any

import pyarrow as pa

from suyuan.resolve.standard.firms import SCHEMA, standard_firms


def firm(**told: Any) -> dict[str, Any]:
    """Return the standard columns of one record."""
    types = {"founded_on": pa.date32(), "record_no": pa.int64()}
    given = {"record_no": 7, "key": None, **told}
    table = pa.table({name: pa.array([value], types.get(name, pa.string())) for name, value in given.items()})
    row: dict[str, Any] = standard_firms(table).to_pylist()[0]
    return row


def test_the_columns_are_those_promised() -> None:
    records = pa.table({"record_no": pa.array([], pa.int64()), "key": pa.array([], pa.string())})
    assert standard_firms(records).schema == SCHEMA


def test_a_firm_is_its_core_its_region_and_its_form() -> None:
    row = firm(name="甘肃省兰州市启康春貿易（集團）有限責任公司", founded_on=date(2013, 8, 29))
    assert (row["name"], row["region"], row["form"]) == ("启康春贸易", "甘肃兰州", "group")
    assert (row["name_sound"], row["founded"]) == ("QI KANG CHUN MAO YI", "20130829")


def test_a_representative_is_known_by_a_valid_number_or_by_what_is_told() -> None:
    valid = firm(legal_rep_name="張三", legal_rep_id_no="110105491231002")
    masked = firm(legal_rep_name="张*", legal_rep_id_no="1101**********002X")
    assert (valid["rep"], valid["rep_key"], valid["rep_id_told"]) == ("张三", "11010519491231002X", None)
    assert (masked["rep"], masked["rep_key"], masked["rep_id_told"]) == ("张*", None, "1101**********002X")


def test_a_credit_code_that_is_no_key_is_told() -> None:
    assert firm(credit_code="9162 0104 MA** **** 9H")["code_told"] == "91620104MA******9H"
    assert firm(credit_code="91350100M000100Y43", key="91350100M000100Y43")["code_told"] is None
