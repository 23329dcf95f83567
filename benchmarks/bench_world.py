"""How long a world takes to build and how its cost grows: scale 1.0, and a tenth and twice of it.

    python benchmarks/bench_world.py --out FILE [--scales 0.1 1.0 2.0]

Each scale is built in a process of its own; memory is that process's peak. The bars are those of scale 1.0, and the CPU
a row at the largest over that at the smallest. Ten times as many rings of ten times the size are planted at ten times
the scale, so rows grow faster than the scale; the CPU a unit of scale is told beside it.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from suyuan.work.world_build import world_build
from suyuan.world.frame.options import Options

SEED = 1
UNIT = 1 if sys.platform == "darwin" else 1024


def one(scale: float) -> dict[str, object]:
    """Build a world of `scale` here and say what it took."""
    with tempfile.TemporaryDirectory() as folder:
        start, cpu = time.perf_counter(), time.process_time()
        made = world_build(out=Path(folder) / "world", options=Options(seed=SEED, scale=scale, evasion=1))
        size = sum(path.stat().st_size for path in made.folder.rglob("*") if path.is_file())
        return {
            "scale": scale,
            "seconds": round(time.perf_counter() - start, 1),
            "cpu_seconds": round(time.process_time() - cpu, 1),
            "peak_gib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT / 2**30, 2),
            "disk_mb": size >> 20,
            "files": made.files,
            "rows": made.rows,
        }


def fresh(scale: float) -> dict[str, object]:
    """Do `one` in a fresh process."""
    told = subprocess.run([sys.executable, __file__, "--one", str(scale)], check=True, capture_output=True, text=True)
    return dict(json.loads(told.stdout))


def rows(run: dict[str, object]) -> int:
    """Return how many rows all tables of a run's world have."""
    found = run["rows"]
    return sum(found.values()) if isinstance(found, dict) else 0


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--scales", type=float, nargs="+", default=[0.1, 1.0, 2.0])
    words.add_argument("--one", type=float)
    words.add_argument("--out", type=Path)
    asked = words.parse_args()
    if asked.one:
        print(json.dumps(one(asked.one)))
        return
    runs = {scale: fresh(scale) for scale in asked.scales}
    spent = {scale: float(str(run["cpu_seconds"])) for scale, run in runs.items()}
    least, most = (spent[scale] / scale for scale in (min(runs), max(runs)))
    least_row, most_row = (spent[scale] / rows(runs[scale]) for scale in (min(runs), max(runs)))
    full = runs.get(1.0, runs[max(runs)])
    bars = [
        {"name": f"seconds to build scale {full['scale']}", "value": full["seconds"], "bar": 240},
        {"name": f"GiB at the peak of scale {full['scale']}", "value": full["peak_gib"], "bar": 6},
        {"name": "CPU a row, largest over smallest", "value": round(most_row / least_row, 3), "bar": 1.2},
    ]
    told = {"bars": bars, "cpu_a_unit_of_scale": round(most / least, 3), "runs": list(runs.values())}
    text = json.dumps(told, indent=2) + "\n"
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
