import csv
from pathlib import Path

import pytest

from suyuan.domain.errors import DataError, NotFound
from suyuan.domain.workspace import Workspace
from suyuan.work.transfers_match import HEADER, Columns, transfers_match

LEFT = "unique_id,transaction_date,amount,memo\n"
RIGHT = "id,txn_date,amt,narration\n"


def two_files(folder: Path, *, rows: int = 80) -> tuple[Path, Path]:
    """Write two tables of the same payments, the second a day later, in another order and with keys of its own."""
    one = [f"L{n},2024-{1 + n % 6:02d}-{1 + n % 27:02d},{100 + 7.31 * n:.2f},payer{n:03d} rent\n" for n in range(rows)]
    other = [f"R{n},2024-{1 + n % 6:02d}-{2 + n % 27:02d},{100 + 7.31 * n:.2f},payer{n:03d}\n" for n in range(rows)]
    left, right = folder / "left.csv", folder / "right.csv"
    left.write_text(LEFT + "".join(one), "utf-8")
    right.write_text(RIGHT + "".join(sorted(other, reverse=True)), "utf-8")
    return left, right


def test_pairs_are_written_by_the_keys_of_the_institutions(tmp_path: Path) -> None:
    left, right = two_files(tmp_path)
    out = tmp_path / "pairs.csv"
    found = transfers_match(left=str(left), right=str(right), out=out)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert tuple(rows[0]) == HEADER
    assert sum(one.removeprefix("L") == other.removeprefix("R") for one, other, _ in rows[1:]) >= 78
    assert found.to_json()["pairs"] == len(rows) - 1
    assert found.to_json()["left"]["columns"] == {
        "key": "unique_id",
        "date": "transaction_date",
        "amount": "amount",
        "memo": "memo",
    }
    assert found.to_json()["right"]["columns"]["date"] == "txn_date"


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    left, right = two_files(tmp_path)
    for name in ("a", "b"):
        transfers_match(left=str(left), right=str(right), out=tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_key_that_was_named_is_taken(tmp_path: Path) -> None:
    left, right = two_files(tmp_path)
    found = transfers_match(
        left=str(left), right=str(right), out=tmp_path / "o.csv", columns=Columns(left_key=("memo",))
    )
    assert found.left.table["key"][0].as_py() == "payer000 rent"


def test_a_name_that_is_neither_file_nor_source_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as missing:
        transfers_match(left="nobody", right="nobody", out=tmp_path / "o.csv", workspace=Workspace(root=tmp_path))
    assert missing.value.key == "transfers.no_side"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    left, right = two_files(tmp_path)
    with pytest.raises(DataError) as refused:
        transfers_match(left=str(left), right=str(right), out=tmp_path / "no" / "where" / "o.csv")
    assert refused.value.key == "transfers.cannot_write"
