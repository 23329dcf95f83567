from datetime import date
from typing import Any

import pyarrow as pa

from suyuan.resolve.standard.people import SCHEMA, standard_people

KEY = "11010519491231002X"


def person(**told: Any) -> dict[str, Any]:
    """Return the standard columns of one record."""
    types = {"birth_on": pa.date32(), "record_no": pa.int64()}
    given = {"record_no": 7, "key": None, **told}
    table = pa.table({name: pa.array([value], types.get(name, pa.string())) for name, value in given.items()})
    row: dict[str, Any] = standard_people(table).to_pylist()[0]
    return row


def test_the_columns_are_those_promised() -> None:
    records = pa.table({"record_no": pa.array([], pa.int64()), "key": pa.array([], pa.string())})
    assert standard_people(records).schema == SCHEMA


def test_a_record_that_tells_nothing_is_null_throughout() -> None:
    row = person()
    assert {name for name, value in row.items() if value is not None} == {"record_no", "name_masked", "birth_proved"}
    assert (row["record_no"], row["name_masked"], row["birth_proved"]) == (7, False, False)


def test_a_name_is_told_whole_or_in_two_parts() -> None:
    whole = person(name="張　三")
    parts = person(family_name="张", given_name="三")
    assert (whole["name"], whole["family"], whole["given"], whole["name_sound"]) == ("张三", "张", "三", "ZHANG SAN")
    assert parts == whole


def test_birth_and_sex_come_from_the_key_before_what_is_told() -> None:
    row = person(key=KEY, birth_on=date(1950, 1, 1), sex="男")
    assert (row["birth"], row["birth_proved"], row["sex"]) == ("19491231", True, "female")


def test_birth_comes_from_the_date_before_the_text() -> None:
    row = person(birth_on=date(1950, 1, 1), birth_told="1951-02-03")
    assert (row["birth"], row["birth_proved"]) == ("19500101", False)


def test_a_number_that_is_a_key_is_not_told_again() -> None:
    assert person(key=KEY, id_number=KEY)["id_told"] is None
    assert person(id_number="1101 0519491231 0021")["id_told"] == "110105194912310021"


def test_an_address_of_the_household_stands_in_for_a_missing_one() -> None:
    row = person(household_address="甘肃省兰州市城关区雁岭路296号", region_code="110105")
    assert (row["addr_area"], row["addr_road"], row["addr_number"]) == ("620102", "雁岭路", "296")


def test_places_are_told_without_their_kind() -> None:
    row = person(city="兰州市", province="甘肃省", postcode=" ７３００００ ")
    assert (row["city"], row["province"], row["postcode"], row["addr_area"]) == ("兰州", "甘肃", "730000", "6201")


def test_an_employer_is_its_core_name() -> None:
    assert person(employer="兰州启康春贸易有限责任公司")["employer"] == "启康春贸易"
