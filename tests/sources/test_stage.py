"""Every row with data is kept or quarantined, with its reasons and its cells."""

import json
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import arrow_schema
from suyuan.domain.errors import DataError
from suyuan.engine.duck import connect
from suyuan.sources.grid import Grid, Recipe, TableRecipe
from suyuan.sources.stage import Staged, left_out, stage

NOW = datetime.fromisoformat("2026-01-02 03:04:05")
COLUMNS = {
    "src_account_id": "c1",
    "dst_account_id": "c2",
    "amount_fen": "c3",
    "currency": "c4",
    "booked_at": "c5",
    "time_precision": "'second'",
}
GOOD = ("a", "b", "100", "CNY", "2024-01-02 03:04:05")


def _grid(con: duckdb.DuckDBPyConnection, rows: list[tuple[str | None, ...]], width: int = 5) -> Grid:
    schema = pa.schema([("row_no", pa.int64()), *((f"c{at}", pa.string()) for at in range(1, width + 1))])
    arrays = [list(range(1, len(rows) + 1)), *(list(column) for column in zip(*rows, strict=True))]
    con.register("told", pa.table([pa.array(each) for each in arrays], schema=schema))
    return Grid(
        file="a.csv", sha256="f" * 64, sheet=None, sheet_no=1, relation="told", n_cols=width, n_rows=len(rows),
        head=(), tail=(),
    )  # fmt: skip


def _stage(
    folder: Path,
    rows: list[tuple[str | None, ...]],
    *,
    table: TableRecipe | None = None,
    source_sql: str | None = None,
    data: str = "true",
) -> tuple[Staged, list[dict[str, object]], list[dict[str, object]]]:
    con = connect(temp_dir=folder)
    recipe_rows = table or TableRecipe(table="transfer", columns=COLUMNS)
    recipe = Recipe(mapping="m", version=1, source="icbc", tables=(recipe_rows,), data=data, source_sql=source_sql)
    told = stage(
        con,
        grid=_grid(con, rows),
        recipe=recipe,
        rows=recipe_rows,
        contract=contracts()[recipe_rows.table],
        folder=folder,
        loaded_at=NOW,
    )
    kept, refused = (pq.read_table(path).to_pylist() if path else [] for path in (told.kept, told.refused))
    return told, kept, refused


def test_a_kept_row_has_the_contract_and_its_provenance(tmp_path: Path) -> None:
    told, kept, _ = _stage(tmp_path, [GOOD])
    assert told.kept is not None
    assert (told.rows_read, told.rows_kept, told.rows_quarantined) == (1, 1, 0)
    schema = arrow_schema(contracts()["transfer"])
    written = pq.read_schema(told.kept)
    assert written.names == schema.names
    assert [str(kind) for kind in written.types] == [str(kind) for kind in schema.types]
    assert kept == [
        {
            "row_id": "ffffffffffffffff:1:1",
            "source": "icbc",
            "loaded_at": NOW,
            "transfer_id": "icbc:ffffffffffffffff:1:1",
            "src_account_id": "icbc:a",
            "dst_account_id": "icbc:b",
            "booked_at": datetime.fromisoformat("2024-01-02 03:04:05"),
            "time_precision": "second",
            "amount_fen": 100,
            "currency": "CNY",
            "kind": None,
            "memo": None,
        }
    ]


def test_a_refused_row_keeps_its_cells_and_all_its_reasons(tmp_path: Path) -> None:
    told, kept, refused = _stage(tmp_path, [GOOD, ("a", None, "1.5", " ", "soon"), GOOD])
    assert [row["row_id"] for row in kept] == ["ffffffffffffffff:1:1", "ffffffffffffffff:1:3"]
    assert told.reasons == {
        "missing:currency": 1,
        "missing:dst_account_id": 1,
        "wrong_type:amount_fen": 1,
        "wrong_type:booked_at": 1,
    }
    (row,) = refused
    assert (row["file"], row["sheet"], row["table_name"], row["row_no"]) == ("a.csv", None, "transfer", 2)
    assert row["row_id"] == "ffffffffffffffff:1:2"
    cells = json.loads(str(row["cells"]))
    assert cells == {"c1": "a", "c2": None, "c3": "1.5", "c4": " ", "c5": "soon"}
    assert sorted(map(str, row["reasons"])) == sorted(told.reasons)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        ("", "missing:amount_fen"),
        ("x", "wrong_type:amount_fen"),
        ("0", "out_of_range:amount_fen"),
        ("99999999999999999999", "wrong_type:amount_fen"),
    ],
)
def test_each_way_to_break_a_contract_has_its_reason(tmp_path: Path, amount: str, reason: str) -> None:
    told, _, _ = _stage(tmp_path, [("a", "b", amount, "CNY", None)])
    assert told.reasons == {reason: 1}
    assert told.kept is None


