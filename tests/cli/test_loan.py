import json
from pathlib import Path
from typing import Any

import pytest

from suyuan.cli.main import main

GOLDEN = ["--principal", "1000", "--received", "700", "--days", "7", "--repay", "1000", "--signed", "2018-09-01"]


def run(capsys: pytest.CaptureFixture[str], *words: str, lang: str = "en") -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as leaving:
        main(["--lang", lang, "loan", "cost", *words])
    told = capsys.readouterr()
    assert isinstance(leaving.value.code, int)
    return leaving.value.code, told.out, told.err


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    code, out, _ = run(capsys, *words, "--json")
    assert code == 0
    found: dict[str, Any] = json.loads(out)
    return found


def test_the_golden_loan_is_told_to_the_fen(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, *GOLDEN)
    assert (found["nominal_rate"], found["effective_rate"], found["head_cut"]) == (22.34693878, 119407269.4, 0.3)
    assert (found["received_fen"], found["repaid_fen"], found["why_null"]) == (70_000, 100_000, None)
    assert [(line["yearly_rate"], line["allowed_fen"], line["over_fen"]) for line in found["lines"]] == [
        (0.24, 322, 29_678),
        (0.36, 483, 29_517),
    ]


@pytest.mark.parametrize(("lang", "words"), [("en", "Head cut"), ("zh", "砍头息")])
def test_people_read_it_in_their_language(capsys: pytest.CaptureFixture[str], lang: str, words: str) -> None:
    code, out, _ = run(capsys, *GOLDEN, lang=lang)
    assert code == 0
    for part in (words, "2,234.7 %", "1.194 × 10^10 %", "30 %", "3.22", "296.78", "4.83", "295.17"):
        assert part in out


def test_instalments_and_dated_flows_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    told = asked(
        capsys,
        "--principal",
        "1000",
        "--received",
        "1000",
        "--signed",
        "2024-01-01",
        "--repay",
        "600@31",
        "--repay",
        "600@2024-03-01",
    )
    flows = asked(
        capsys,
        *("--principal", "1000", "--flow", "2024-01-01:1000", "--flow", "2024-02-01:-600", "--flow", "2024-03-01:-600"),
    )
    assert told == flows
    assert told["signed_on"] == "2024-01-01"
    assert told["lines"][0]["name"] == "private_4lpr"


def test_without_a_day_the_rates_are_told_and_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "--received", "700", "--days", "7", "--repay", "1000")
    assert (found["nominal_rate"], found["lines"], found["why_no_line"]) == (22.34693878, [], "contract_day_unknown")
    code, out, _ = run(capsys, "--received", "700", "--days", "7")
    assert code == 0
    assert "nothing was repaid" in out


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["--received", "700.123"], "700.123"),
        (["--principal", "1000"], "--received"),
        (["--received", "700", "--repay", "1000"], "--days"),
        (["--received", "700", "--flow", "2018-09-01:700"], "twice"),
        (["--received", "700", "--repay", "1000@2018-09-08"], "--paid-out"),
        (["--received", "700", "--as-of", "2018-09-08"], "--paid-out"),
        (["--received", "700", "--flow", "2018-09-08:-1000"], "--paid-out"),
        ([*GOLDEN, "--lender", "friend"], "small_loan"),
        ([*GOLDEN, "--suit", "soon"], "--suit"),
        (["loans.csv", *GOLDEN], "FILE"),
        (["none.csv"], "none.csv"),
    ],
)
def test_what_cannot_be_reckoned_is_a_usage_error_that_says_what_to_type(
    capsys: pytest.CaptureFixture[str], words: list[str], part: str
) -> None:
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert part in err


def test_a_table_is_told_whole_and_leaves_with_3_when_a_row_was_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "loans.csv"
    head = "loan_id,principal,received,signed_on,days,repaid\n"
    path.write_text(head + "A,1000,700,2018-09-01,7,1000\n", encoding="utf-8")
    code, out, _ = run(capsys, str(path), "--json")
    found = json.loads(out)
    assert (code, found["rows_read"], found["rows_refused"], found["totals"][0]["over_fen"]) == (0, 1, 0, 29_678)
    assert found["loans"][0]["first_row"] == 2
    path.write_text(head + "A,1000,700,2018-09-01,7,1000\nB,1000,7oo,2018-09-01,7,1000\n", encoding="utf-8")
    code, out, _ = run(capsys, str(path))
    assert code == 3
    assert "Row 3, received" in out
    assert "296.78" in out
