"""A file whose header holds a table's column names needs no mapping."""

from pathlib import Path

import pytest

from suyuan.sources.contract_csv import choose_contract, contract_recipe
from tests.sources.conftest import Opener


def _csv(folder: Path, text: str) -> Path:
    path = folder / "x.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("header", "table"),
    [
        ("person_id,name", "person"),
        ("company_id,name,credit_code", "company"),
        ("src_account_id,dst_account_id,amount_fen,currency", None),
        ("transfer_id,src_account_id,dst_account_id,amount_fen,currency", "transfer"),
        ("transfer_id,src_account_id,dst_account_id,amount_fen", None),
        ("person_id,name,colour", None),
        ("person_id,", None),
        ("row_id,source,loaded_at,person_id,name", "person"),
        ("subject_id,subject_kind,service,owner,reason,from_on,to_on", "known_service"),
        ("signal_id,typology_id", None),
    ],
)
def test_the_table_is_known_by_its_columns(opener: Opener, tmp_path: Path, header: str, table: str | None) -> None:
    cells = ",".join("x" for _ in header.split(","))
    chosen = choose_contract(opener.grid(_csv(tmp_path, f"{header}\n{cells}\n")))
    assert (chosen[0].table if chosen else None) == table


def test_a_source_column_makes_ids_stay_as_they_are(opener: Opener, tmp_path: Path) -> None:
    grid = opener.grid(_csv(tmp_path, "row_id,source,person_id,name\nr,icbc,icbc:1,n\n"))
    chosen = choose_contract(grid)
    assert chosen is not None
    recipe = contract_recipe(grid, chosen[0], chosen[1], source=None)
    assert recipe.source_sql == '"c2"'
    assert recipe.tables[0].columns == {"person_id": '"c3"', "name": '"c4"'}


def test_an_institution_that_is_told_stands_for_the_column(opener: Opener, tmp_path: Path) -> None:
    grid = opener.grid(_csv(tmp_path, "person_id,name\n1,n\n"))
    chosen = choose_contract(grid)
    assert chosen is not None
    assert contract_recipe(grid, chosen[0], chosen[1], source=None).source == "local"
    assert contract_recipe(grid, chosen[0], chosen[1], source="icbc").source == "icbc"
    assert contract_recipe(grid, chosen[0], chosen[1], source=None).source_sql is None
