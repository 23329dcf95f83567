from pathlib import Path

import pytest

from suyuan.sources.mapping import shipped
from suyuan.world.institutions.handed import Handed
from suyuan.world.institutions.statements_faces import Faces
from suyuan.world.institutions.statements_layouts import figures, institutions
from suyuan.world.institutions.statements_registers import write_account_registers
from tests.world.institutions.paid_world import paid_world


@pytest.mark.parametrize("name", figures().registers)
def test_a_register_has_the_columns_that_its_mapping_asks_for(name: str) -> None:
    assert shipped()[f"world_accounts_{name}"].columns == tuple(figures().registers[name].columns)


@pytest.mark.parametrize("name", figures().registers)
def test_a_mapping_knows_every_word_for_a_kind(name: str) -> None:
    kind = next(each for each in shipped()[f"world_accounts_{name}"].tables).columns["kind"]
    for meant, word in figures().registers[name].kinds.items():
        assert f"'{word}'" in str(kind)
        assert f"'{meant}'" in str(kind)


def test_every_account_of_an_institution_stands_in_its_register(tmp_path: Path) -> None:
    world, handed = paid_world(accounts=104, transfers=200), Handed()
    faces = Faces(world)
    write_account_registers(world, faces, tmp_path, handed)
    banks, numbers = world.column("account", "bank"), world.column("account", "number")
    for each in handed.written:
        name = next(name for name, one in institutions().items() if one.source == each.source)
        register = figures().registers[institutions()[name].accounts]
        told = (tmp_path / each.file).read_bytes().decode(register.encoding)
        assert len(told.splitlines()) == each.rows + 1
        assert all(number in told for number in numbers[banks == name])


def test_papers_are_masked_or_missing_where_an_institution_does_so(tmp_path: Path) -> None:
    world, handed = paid_world(accounts=104, transfers=200), Handed()
    write_account_registers(world, Faces(world), tmp_path, handed)
    core = next(each for each in handed.written if each.source == "bank_05")
    told = (tmp_path / core.file).read_text(encoding="utf-8")
    assert "620102********" in told
    assert "62010219900101" not in told


def test_records_tell_accounts_and_their_holders(tmp_path: Path) -> None:
    world, handed = paid_world(accounts=104, transfers=200), Handed()
    write_account_registers(world, Faces(world), tmp_path, handed)
    kinds = [row["kind"] for row in handed.records.to_pylist()]
    assert kinds.count("account") == sum(each.rows for each in handed.written) > 90
    assert kinds.count("person") > 70
    assert kinds.count("company") > 10
