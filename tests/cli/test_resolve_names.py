import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from suyuan.cli.edge import DONE, FINDINGS, REFUSED, USAGE
from tests.cli.conftest import Call

CASES = Path(__file__).parents[1] / "resolve" / "name_cases.csv"


def test_two_names_are_told_apart_in_words(call: Call) -> None:
    code, out, _ = call("resolve", "names", "张伟", "張瑋")
    assert code == DONE
    assert "张伟 | 張瑋: sounds alike, may be one person's name" in " ".join(out.split())


def test_a_program_gets_kind_and_answer(call_json: Callable[..., Any]) -> None:
    told = call_json("resolve", "names", "王静", "赵小燕", "--former-left", "赵小燕")
    assert (told["kind"], told["same"]) == ("former", True)


def test_the_table_of_cases_is_answered(call: Call) -> None:
    code, out, _ = call("resolve", "names", "--file", str(CASES), "--json")
    told = json.loads(out)
    assert code == DONE
    assert told["share"] >= told["bar"]
    assert len(told["pairs"]) == told["asked"]


def test_a_table_with_misses_lists_them_and_asks_for_attention(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("left,right,wanted\n张伟,张玮,different\n李娜,李娜,same\n", encoding="utf-8")
    code, out, _ = call("resolve", "names", "--file", str(path))
    assert code == FINDINGS
    assert "row 2" in out
    assert "50.0 %" in out


def test_a_table_that_wants_nothing_prints_every_verdict(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("left,right\n张伟,张玮\n李娜,李婷\n", encoding="utf-8")
    code, out, _ = call("resolve", "names", "--file", str(path))
    assert (code, len(out.strip().splitlines())) == (DONE, 2)


def test_one_name_or_names_and_a_file_are_refused(call: Call) -> None:
    assert call("resolve", "names", "张伟")[0] == USAGE
    assert call("resolve", "names", "张伟", "张玮", "--file", str(CASES))[0] == USAGE
    assert call("resolve", "names")[0] == USAGE


def test_a_file_that_is_no_table_is_refused(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_bytes(b"\x00\x01\x02 no table")
    assert call("resolve", "names", "--file", str(path))[0] == REFUSED
