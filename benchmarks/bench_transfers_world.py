"""The same transfers told by two institutions of a simulated world, matched one to one and scored against the truth.

    python benchmarks/bench_transfers_world.py --out FILE [--scale 0.02] [--seed 1]

Each pair of institutions is told apart by something else: fees, serials of their own, days of posting, clocks, names
left out. Bars are errors, so that less is better: one less F1 over pairs of lines; one under 0.001 counts as 0.001.
"""

import argparse
import json
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from suyuan.domain.workspace import Workspace
from suyuan.sources.statement import Hints
from suyuan.work.ingest import Wanted
from suyuan.work.ingest_folders import ingest_folders
from suyuan.work.transfers_match import transfers_match
from suyuan.world.build import SOURCES, TRUTH, build
from suyuan.world.frame.options import Options

NOW = datetime(2026, 11, 22)  # noqa: DTZ001
PAIRS = (
    ("bank_01", "bank_02"),
    ("bank_01", "bank_05"),
    ("bank_03", "bank_09"),
    ("bank_07", "bank_04"),
    ("bank_02", "wallet_02"),
)
BAR = 0.03
SCORED = """
WITH told AS (
  SELECT DISTINCT source, source_key, transfer_id FROM '{truth}/transfers.parquet' WHERE table_name = 'entry'
), one AS (FROM told WHERE source = $one), other AS (FROM told WHERE source = $other),
matched AS (FROM read_csv($file, all_varchar = true))
SELECT (SELECT count(*) FROM one JOIN other USING (transfer_id)) AS true_pairs, count(*) AS found_pairs,
  count(*) FILTER (one.transfer_id = other.transfer_id) AS right_pairs
FROM matched LEFT JOIN one ON one.source_key = left_key LEFT JOIN other ON other.source_key = right_key
"""


def scored(one: str, other: str, *, workspace: Workspace, truth: Path, file: Path) -> dict[str, Any]:
    """Return how well what `one` and `other` tell was matched, and how long it took."""
    cpu = time.process_time()
    transfers_match(left=one, right=other, out=file, workspace=workspace)
    took = {"cpu_seconds": round(time.process_time() - cpu, 2)}
    with duckdb.connect() as con:
        given = {"one": one, "other": other, "file": str(file)}
        ((true, found, right),) = con.execute(SCORED.format(truth=truth), given).fetchall()
    shares = {"precision": round(right / found, 6), "recall": round(right / true, 6)}
    return {"pair": f"{one} and {other}", "pairs": true, **shares, "f1": round(2 * right / (true + found), 6), **took}


def error(share: float) -> float:
    """Return what `share` lacks of one, at least 0.001."""
    return max(0.001, round(1 - share, 6))


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--scale", type=float, default=0.02)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--out", type=Path)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as aside:
        folder = Path(aside)
        build(folder / "world", Options(seed=asked.seed, scale=asked.scale))
        workspace = Workspace(root=folder / "workspace")
        for source in sorted({each for pair in PAIRS for each in pair}):
            wanted, path = Wanted(hints=Hints(institution=source)), folder / "world" / SOURCES / source
            ingest_folders(workspace, [path], wanted=wanted, actor="bench", now=NOW, tell=lambda *_: None)
        truth, file = folder / "world" / TRUTH, folder / "pairs.csv"
        told = [scored(one, other, workspace=workspace, truth=truth, file=file) for one, other in PAIRS]
    bars = [{"name": f"{one['pair']}, 1 - F1", "value": error(one["f1"]), "bar": BAR} for one in told]
    text = json.dumps({"bars": bars, "scale": asked.scale, "seed": asked.seed, "told": told}, indent=2) + "\n"
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
