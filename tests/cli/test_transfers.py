from collections.abc import Callable
from pathlib import Path
from typing import Any

from suyuan.cli.edge import REFUSED, USAGE
from tests.cli.conftest import Call
from tests.work.test_transfers_match import two_files


def test_the_columns_taken_and_the_pairs_are_told(tmp_path: Path, call: Call) -> None:
    left, right = two_files(tmp_path)
    out = tmp_path / "pairs.csv"
    code, words, _ = call("--lang", "en", "transfers", "match", str(left), str(right), "--out", str(out))
    assert code == 0
    assert "key = unique_id" in words
    assert "date = txn_date" in words
    assert out.read_text("utf-8").startswith("left_key,right_key,score\n")


def test_a_program_gets_both_sides(tmp_path: Path, call_json: Callable[..., Any]) -> None:
    left, right = two_files(tmp_path)
    told = call_json("transfers", "match", str(left), str(right), "--out", str(tmp_path / "o.csv"))
    assert (told["left"]["rows"], told["right"]["rows"], told["left"]["read_as"]) == (80, 80, "plain")


def test_a_missing_side_and_a_file_without_transfers_are_refused(tmp_path: Path, call: Call) -> None:
    left, _ = two_files(tmp_path)
    bare = tmp_path / "bare.csv"
    bare.write_text("a,b\n1,2\n", "utf-8")
    out = ("--out", str(tmp_path / "o.csv"))
    assert call("transfers", "match", str(left), str(tmp_path / "none"), *out, "-w", str(tmp_path))[0] == USAGE
    assert call("transfers", "match", str(left), str(bare), *out)[0] == REFUSED
    assert not (tmp_path / "o.csv").exists()
