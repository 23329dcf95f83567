from datetime import date, datetime

import numpy as np
import pyarrow as pa
import pytest

from suyuan.domain.contract import contracts
from suyuan.world.frame.tables import first_id
from suyuan.world.institutions.cells import day, moment, money, reference, told
from suyuan.world.institutions.houses import Institution, institutions
from suyuan.world.institutions.keys import customer_no, row_no
from suyuan.world.institutions.layouts import layouts
from suyuan.world.institutions.mapping_text import day_format, moment_format
from tests.world.institutions.any_world import any_world

WORLD = any_world(40)
BANK = institutions()[0]
LOAN = next(layout for layout in layouts() if layout.name == "bank_loan")


def _institution(kind: str) -> Institution:
    return next(each for each in institutions() if each.kind == kind)


@pytest.mark.parametrize(
    ("fen", "way", "text"),
    [
        (5, "plain", "0.05"),
        (123450, "plain", "1234.50"),
        (-70, "plain", "-0.70"),
        (123456789, "grouped", "1,234,567.89"),
        (99999, "grouped", "999.99"),
        (100000007, "grouped", "1,000,000.07"),
        (-123456, "grouped", "-1,234.56"),
        (123450, "fen", "123450"),
        (None, "grouped", None),
    ],
)
def test_amounts_are_written_as_institutions_do(fen: int | None, way: str, text: str | None) -> None:
    assert money(pa.array([fen], pa.int64()), way).to_pylist() == [text]


@pytest.mark.parametrize(
    ("way", "text"), [("dash", "2024-02-03"), ("slash", "2024/02/03"), ("bare", "20240203"), ("han", "2024年02月03日")]
)
def test_days_are_written_as_their_mapping_reads_them(way: str, text: str) -> None:
    found = date(2024, 2, 3)
    assert day(pa.array([found]), way).to_pylist() == [text]
    assert found.strftime(day_format(way)) == text


@pytest.mark.parametrize(
    ("way", "text"),
    [
        ("dash", "2024-02-03 04:05:06"),
        ("slash", "2024/02/03 04:05:06"),
        ("iso", "2024-02-03T04:05:06"),
        ("bare", "20240203040506"),
    ],
)
def test_times_are_written_as_their_mapping_reads_them(way: str, text: str) -> None:
    found = datetime.fromisoformat("2024-02-03T04:05:06")
    assert moment(pa.array([found]), way).to_pylist() == [text]
    assert found.strftime(moment_format(way)) == text


def test_a_bank_names_people_by_its_own_numbers_and_the_police_by_theirs() -> None:
    people = first_id("person") + np.array([3])
    numbers = WORLD.column("person", "id_number")
    assert reference(WORLD, BANK, people, ["person", "company"]) == customer_no(WORLD, "bank_01", people)
    assert reference(WORLD, _institution("police"), people, ["person"]).to_pylist() == [numbers[3]]


def test_things_of_many_tables_stand_in_one_column() -> None:
    mixed = np.array([first_id("company"), -1, first_id("account"), first_id("loan")])
    found = reference(WORLD, BANK, mixed, ["person", "company", "account", "loan"]).to_pylist()
    assert found == [
        customer_no(WORLD, "bank_01", mixed[:1])[0].as_py(),
        None,
        WORLD.column("account", "number")[0],
        row_no(WORLD, "loan", mixed[3:])[0].as_py(),
    ]


def test_a_value_that_no_contract_lists_is_not_written() -> None:
    with pytest.raises(ValueError, match=r"loan\.status"):
        told(WORLD, BANK, LOAN, contracts()["loan"].columns["status"], pa.array(["lost"]))


def test_listed_values_are_told_in_the_words_of_the_layout() -> None:
    column = contracts()["loan"].columns["status"]
    assert told(WORLD, BANK, LOAN, column, pa.array(["overdue", None])).to_pylist() == ["逾期", None]


def test_a_call_tells_a_device_by_its_imei() -> None:
    layout = next(each for each in layouts() if each.name == "any_call")
    found = told(WORLD, BANK, layout, contracts()["call"].columns["caller_device"], pa.array([5, -1]))
    assert [found[0].as_py().isdigit(), found[1].as_py()] == [True, None]
