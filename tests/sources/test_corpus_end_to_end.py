"""The broken files through `suyuan ingest`: in whole or out whole, in clear words, nothing lost in silence."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from suyuan.cli.edge import DONE, REFUSED
from suyuan.cli.main import main
from tests.sources.corpus import CORPUS, Broken, csv_text

# Rows of transactions that stand in the file, as a person would count them.
ROWS = {
    "workbook.csv": 3,
    "text.xls": 3,
    "page.xls": 3,
    "two_encodings.csv": 5,
    "cut_characters.csv": 120,
    "wide_without_mark.csv": 3,
    "nul_bytes.csv": 3,
    "right_to_left.csv": 3,
    "mixed_line_ends.csv": 3,
    "unterminated_quote.csv": 3,
    "unterminated_quote_early.csv": 3,
    "padded_quotes.csv": 3,
    "rows_longer_than_header.csv": 2,
    "header_in_the_middle.csv": 3,
    "totals_disagree.csv": 3,
    "balance_breaks.csv": 3,
    "odd_amounts.csv": 11,
    "odd_dates.csv": 8,
    "injection.csv": 6,
    "macros.xlsm": 3,
    "external_links.xlsx": 3,
    "merged_header.xlsx": 3,
    "dimension_of_two_million_rows.xlsx": 3,
    "two_hundred_thousand_empty_rows.xlsx": 3,
    "account_as_number.xlsx": 1,
    "formulas.xlsx": 1,
    "names_of_gbk.zip": 3,
    "archive_in_archive.zip": 3,
    "one_broken_member.zip": 3,
    "litter.zip": 3,
    "link.zip": 3,
}

GOOD = [
    ["2024-01-01", "08:00:00", "5.00", "", "5.00", "赵六", "1", "转账"],
    ["2024-01-02", "08:00:00", "", "1.00", "4.00", "赵六", "1", "转账"],
]


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that holds a good statement already."""
    folder = tmp_path_factory.mktemp("seeded")
    good, workspace = folder / "good.csv", folder / "w"
    good.write_text(csv_text(GOOD), encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["ingest", "--workspace", str(workspace), "--own-account", "6222020000000000009", str(good)])
    return workspace


def state(workspace: Path) -> dict[str, str]:
    """Every file of the lake and the quarantine, by what it holds."""
    return {
        str(path.relative_to(workspace)): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in ("lake", "quarantine")
        for path in sorted((workspace / folder).rglob("*"))
        if path.is_file()
    }


def ingest(capsys: pytest.CaptureFixture[str], workspace: Path, *words: str) -> tuple[int, dict[str, Any], str]:
    """Run the command; return its exit code, its JSON and what it said on standard error."""
    with pytest.raises(SystemExit) as left:
        main(["ingest", "--workspace", str(workspace), "--json", *words])
    told = capsys.readouterr()
    return int(left.value.code or 0), json.loads(told.out), told.err


def rows_of(workspace: Path, folder: str, prefixes: set[str]) -> int:
    """Count the rows that lie in Parquet files of these source files."""
    paths = [
        str(path) for path in (workspace / folder).rglob("*.parquet") if any(prefix in path.name for prefix in prefixes)
    ]
    if not paths:
        return 0
    counted = duckdb.execute("select count(*) from read_parquet(?, union_by_name = true)", [paths]).fetchone()
    return int(counted[0]) if counted else 0


def total(files: list[dict[str, Any]], what: str) -> int:
    """Add up a count over every table of every file."""
    return sum(table[what] for file in files for table in file.get("tables", [file]))


@pytest.mark.parametrize("entry", CORPUS, ids=lambda entry: entry.name)
def test_a_broken_file_is_taken_in_whole_or_refused_whole(
    entry: Broken, seeded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace, path = tmp_path / "w", tmp_path / entry.name
    shutil.copytree(seeded, workspace)
    before = state(workspace)
    assert before
    entry.build(path)

    code, told, said = ingest(capsys, workspace, "--own-account", "6222020000000000009", str(path))

    assert code in (DONE, REFUSED), told
    assert "Traceback" not in said
    assert told["files"], "a file was passed over without a word"
    taken = [file for file in told["files"] if file["status"] == "ingested"]
    for file in told["files"]:
        assert file["rows_read"] == file["rows_kept"] + file["rows_quarantined"]
        if file["status"] == "refused":
            assert file["why"].startswith(file["file"])
        if file["status"] == "asked":
            assert file["needs"]
    if any(file["status"] in ("refused", "asked") and file.get("key") != "read.litter" for file in told["files"]):
        assert code == REFUSED
    after = state(workspace)
    assert before.items() <= after.items()
    if not taken:
        assert after == before
    prefixes = {file["sha256"][:16] for file in taken}
    assert rows_of(workspace, "lake", prefixes) == total(taken, "rows_kept")
    assert rows_of(workspace, "quarantine", prefixes) == total(taken, "rows_quarantined")
    if entry.name in ROWS:
        assert sum(file["rows_read"] for file in taken) == ROWS[entry.name], told