def test_a_time_that_is_not_told_is_no_fault(tmp_path: Path) -> None:
    told, kept, _ = _stage(tmp_path, [("a", "b", "1", "CNY", "  ")])
    assert told.rows_kept == 1
    assert kept[0]["booked_at"] is None


def test_a_recipe_refuses_rows_of_its_own(tmp_path: Path) -> None:
    rows = TableRecipe(table="transfer", columns=COLUMNS, refuse=(("to_itself", "c1 = c2"),))
    told, kept, _ = _stage(tmp_path, [GOOD, ("a", "a", "1", "CNY", None), (None, "b", "1", "CNY", None)], table=rows)
    assert told.reasons == {"missing:src_account_id": 1, "to_itself": 1}
    assert len(kept) == 1


def test_rows_that_a_filter_leaves_out_are_neither_kept_nor_refused(tmp_path: Path) -> None:
    rows = TableRecipe(table="transfer", columns=COLUMNS, where="c4 = 'CNY'")
    told, _, _ = _stage(tmp_path, [GOOD, ("a", "b", "x", "USD", None)], table=rows, data="row_no < 9")
    assert (told.rows_read, told.rows_kept, told.rows_quarantined) == (1, 1, 0)
    con = connect(temp_dir=tmp_path)
    recipe = Recipe(mapping="m", version=1, source="s", tables=(rows,))
    assert left_out(con, _grid(con, [GOOD, ("a", "b", "x", "USD", None), ("a", "b", "x", None, None)]), recipe) == 2
    every = Recipe(mapping="m", version=1, source="s", tables=(rows, TableRecipe(table="transfer", columns=COLUMNS)))
    assert left_out(con, _grid(con, [GOOD]), every) == 0


def test_where_rows_tell_their_institution_ids_stay_as_they_are(tmp_path: Path) -> None:
    rows = TableRecipe(table="transfer", columns={**COLUMNS, "transfer_id": "c5", "booked_at": "NULL"})
    told, kept, _ = _stage(
        tmp_path,
        [("abc:a", "ccb:b", "1", "CNY", "t1"), ("a", "b", "1", "CNY", "t2")],
        table=rows,
        source_sql="nullif(split_part(c1, ':', 2), '')",
    )
    assert (kept[0]["source"], kept[0]["src_account_id"], kept[0]["transfer_id"]) == ("a", "abc:a", "t1")
    assert told.reasons == {"missing:source": 1}


def test_a_column_that_the_contract_lacks_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"transfer\.colour"):
        _stage(tmp_path, [GOOD], table=TableRecipe(table="transfer", columns={**COLUMNS, "colour": "c1"}))


def test_sql_that_does_not_fit_the_grid_is_told_without_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="c99"):
        _stage(tmp_path, [GOOD], table=TableRecipe(table="transfer", columns={**COLUMNS, "memo": "c99"}))


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    con = connect(temp_dir=tmp_path)
    rows = TableRecipe(table="transfer", columns=COLUMNS)
    recipe = Recipe(mapping="m", version=1, source="s", tables=(rows,))
    with pytest.raises(DataError, match="a"):
        stage(
            con, grid=_grid(con, [GOOD]), recipe=recipe, rows=rows, contract=contracts()["transfer"],
            folder=tmp_path / "absent", loaded_at=NOW,
        )  # fmt: skip


def test_names_of_real_columns_may_be_anything(tmp_path: Path) -> None:
    con = connect(temp_dir=tmp_path)
    con.execute("CREATE VIEW odd AS SELECT 1::BIGINT AS row_no, 'x' AS \"a b\", 'y' AS \"it's\", 5 AS n")
    grid = Grid(
        file="a.parquet", sha256="e" * 64, sheet=None, sheet_no=1, relation="odd", n_cols=3, n_rows=1, head=(), tail=(),
        names=("a b", "it's", "n"),
    )  # fmt: skip
    columns = {"src_account_id": '"a b"', "dst_account_id": '"it\'s"', "amount_fen": "-n", "currency": "'CNY'"}
    rows = TableRecipe(table="transfer", columns=columns)
    told = stage(
        con, grid=grid, recipe=Recipe(mapping="m", version=1, source="s", tables=(rows,)), rows=rows,
        contract=contracts()["transfer"], folder=tmp_path, loaded_at=NOW,
    )  # fmt: skip
    assert told.reasons == {"out_of_range:amount_fen": 1}
    assert told.refused is not None
    (row,) = pq.read_table(told.refused).to_pylist()
    assert json.loads(row["cells"]) == {"a b": "x", "it's": "y", "n": 5}
