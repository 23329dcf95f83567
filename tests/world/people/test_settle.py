import hashlib

import numpy as np
import pyarrow as pa

from suyuan.domain.ids import credit_code, resident
from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import first_id, is_of, row_of
from suyuan.world.frame.world import World
from suyuan.world.people.settle import settle

TABLES = ("person", "company", "sim", "account", "tie", "company_event")


def _settled(seed: int) -> World:
    world = World(options=Options(seed=seed, scale=0.01))
    settle(world)
    return world


def _digest(world: World) -> str:
    told = hashlib.sha256()
    for name in TABLES:
        told.update(str(world.tables.table(name).to_pylist()).encode())
    return told.hexdigest()


def test_a_seed_settles_one_town() -> None:
    assert _digest(_settled(5)) == _digest(_settled(5))
    assert _digest(_settled(5)) != _digest(_settled(6))


def test_the_town_is_as_large_as_its_scale_asks(town: World) -> None:
    assert town.tables.rows("person") == 4_000
    assert 290 <= town.tables.rows("company") <= 420
    assert 7_200 <= town.tables.rows("account") <= 9_200


def test_everyone_can_be_told_by_his_number(town: World) -> None:
    people = town.tables.table("person").slice(0, 400).to_pylist()
    for each in people:
        told = resident.parse(each["id_number"])
        assert (told.birth_on, told.sex, told.notes) == (each["birth_on"], each["sex"], ())


def test_firms_have_codes_of_their_region_and_kind(town: World) -> None:
    for each in town.tables.table("company").to_pylist():
        told = credit_code.parse(each["credit_code"])
        assert told.notes == ()
        assert told.code[2:8] == each["region_code"]


def test_what_is_named_is_there(town: World) -> None:
    """Ids told before their rows were written point at the rows they meant."""
    adults = np.flatnonzero(town.column("person", "_main_account") >= 0)
    accounts = town.column("person", "_main_account")[adults]
    assert (town.of(accounts, "holder_id") == first_id("person") + adults).all()
    assert set(town.of(accounts, "kind")) == {"card"}
    firms = first_id("company") + np.arange(town.tables.rows("company"))
    of_firms = town.column("company", "_main_account")
    assert (town.of(of_firms, "holder_id") == firms).all()
    assert set(town.of(of_firms, "kind")) == {"corporate"}
    assert (town.of(town.column("company", "_legal_rep"), "name") == town.column("company", "legal_rep_name")).all()
    has = town.column("person", "_main_sim") >= 0
    assert (town.of(town.column("person", "_main_sim")[has], "number") == town.column("person", "phone")[has]).all()


def test_employers_are_there_and_have_as_many_staff_as_people_say(town: World) -> None:
    employer = town.column("person", "_employer")
    rows = row_of(employer[employer >= 0])
    assert is_of(employer[employer >= 0], "company").all()
    assert np.bincount(rows, minlength=town.tables.rows("company")).tolist() == town.column("company", "_size").tolist()
    told = town.column("person", "employer")
    assert (told[employer >= 0] == town.column("company", "name")[rows]).all()


def test_few_employ_many_and_few_earn_much(town: World) -> None:
    size = np.sort(town.column("company", "_size"))[::-1]
    assert size[: len(size) // 20].sum() > size.sum() * 0.3
    income = town.column("person", "_income_fen")
    income = np.sort(income[income > 0])
    assert income[-len(income) // 100] > 3 * np.percentile(income, 50)


def test_rows_of_the_town_are_nobodys_crime(town: World) -> None:
    for name in TABLES:
        assert (town.column(name, "_ring") == -1).all()


def test_what_the_main_account_needs_was_open_before_the_world_began(town: World) -> None:
    accounts = town.column("person", "_main_account")
    assert town.of(accounts[accounts >= 0], "_opened").max() < 0
    sims = town.column("person", "_main_sim")
    assert town.of(sims[sims >= 0], "_opened").max() < 0


def test_nothing_was_opened_after_the_world(town: World) -> None:
    for name in ("account", "sim"):
        assert town.column(name, "_opened").max() < town.options.days


def test_columns_have_the_types_of_the_contracts(town: World) -> None:
    assert town.tables.table("person").schema.field("birth_on").type == pa.date32()
    assert town.tables.table("account").schema.field("opened_device").type == pa.int64()
