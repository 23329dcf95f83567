"""How long `suyuan ingest` takes on a large table of transfers, beside a bare DuckDB COPY of the same file.

    python benchmarks/bench_ingest.py --out FILE [--rows 20000000] [--threads 2]

Forges the transfers (a table of arithmetic, the same every time), then runs each path in a process of its own: bare and
ours, from CSV and from Parquet, at a tenth of the rows and at all of them. A path is timed from its first import to its
last byte; memory is the peak of its process.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FORGE = """
SELECT 'T' || lpad(CAST(i AS VARCHAR), 9, '0') AS transfer_id,
       'A' || lpad(CAST(hash(i) % 2000000 AS VARCHAR), 7, '0') AS src_account_id,
       'B' || lpad(CAST(hash(i + 7777777777) % 2000000 AS VARCHAR), 7, '0') AS dst_account_id,
       TIMESTAMP '2024-01-01' + to_seconds(CAST(i * 15552000 // {rows} AS BIGINT)) AS booked_at,
       'second' AS time_precision,
       CAST(100 + hash(i + 99999999999) % 5000000 AS BIGINT) AS amount_fen,
       'CNY' AS currency,
       CASE WHEN i % 5 = 0 THEN 'card' ELSE 'transfer' END AS kind
FROM range({rows}) AS t(i)
"""


def forge(folder: Path, rows: int) -> None:
    import duckdb

    con = duckdb.connect(config={"memory_limit": "2GB", "temp_directory": str(folder)})
    con.execute("SET enable_progress_bar = false")
    con.execute(
        f"COPY ({FORGE.format(rows=rows)}) TO '{folder / f'{rows}.parquet'}' (FORMAT parquet, COMPRESSION zstd)"
    )
    con.execute(f"COPY (FROM '{folder / f'{rows}.parquet'}') TO '{folder / f'{rows}.csv'}' (FORMAT csv, HEADER)")


def bare(source: Path, folder: Path, threads: int) -> int:
    import duckdb

    con = duckdb.connect(config={"threads": threads})
    con.execute("SET enable_progress_bar = false")
    told = con.execute(f"COPY (SELECT * FROM '{source}') TO '{folder / 'bare.parquet'}' (FORMAT parquet)").fetchone()
    return int(told[0]) if told else 0


def ours(source: Path, folder: Path, threads: int) -> int:
    from datetime import datetime

    from suyuan.domain.workspace import Workspace
    from suyuan.sources.statement import Hints
    from suyuan.work.ingest import Wanted, ingest

    report = ingest(
        Workspace(root=folder / "workspace"),
        [source],
        wanted=Wanted(hints=Hints(institution="bank")),
        actor="bench",
        now=datetime(2026, 1, 1),  # noqa: DTZ001
        tell=lambda *_: None,
        threads=threads,
    )
    return report.files[0].rows_kept


def run(path: str, source: Path, threads: int) -> dict[str, float]:
    """Carry out one path in this process and return what it took."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=source.parent) as folder:
        rows = {"bare": bare, "ours": ours}[path](source, Path(folder), threads)
        seconds = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "rows": rows,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 2),
        "peak_gib": round(used.ru_maxrss / 2**20, 3),
    }


def in_process(path: str, source: Path, threads: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--run", path, "--source", str(source), "--threads", str(threads)]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return told


def measure(rows: int, threads: int, folder: Path) -> dict[str, object]:
    took: dict[str, dict[str, float]] = {}
    for size in (rows // 10, rows):
        forge(folder, size)
        for kind in ("csv", "parquet"):
            source = folder / f"{size}.{kind}"
            for path in ("bare", "ours"):
                took[f"{path}_{kind}_{size}"] = told = in_process(path, source, threads)
                print(f"{path} {kind} {size}: {told}", file=sys.stderr, flush=True)
                if told["rows"] != size:
                    raise SystemExit(f"{path} {kind}: {told['rows']} of {size} rows")
            source.unlink()
    bars = []
    for kind in ("csv", "parquet"):
        mine, theirs = took[f"ours_{kind}_{rows}"], took[f"bare_{kind}_{rows}"]
        small = took[f"ours_{kind}_{rows // 10}"]
        bars += [
            {"name": f"{kind}: times a bare COPY", "value": round(mine["seconds"] / theirs["seconds"], 3), "bar": 3.0},
            {"name": f"{kind}: peak GiB", "value": mine["peak_gib"], "bar": 2.0},
            {"name": f"{kind}: ten times the rows", "value": round(mine["seconds"] / small["seconds"], 2), "bar": 15.0},
        ]
    return {"rows": rows, "threads": threads, "took": took, "bars": bars}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--run", choices=["bare", "ours"])
    parser.add_argument("--source", type=Path)
    asked = parser.parse_args()
    if asked.run:
        print(json.dumps(run(asked.run, asked.source, asked.threads)))
        return
    with tempfile.TemporaryDirectory() as folder:
        told = measure(asked.rows, asked.threads, Path(folder))
    text = json.dumps(told, indent=1) + "\n"
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")
    else:
        print(text)


main()
