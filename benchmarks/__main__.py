"""Runs every benchmark in a fresh process, writes its JSON, and compares it with the bars and the saved baseline.

    python -m benchmarks [NAME…] [--save]

A benchmark is `bench_<name>.py`: it takes `--out FILE` and writes JSON whose `bars` is a list of
`{"name", "value", "bar"}` (smaller is better). Results go to `build/bench/`; `--save` makes them the baseline in
`benchmarks/baseline/`. Exit 1 when a bar is missed or a value is over 1.3 × its baseline.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE.parent / "build" / "bench"
BASELINE = HERE / "baseline"
DRIFT = 1.3  # two quiet runs of one benchmark differ by up to a fifth on a shared machine


def compared(name: str, result: Path) -> bool:
    """Print the bars of `result` beside the baseline; return whether all hold."""
    saved_file = BASELINE / f"{name}.json"
    saved = json.loads(saved_file.read_text("utf-8"))["bars"] if saved_file.exists() else []
    before = {bar["name"]: bar["value"] for bar in saved}
    good = True
    for bar in json.loads(result.read_text("utf-8"))["bars"]:
        was = before.get(bar["name"])
        missed = bar["value"] > bar["bar"]
        drifted = was is not None and bar["value"] > DRIFT * was
        word = "MISSED" if missed else "SLOWER" if drifted else "ok"
        print(f"{word:7} {name}: {bar['name']} = {bar['value']:g} (bar {bar['bar']:g}, baseline {was})")
        good = good and not missed and not drifted
    return good


def main() -> int:
    every = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(every)}; default: all")
    parser.add_argument("--save", action="store_true", help="make the results the baseline")
    asked = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    good = True
    for name in asked.names or every:
        result = OUT / f"{name}.json"
        subprocess.run([sys.executable, str(HERE / f"bench_{name}.py"), "--out", str(result)], check=True)
        good = compared(name, result) and good
        if asked.save:
            BASELINE.mkdir(exist_ok=True)
            (BASELINE / f"{name}.json").write_text(result.read_text("utf-8"), "utf-8")
    return 0 if good else 1


sys.exit(main())
