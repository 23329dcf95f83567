"""The command as a person and as a program meets it."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call

TRANSFERS = "transfer_id,src_account_id,dst_account_id,amount_fen,currency\nt1,a,b,100,CNY\nt2,a,b,oops,CNY\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "t.csv").write_text(TRANSFERS, encoding="utf-8")
    return folder


def test_a_program_gets_one_document(call: Call, files: Path, tmp_path: Path) -> None:
    code, out, _ = call("ingest", "--workspace", str(tmp_path / "w"), str(files), "--json")
    assert code == 0
    told = json.loads(out)
    (file,) = told["files"]
    assert (file["table"], file["rows_read"], file["rows_kept"], file["rows_quarantined"]) == ("transfer", 2, 1, 1)
    assert file["quarantine_reasons"] == {"wrong_type:amount_fen": 1}
    assert file["sums"] == {"CNY": {"in": 100, "out": 100, "rows": 1}}
    assert told["by_status"] == {"ingested": 1}


@pytest.mark.parametrize(
    ("lang", "words"), [("en", ["1 rows in quarantine", "suyuan run"]), ("zh", ["1 行被隔离", "下一步"])]
)
def test_a_person_reads_what_came_in_and_what_to_do_next(
    call: Call, files: Path, tmp_path: Path, lang: str, words: list[str]
) -> None:
    code, out, _ = call("--lang", lang, "ingest", "--workspace", str(tmp_path / "w"), str(files))
    assert code == 0
    plain = out.replace("\n", " ")
    assert all(word in plain for word in words)


def test_what_is_missing_is_named_with_its_option_and_exit_3(call: Call, files: Path, tmp_path: Path) -> None:
    (files / "s.csv").write_text("交易时间,收入,支出,余额\n2024-01-02 03:04:05,1.00,,1.00\n", encoding="utf-8")
    code, out, _ = call("ingest", "-w", str(tmp_path / "w"), str(files))
    assert code == 3
    assert "--own-account" in out


def test_a_file_that_is_not_there_is_refused(call: Call, tmp_path: Path) -> None:
    code, out, _ = call("ingest", "-w", str(tmp_path / "w"), str(tmp_path / "absent.csv"), "--json")
    assert code == 3
    assert json.loads(out)["files"][0]["key"] == "read.missing"


def test_no_file_at_all_is_a_question_of_usage(call: Call, tmp_path: Path) -> None:
    code, _, err = call("--lang", "en", "ingest", "-w", str(tmp_path / "w"))
    assert code == 2
    assert "PATH" in err


def test_an_unknown_mapping_names_the_known_ones(call: Call, files: Path, tmp_path: Path) -> None:
    code, _, err = call("ingest", "-w", str(tmp_path / "w"), str(files), "--mapping", "nope")
    assert code == 2
    assert "amlsim_nodes" in err


def test_a_guess_prints_a_mapping_and_keeps_nothing(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "loans.csv"
    path.write_text("合同编号,出借人,借款人,合同金额,币种\nA1,B,C,1000.00,CNY\n", encoding="utf-8")
    code, out, _ = call("--lang", "en", "ingest", "--guess", str(path))
    assert code == 0
    assert "mapping: loans" in out
    assert "It looks like “loan”" in out
    code, out, _ = call("ingest", "--guess", str(path), "--json")
    assert json.loads(out)[0]["table"] == "loan"
    assert [each.name for each in tmp_path.iterdir()] == ["loans.csv"]
