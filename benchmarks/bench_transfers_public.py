"""The same transfers told by two institutions, on a public set kept outside the repository, beside plain Splink.

    python benchmarks/bench_transfers_public.py --out FILE [--left A.parquet --right B.parquet]

The files have `memo`, `transaction_date`, `amount`, `unique_id`, `ground_truth`, as Splink publishes its
`transactions_origin` and `transactions_destination`; SUYUAN_TRANSFERS names their folder in place of the options.
Without them nothing is run, and the JSON says so. Truth is read by the score alone. Bars are errors: smaller is better.
"""

import argparse
import csv
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from suyuan.work.transfers_match import transfers_match

NAMES = ("transactions_origin.parquet", "transactions_destination.parquet")
NEAR = "l.amount / r.amount between 0.7 and 1.3"
HEADS = "substr(l.memo, 1, 3) = substr(r.memo, 1, 3)"
BLOCKS = (
    f"strftime(l.transaction_date, '%Y%W') = strftime(r.transaction_date, '%Y%W') and {HEADS} and {NEAR}",
    f"strftime(l.transaction_date + 7, '%Y%W') = strftime(r.transaction_date, '%Y%W') and {HEADS} and {NEAR}",
    f"strftime(l.transaction_date + 14, '%Y%W') = strftime(r.transaction_date, '%Y%W') and {HEADS} and {NEAR}",
    f"substr(l.memo, 1, 9) = substr(r.memo, 1, 9) and {NEAR}",
    "l.amount = r.amount and substr(l.memo, 1, 1) = substr(r.memo, 1, 1)",
)


def f1(pairs: set[tuple[str, str]], truth: set[tuple[str, str]]) -> dict[str, float]:
    """Return precision, recall and F1 of `pairs`."""
    both = len(pairs & truth)
    return {
        "precision": round(both / max(len(pairs), 1), 5),
        "recall": round(both / len(truth), 5),
        "f1": round(2 * both / (len(pairs) + len(truth)), 5),
    }


def splink_pairs(left: Path, right: Path) -> dict[float, set[tuple[str, str]]]:
    """Return what plain Splink links at three thresholds: levels and blocks in the manner of its own tutorial."""
    con = duckdb.connect()
    for name, path in (("origin", left), ("destination", right)):
        con.execute(
            f"create table {name} as select unique_id, memo, transaction_date, cast(amount as double) as amount"
            f" from read_parquet('{path}')"
        )
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.CustomComparison(output_column_name="amount", comparison_levels=[
                {"sql_condition": "amount_l is null or amount_r is null", "label_for_charts": "null",
                 "is_null_level": True},
                {"sql_condition": "amount_l = amount_r", "label_for_charts": "equal"},
                *({"sql_condition": f"abs(amount_l - amount_r) <= {p} * amount_l", "label_for_charts": f"within {p}"}
                  for p in (0.01, 0.03, 0.10)),
                {"sql_condition": "else", "label_for_charts": "else"},
            ]),
            cl.CustomComparison(output_column_name="transaction_date", comparison_levels=[
                {"sql_condition": "transaction_date_l is null or transaction_date_r is null",
                 "label_for_charts": "null", "is_null_level": True},
                *({"sql_condition": f"transaction_date_r - transaction_date_l between 0 and {d}",
                   "label_for_charts": f"{d} days"} for d in (1, 4, 10, 30)),
                {"sql_condition": "else", "label_for_charts": "else"},
            ]),
            cl.LevenshteinAtThresholds("memo", [2, 6, 10]),
        ],
        blocking_rules_to_generate_predictions=list(BLOCKS),
    )  # fmt: skip
    api = DuckDBAPI(con)
    linker = Linker([api.register("origin"), api.register("destination")], settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("memo"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("amount"))
    table = linker.inference.predict(threshold_match_probability=0.1).physical_name
    found = con.execute(f"select unique_id_l, unique_id_r, match_probability from {table}").fetchall()
    return {at: {(str(one), str(other)) for one, other, share in found if share >= at} for at in (0.1, 0.5, 0.9)}


def measured(left: Path, right: Path) -> dict[str, Any]:
    """Match both ways and return scores, seconds and bars."""
    con = duckdb.connect()
    truth = {
        (str(one), str(other))
        for one, other in con.execute(
            f"select a.unique_id, b.unique_id from read_parquet('{left}') as a"
            f" join read_parquet('{right}') as b using (ground_truth)"
        ).fetchall()
    }
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "pairs.csv"
        wall, cpu = time.perf_counter(), time.process_time()
        transfers_match(left=str(left), right=str(right), out=out)
        seconds = {"wall": round(time.perf_counter() - wall, 1), "cpu": round(time.process_time() - cpu, 1)}
        with out.open(encoding="utf-8", newline="") as file:
            ours = {(row["left_key"], row["right_key"]) for row in csv.DictReader(file)}
    since = time.perf_counter()
    plain = {str(at): f1(pairs, truth) for at, pairs in splink_pairs(left, right).items()}
    score = f1(ours, truth)
    best = max(one["f1"] for one in plain.values())
    return {
        "pairs": len(truth),
        "suyuan": {**score, "seconds": seconds},
        "plain_splink": {"thresholds": plain, "seconds": round(time.perf_counter() - since, 1)},
        "bars": [
            {"name": "1 - F1", "value": round(1 - score["f1"], 5), "bar": 0.03},
            {"name": "1 - F1, over plain Splink's", "value": round((1 - score["f1"]) / (1 - best), 4), "bar": 1.0},
            {"name": "seconds", "value": seconds["wall"], "bar": 60},
        ],
    }


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--out", type=Path, required=True)
    words.add_argument("--left", type=Path)
    words.add_argument("--right", type=Path)
    asked = words.parse_args()
    folder = os.environ.get("SUYUAN_TRANSFERS")
    left, right = asked.left, asked.right
    if folder and not (left and right):
        left, right = (Path(folder) / name for name in NAMES)
    told: dict[str, Any] = {"not_run": "give --left and --right, or SUYUAN_TRANSFERS", "bars": []}
    if left and right:
        told = measured(left, right)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
