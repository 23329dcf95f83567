"""Who is who in simulated worlds: the records of eight institutions that number their customers by themselves.

    python benchmarks/bench_who_world.py --out FILE [--scale 0.05] [--seeds 1 2] [--evasion 1]

Builds a world for each seed, and one more of the first seed with `--evasion`; takes in what eight institutions hand
over, resolves, exports the entities and scores them against the truth. Bars are errors, so that less is better: one
less F1 over pairs of records, one less purity, clusters in which two valid numbers stand. An error under 0.001 counts
as 0.001, so that one record more or less is no drift.
"""

import argparse
import json
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from suyuan.domain.workspace import Workspace
from suyuan.sources.statement import Hints
from suyuan.work.entities import export
from suyuan.work.evaluate_entities import evaluate_entities
from suyuan.work.ingest import Wanted
from suyuan.work.ingest_folders import ingest_folders
from suyuan.work.resolve import resolve
from suyuan.world.build import SOURCES, TRUTH, build
from suyuan.world.frame.options import Options

NOW = datetime(2026, 11, 22)  # noqa: DTZ001
EIGHT = ("bank_01", "bank_02", "bank_03", "insurer_04", "local_finance", "payment_01", "telecom_01", "wallet_01")
"""Of every kind that numbers its customers by itself; no register of the state, which names people by their numbers."""
BARS = {"person": 0.02, "company": 0.02}


def world(options: Options, folder: Path) -> dict[str, Any]:
    """Return the scores by kind of a world, and how long it took to resolve it."""
    build(folder / "world", options)
    workspace = Workspace(root=folder / "workspace")
    for source in EIGHT:
        wanted = Wanted(hints=Hints(institution=source))
        path = folder / "world" / SOURCES / source
        ingest_folders(workspace, [path], wanted=wanted, actor="bench", now=NOW, tell=lambda *_: None)
    cpu = time.process_time()
    done = resolve(workspace=workspace, tell=lambda *_: None)
    took = {"cpu_seconds": round(time.process_time() - cpu, 2)}
    told: dict[str, Any] = {"seed": options.seed, "scale": options.scale, "evasion": options.evasion, **took}
    for kind in ("person", "company", "account"):
        out = folder / f"{kind}.csv"
        export(workspace=workspace, kind=kind, out=out, actor="bench", now=NOW)
        found = evaluate_entities(entities=out, truth=folder / "world" / TRUTH, kind=kind, among=EIGHT)
        told[kind] = found.to_json()["entities"][kind]
    told["pairs"] = done.resolution.told["pairs"]
    return told


def bars(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the bars of one world."""
    of = f"seed {told['seed']}, evasion {told['evasion']}"
    found = []
    for kind, most in BARS.items():
        one = told[kind]
        found += [
            {"name": f"{kind}, 1 - F1, {of}", "value": error(one["f1"]), "bar": most},
            {"name": f"{kind}, 1 - purity, {of}", "value": error(one["purity"]), "bar": 0.01},
            {"name": f"{kind}, clusters of two numbers, {of}", "value": one["two_ids"], "bar": 0},
        ]
    return found


def error(share: float) -> float:
    """Return what `share` lacks of one, at least 0.001."""
    return max(0.001, round(1 - share, 6))


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--scale", type=float, default=0.05)
    words.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    words.add_argument("--evasion", type=int, default=1)
    words.add_argument("--out", type=Path)
    asked = words.parse_args()
    worlds = [Options(seed=seed, scale=asked.scale) for seed in asked.seeds]
    worlds.append(Options(seed=asked.seeds[0], scale=asked.scale, evasion=asked.evasion))
    told = []
    for options in worlds:
        with tempfile.TemporaryDirectory() as folder:
            told.append(world(options, Path(folder)))
    every = [bar for one in told for bar in bars(one)]
    text = json.dumps({"bars": every, "institutions": EIGHT, "worlds": told}, indent=2) + "\n"
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
