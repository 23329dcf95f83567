"""Who stands in a harvested address book."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pytest

from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import arrow_schema
from suyuan.engine.protocol import Engine
from suyuan.engine.step import Step
from suyuan.resolve.address_book import MOST_HOLDERS, digits, phone, plan

Row = Mapping[str, Any]

ZHANG, WANG = "13912345678", "13887654321"


def lay(engine: Engine, table: str, rows: Sequence[Row], *, into: str = "") -> None:
    schema = pa.schema([field.with_nullable(True) for field in arrow_schema(contracts()[table])])
    engine.write(into or table, pa.Table.from_pylist([dict(row) for row in rows], schema=schema))


def person(person_id: str, name: str | None = None, phone: str | None = None, **more: str) -> Row:
    return {"person_id": person_id, "name": name, "phone": phone, **more}


def contact(phone: str | None, name: str | None = None, **more: str) -> Row:
    return {"contact_phone": phone, "contact_name": name, **more}


def found(
    engine: Engine, *, people: Sequence[Row], book: Sequence[Row], accounts: Sequence[Row] = ()
) -> list[tuple[str | None, str | None]]:
    """Return (contact's person, owner) of every row of the book."""
    lay(engine, "person", people, into="records_person")
    lay(engine, "account", accounts, into="records_account")
    lay(engine, "address_book", [{**row, "contact_id": f"{n:03}"} for n, row in enumerate(book)])
    engine.run(plan({"address_book": {}, "person": {}, "account": {}}))
    rows = sorted(engine.read("address_book").to_pylist(), key=lambda row: str(row["contact_id"]))
    return [(row["contact_person_id"], row["owner_id"]) for row in rows]


@pytest.mark.parametrize(
    ("told", "number"),
    {
        "13912345678": ZHANG,
        "+86 139-1234-5678": ZHANG,
        "0086 13912345678": ZHANG,
        "8613912345678": ZHANG,
        "013912345678": ZHANG,
        "1795113912345678": ZHANG,
        "１３９１２３４５６７８": ZHANG,
        "(139) 1234 5678": ZHANG,
        "13912345678/13887654321": ZHANG,
        "13912345678转0": ZHANG,
        "0931-2345678": "09312345678",
        "(0931)2345678": "09312345678",
        "+86 931 2345678": "09312345678",
        "0931-2345678转801": "09312345678",
        "86-10-62345678": "01062345678",
        "139****5678": None,
        "1391234567": None,
        "12345678901": None,
        "13800138000": None,
        "13900000000": None,
        "95588": None,
        "": None,
        "无": None,
    }.items(),
)
def test_a_phone_has_one_form_however_it_is_written(engine: Engine, told: str, number: str | None) -> None:
    engine.write("given", pa.table({"told": [told]}))
    inner = f"select told, {digits('told')} as digits from given"
    engine.run([Step(name="read", sql=f"select {phone(told='told', digits='digits')} as number from ({inner}) as t")])
    assert engine.read("read")["number"].to_pylist() == [number]


def test_a_contact_is_the_one_who_gives_his_number_whatever_he_is_called(engine: Engine) -> None:
    people = [person("p-1", "张伟", "+86 139 1234 5678"), person("p-2", "王芳", phone_2=WANG)]
    book = [contact(ZHANG, "老张"), contact("138-8765-4321"), contact("13700001234", "张伟"), contact(None, "张伟")]
    assert found(engine, people=people, book=book) == [("p-1", None), ("p-2", None), (None, None), (None, None)]


def test_a_number_that_another_record_of_the_person_gives_counts_too(engine: Engine) -> None:
    people = [person("p-1", "张伟", ZHANG), person("p-1", "张伟", WANG), person("p-1", "张伟", f"0{WANG}")]
    book = [contact(ZHANG), contact(WANG)]
    assert found(engine, people=people, book=book) == [("p-1", None), ("p-1", None)]


def test_the_phone_of_an_account_is_its_holders_where_he_is_a_person(engine: Engine) -> None:
    accounts = [
        {"account_id": "a-1", "holder_id": "p-1", "holder_name": "张伟", "phone": ZHANG},
        {"account_id": "a-2", "holder_id": "c-1", "holder_name": "甲公司", "phone": WANG},
    ]
    book = [contact(ZHANG), contact(WANG)]
    assert found(engine, people=[], accounts=accounts, book=book) == [("p-1", None), (None, None)]


@pytest.mark.parametrize(
    ("name", "person_id"),
    [
        ("张伟民", "p-1"),
        ("张伟民（同事）", "p-1"),
        ("王 芳", "p-2"),
        ("伟民", "p-1"),
        ("王小芳", "p-2"),  # her former name
        ("妈妈", None),
        ("张伟民王芳", None),  # both
        ("王", None),
        (None, None),
    ],
)
def test_of_several_who_give_a_number_the_one_whose_name_agrees(
    engine: Engine, name: str | None, person_id: str | None
) -> None:
    people = [person("p-1", "张伟民", ZHANG), person("p-2", "王芳", ZHANG, former_name="王小芳")]
    assert found(engine, people=people, book=[contact(ZHANG, name)]) == [(person_id, None)]


def test_a_name_told_in_full_goes_before_one_told_in_part(engine: Engine) -> None:
    people = [person("p-1", "张伟", ZHANG), person("p-2", "张伟民", ZHANG)]
    assert found(engine, people=people, book=[contact(ZHANG, "张伟")]) == [("p-1", None)]


@pytest.mark.parametrize(("holders", "person_id"), [(MOST_HOLDERS, "p-007"), (MOST_HOLDERS + 1, None)])
def test_a_switchboards_number_names_nobody(engine: Engine, holders: int, person_id: str | None) -> None:
    people = [person(f"p-{n:03}", f"张第{n:03}", "0931-2345678") for n in range(holders)]
    assert found(engine, people=people, book=[contact("0931-2345678", "张第007")]) == [(person_id, None)]


def test_what_an_institution_told_stays(engine: Engine) -> None:
    people = [person("p-1", "张伟", ZHANG), person("p-2", "王芳", WANG)]
    book = [contact(ZHANG, "张伟", contact_person_id="p-9", owner_id="p-8", owner_phone=WANG)]
    assert found(engine, people=people, book=book) == [("p-9", "p-8")]


def test_an_owner_is_found_by_a_number_of_his_alone(engine: Engine) -> None:
    people = [person("p-1", "张伟", ZHANG), person("p-2", "王芳", WANG), person("p-3", "王芳", WANG)]
    book = [contact(None, owner_phone=f"+86{ZHANG}"), contact(None, owner_phone=WANG), contact(None)]
    assert found(engine, people=people, book=book) == [(None, "p-1"), (None, None), (None, None)]


def test_every_row_and_column_of_the_book_stays(engine: Engine) -> None:
    book = [contact(ZHANG, "a", relation_told="friend", app_id="x"), contact(ZHANG, "a"), contact(None)]
    found(engine, people=[person("p-1", "张伟", ZHANG)], book=book)
    rows = engine.read("address_book")
    assert rows.num_rows == 3
    assert list(rows.column_names) == list(contracts()["address_book"].columns)
    assert sorted(map(str, rows["relation_told"].to_pylist())) == ["None", "None", "friend"]


def test_without_a_book_or_without_people_there_is_nothing_to_do() -> None:
    assert plan({"person": {}}) == []
    assert plan({"address_book": {}, "loan": {}}) == []
    assert "records_account" not in " ".join(
        step.sql for step in plan({"address_book": {}, "person": {}}) if isinstance(step, Step)
    )
