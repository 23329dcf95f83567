"""`suyuan contract` at the edge."""

import json
from pathlib import Path

import pytest

from suyuan.cli.main import main
from suyuan.domain.contract import contracts


def call(*words: str) -> int:
    with pytest.raises(SystemExit) as leaving:
        main(["--lang", "en", "contract", *words])
    assert isinstance(leaving.value.code, int)
    return leaving.value.code


def test_list_tells_every_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("list", "--json") == 0
    assert [row["table"] for row in json.loads(capsys.readouterr().out)] == list(contracts())


def test_list_draws_a_line_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("list") == 0
    assert "Statement line" in capsys.readouterr().out


def test_show_tells_every_column_with_all_it_means(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("show", "entry", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    amount = next(column for column in told["columns"] if column["name"] == "amount_fen")
    assert amount["unit"] == "fen"
    assert amount["null"] == "never"
    assert amount["label"]["zh"].startswith("交易金额")


def test_show_draws_the_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("show", "person") == 0
    out = capsys.readouterr().out
    assert "former_name" in out
    assert "there is none" in out


def test_an_unknown_table_is_told_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("show", "nothing") == 2
    assert "account" in capsys.readouterr().err


def test_page_writes_and_check_finds_what_is_not_fresh(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("page", "--into", str(tmp_path)) == 0
    assert call("page", "--into", str(tmp_path), "--check") == 0
    (tmp_path / "entry.md").write_text("edited", encoding="utf-8")
    assert call("page", "--into", str(tmp_path), "--check", "--json") == 1
    assert '"entry.md"' in capsys.readouterr().out


def test_contracts_of_ones_own_are_checked_with_the_shipped_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "funds").mkdir()
    (tmp_path / "funds" / "entry.yml").write_text("table: entry\n", encoding="utf-8")
    assert call("list", "--also", str(tmp_path)) == 3
    assert "funds/entry.yml" in capsys.readouterr().err
