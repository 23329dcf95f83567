"""How long a whole run takes over AMLSim-sized transfers: 118 k between 20 k accounts, and ten times as many.

    python benchmarks/bench_run.py --out FILE [--transfers 118000]

Forges the transfers (power-law partners, the same every time), takes them in, then runs twice in one process, each time
in a fresh workspace: the second run is the warm one.
"""

import argparse
import json
import shutil
import tempfile
import time
from datetime import datetime
from pathlib import Path

import duckdb

from suyuan.domain.workspace import Workspace
from suyuan.sources.statement import Hints
from suyuan.work.ingest import Wanted, ingest
from suyuan.work.run import run

NOW = datetime(2026, 11, 22)  # noqa: DTZ001
FORGE = """
SELECT 'T' || i AS transfer_id, 'A' || src AS src_account_id, 'A' || (dst + (dst = src)::INT) AS dst_account_id,
       TIMESTAMP '2024-01-01' + to_seconds(CAST(i * 15552000 // {rows} AS BIGINT)) AS booked_at,
       'second' AS time_precision, CAST(100 + hash(i + 77) % 5000000 AS BIGINT) AS amount_fen, 'CNY' AS currency
FROM (SELECT i, CAST({accounts} * pow((hash(i) % 1000003) / 1000003, 3) AS BIGINT) AS src,
             CAST({accounts} * pow((hash(i + 13) % 1000003) / 1000003, 3) AS BIGINT) AS dst
      FROM range({rows}) AS t(i)) AS drawn
"""


def warm_run(rows: int, folder: Path) -> dict[str, object]:
    source = folder / f"{rows}.csv"
    sql = FORGE.format(rows=rows, accounts=rows // 6)
    duckdb.connect().execute(f"COPY ({sql}) TO '{source}' (FORMAT csv, HEADER)")
    cold = Workspace(root=folder / f"cold{rows}")
    ingest(cold, [source], wanted=Wanted(hints=Hints()), actor="bench", now=NOW, tell=lambda *_: None)
    warm = Workspace(root=folder / f"warm{rows}")
    shutil.copytree(cold.root, warm.root)
    run(workspace=cold, now=NOW)
    start, cpu = time.perf_counter(), time.process_time()
    done = run(workspace=warm, now=NOW)
    seconds = {"seconds": round(time.perf_counter() - start, 2), "cpu_seconds": round(time.process_time() - cpu, 2)}
    timing = json.loads((done.run.folder / "timing.json").read_text("utf-8"))["seconds"]
    return {**seconds, "transfers": rows, "signals": done.run.told["rows"]["signal"], "stages": timing}


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--transfers", type=int, default=118_000)
    words.add_argument("--out", type=Path)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        once, ten = (warm_run(asked.transfers * times, Path(folder)) for times in (1, 10))
    growth = round(float(str(ten["cpu_seconds"])) / (10 * float(str(once["cpu_seconds"]))), 3)
    bars = [
        {"name": "seconds for 118 k transfers, warm", "value": once["seconds"], "bar": 5},
        {"name": "CPU of 10 x the transfers over 10 x", "value": growth, "bar": 1.2},
    ]
    text = json.dumps({"bars": bars, "once": once, "ten": ten}, indent=2) + "\n"
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
