"""Who is who beside plain Splink: how right on public test sets, how fast on a million records of eight institutions.

    python benchmarks/bench_who_is_who.py --out FILE [--records 1000000]

The test sets (`linkage/febrl3.csv`, `linkage/fake_1000.csv`) lie in the folder that SUYUAN_REALDATA names, or in
`../shared/data`; without them only speed is measured, and `left_out` says so. FEBRL is read without its social-security
number. Ours is the whole way, as a user goes it: `ingest`, `resolve`, its clusters at their own threshold. Plain Splink
is scored at every threshold and counted at its best.

A million forged records (seven of ten of another person) are ingested first; measured, in a process of its own, is
`resolve` alone, and in another the tutorial's model on the same records.
"""

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from who_is_who_forge import forged
from who_is_who_plain import fake, febrl, million, pairwise

from suyuan.domain.workspace import Workspace
from suyuan.sources.statement import Hints
from suyuan.work.ingest import Wanted, ingest
from suyuan.work.resolve import resolve

UNIT = 1 if sys.platform == "darwin" else 1024
DATA = Path(os.environ.get("SUYUAN_REALDATA", Path(__file__).parents[2] / "shared" / "data")) / "linkage"
UNNEEDED = "soc_sec_id"


def resolved(workspace: Path) -> dict[str, Any]:
    """Resolve `workspace` here and say what it took."""
    start, cpu = time.perf_counter(), time.process_time()
    resolve(workspace=Workspace(root=workspace))
    return {
        "seconds": round(time.perf_counter() - start, 1),
        "cpu_seconds": round(time.process_time() - cpu, 1),
        "peak_gib": _peak(),
    }


def plain(file: Path, truth: Path) -> dict[str, Any]:
    """Let plain Splink resolve the forged records here and say what it took."""
    return {**million(file, truth), "peak_gib": _peak()}


def _peak() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT / 2**30, 2)


def fresh(*words: str) -> dict[str, Any]:
    """Do one part in a fresh process."""
    told = subprocess.run([sys.executable, __file__, *words], check=True, capture_output=True, text=True)
    return dict(json.loads(told.stdout.splitlines()[-1]))


def taken_in(file: Path, workspace: Path) -> None:
    now = datetime(2024, 1, 1)  # noqa: DTZ001 - China Standard Time, as told
    ingest(
        Workspace(root=workspace),
        [file],
        wanted=Wanted(hints=Hints()),
        actor="benchmark",
        now=now,
        tell=lambda *_: None,
    )


def right(workspace: Path, truth: str) -> dict[str, Any]:
    """Return how right the clusters of `workspace` are; `truth` selects `lake_id`, `truth`."""
    member = resolve(workspace=Workspace(root=workspace)).resolution.folder / "entity_member.parquet"
    con = duckdb.connect()
    sql = f"select distinct entity_id as one, lake_id, truth from '{member}' join ({truth}) as t using (lake_id)"
    return pairwise(con, f"select one, truth from ({sql}) as m")


def quality(folder: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what both make of the public test sets, and the bars."""
    told: dict[str, Any] = {}
    sets = {
        "febrl3": ("'febrl:' || trim(rec_id)", "regexp_extract(rec_id, 'rec-([0-9]+)-', 1)", febrl),
        "fake_1000": ("'fake_1000:' || unique_id", "cluster", fake),
    }
    for name, (lake_id, truth, splink) in sets.items():
        source = DATA / f"{name}.csv"
        if not source.is_file():
            told[name] = {"left_out": f"no {source}: set SUYUAN_REALDATA"}
            continue
        file = folder / f"{name}.csv"
        file.write_text(_without(source, UNNEEDED), encoding="utf-8")
        taken_in(file, folder / name)
        read = f"read_csv('{source}', all_varchar = true, header = true)"
        ours = right(folder / name, f"select {lake_id} as lake_id, {truth} as truth from {read}")
        theirs = splink(file)
        told[name] = {"ours": ours, "plain_best": max(theirs, key=lambda each: each["f1"]), "plain": theirs}
    bars = [
        {"name": f"1 - F1 of {name}", "value": round(1 - each["ours"]["f1"], 5), "bar": bar}
        for name, bar in (("febrl3", 0.002), ("fake_1000", 0.1))
        if "ours" in (each := told[name])
    ]
    bars += [
        {"name": f"plain Splink's best F1 of {name} over ours", "value": _over(each), "bar": 1.0}
        for name, each in told.items()
        if "ours" in each
    ]
    return told, bars


def _over(told: dict[str, Any]) -> float:
    return round(told["plain_best"]["f1"] / told["ours"]["f1"], 5)


def _without(source: Path, column: str) -> str:
    """Return the CSV `source` without `column`."""
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    kept = [place for place, name in enumerate(rows[0]) if name.strip() != column]
    return "".join(",".join(f'"{row[place]}"' for place in kept) + "\n" for row in rows)


def speed(folder: Path, records: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what a million records take, and the bars."""
    told_file, truth = forged(folder, people=records * 7 // 10, records=records)
    taken_in(told_file, folder / "million")
    ours = fresh("--resolve", str(folder / "million"))
    theirs = fresh("--plain", str(told_file), str(truth))
    told = {
        "records": records,
        "ours": {**ours, **right(folder / "million", f"select lake_id, truth from '{truth}'")},
        "plain": theirs,
        "seconds_over_plain": round(ours["seconds"] / theirs["seconds"], 3),
        "cpu_over_plain": round(ours["cpu_seconds"] / theirs["cpu_seconds"], 3),
    }
    bars = [
        {"name": f"seconds to resolve {records:,} records", "value": ours["seconds"], "bar": 90},
        {"name": "GiB at the peak of it", "value": ours["peak_gib"], "bar": 3},
    ]
    return told, bars


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--records", type=int, default=1_000_000)
    words.add_argument("--out", type=Path)
    words.add_argument("--resolve", type=Path)
    words.add_argument("--plain", type=Path, nargs=2)
    asked = words.parse_args()
    if asked.resolve or asked.plain:
        print(json.dumps(resolved(asked.resolve) if asked.resolve else plain(*asked.plain)))
        return
    with tempfile.TemporaryDirectory() as name:
        sets, bars = quality(Path(name))
        fast, more = speed(Path(name), asked.records) if asked.records else ({}, [])
    text = json.dumps({"bars": [*bars, *more], "sets": sets, "speed": fast}, indent=2) + "\n"
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
