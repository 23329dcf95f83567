"""The header decides which mapping is taken."""

from pathlib import Path

import pytest

from suyuan.sources.apply import choose, fits, recipe_for, types_of
from suyuan.sources.header import headers
from suyuan.sources.mapping import TableMapping, load_mapping, shipped
from tests.sources.conftest import Opener

WIDE = """
mapping: wide
version: 1
title: {en: Wide, zh: 宽}
recognise: {columns: [a, b, n, m], without: [z]}
optional: [o]
source: wide
constants: {currency: CNY}
tables:
  transfer:
    columns: {src_account_id: a, dst_account_id: "b || '!'", amount_fen: fen(n), memo: o, kind: m}
"""


@pytest.fixture
def wide(tmp_path: Path) -> TableMapping:
    path = tmp_path / "wide.yml"
    path.write_text(WIDE, encoding="utf-8")
    return load_mapping(path)


def _csv(folder: Path, text: str, name: str = "x.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_header_is_found_under_a_preamble(opener: Opener, tmp_path: Path, wide: TableMapping) -> None:
    grid = opener.grid(_csv(tmp_path, "report of,today\n,\nB,a,M,n,extra\n1,2,3,4,5\n"))
    chosen = choose(grid, [wide])
    assert chosen is not None
    assert chosen[1].row_no == 3
    recipe = recipe_for(grid, chosen[0], chosen[1], con=opener.con, source=None)
    assert recipe.tables[0].columns["src_account_id"] == '"c2"'
    assert recipe.tables[0].columns["memo"] == "CAST(NULL AS VARCHAR)"
    assert recipe.facts["left_out"] == ["extra"]


def test_a_column_that_is_excluded_or_missing_keeps_a_mapping_from_fitting(
    opener: Opener, tmp_path: Path, wide: TableMapping
) -> None:
    assert choose(opener.grid(_csv(tmp_path, "a,b,n\n1,2,3\n")), [wide]) is None
    grid = opener.grid(_csv(tmp_path, "a,b,n,m,z\n1,2,3,4,5\n", "z.csv"))
    assert not fits(wide, headers(grid)[0])


def test_the_mapping_that_reads_most_is_taken(opener: Opener, tmp_path: Path, wide: TableMapping) -> None:
    narrow_path = tmp_path / "narrow.yml"
    text = WIDE.replace("wide", "narrow").replace("[a, b, n, m]", "[a, b, n]").replace(", kind: m", "")
    narrow_path.write_text(text, encoding="utf-8")
    narrow = load_mapping(narrow_path)
    grid = opener.grid(_csv(tmp_path, "a,b,n,m\n1,2,3,4\n"))
    chosen = choose(grid, [narrow, wide])
    assert chosen is not None
    assert chosen[0].name == "wide"


def test_blank_rows_and_the_header_repeated_carry_no_data(opener: Opener, tmp_path: Path, wide: TableMapping) -> None:
    grid = opener.grid(_csv(tmp_path, "a,b,n,m\n1,2,3,4\n\na,b,n,m\n5,6,7,8\n"))
    header = headers(grid)[0]
    recipe = recipe_for(grid, wide, header, con=opener.con, source="s")
    sql = f"SELECT row_no FROM {grid.relation} WHERE {recipe.data} ORDER BY 1"
    assert opener.con.execute(sql).fetchall() == [(2,), (5,)]
    assert recipe.source == "s"


def test_cells_beyond_the_header_are_refused_not_dropped(opener: Opener, tmp_path: Path, wide: TableMapping) -> None:
    grid = opener.grid(_csv(tmp_path, "a,b,n,m\n1,2,3,4\n1,2,3,4,5\n"))
    recipe = recipe_for(grid, wide, headers(grid)[0], con=opener.con, source=None)
    reasons = dict(recipe.tables[0].refuse)
    rows = opener.con.execute(f"SELECT row_no FROM {grid.relation} WHERE {reasons['surplus_cells']}").fetchall()
    assert rows == [(3,)]


def test_amlworld_tells_its_two_accounts_apart(opener: Opener, tmp_path: Path) -> None:
    header = (
        "Timestamp,From Bank,Account,To Bank,Account,Amount Received,Receiving Currency,Amount Paid,"
        "Payment Currency,Payment Format,Is Laundering\n"
    )
    grid = opener.grid(_csv(tmp_path, header + "2022/09/01 00:20,010,A1,020,B2,3.5,Euro,4.5,Yuan,Cheque,1\n"))
    chosen = choose(grid, shipped().values())
    assert chosen is not None
    assert chosen[0].name == "amlworld_transactions"
    recipe = recipe_for(grid, chosen[0], chosen[1], con=opener.con, source=None)
    columns = recipe.tables[0].columns
    names = ("src_account_id", "dst_account_id", "amount_fen", "currency", "memo")
    found = f"{grid.relation} WHERE {recipe.data}"
    for layer in recipe.tables[0].once:
        found = f"(SELECT *, {', '.join(f'{value} AS {name}' for name, value in layer.items())} FROM {found})"
    row = opener.con.execute(f"SELECT {', '.join(columns[name] for name in names)} FROM {found}").fetchall()
    assert row == [("010-A1", "020-B2", 450, "CNY", "received 3.5 Euro")]
    assert recipe.facts["left_out"] == ["islaundering"]


def test_types_are_those_of_the_relation(opener: Opener, tmp_path: Path) -> None:
    assert types_of(opener.con, opener.grid(_csv(tmp_path, "a,b\n1,2\n")))['"c1"'] == "VARCHAR"


def test_a_cell_is_cleaned_once_and_a_value_that_may_fail_worked_out_once(
    opener: Opener, tmp_path: Path, wide: TableMapping
) -> None:
    grid = opener.grid(_csv(tmp_path, "a,b,n,m\n1,2,3,4\n"))
    rows = recipe_for(grid, wide, headers(grid)[0], con=opener.con, source=None).tables[0]
    cells, values = rows.once
    assert len(cells) == 2
    assert list(values) == ["__m_amount_fen"]
    assert rows.columns["amount_fen"] == "__m_amount_fen"
    assert "__m_amount_fen IS NULL" in dict(rows.refuse)["wrong_type:amount_fen"]
