"""How well single rows of rings are told from the background at evasion 1: the AUC of a LightGBM, by table and seed.

    python benchmarks/bench_realism.py --out FILE [--scale 0.2] [--seeds 1 2]

The bar is that of `suyuan world describe`; tables with too few ring rows are reported and not judged.
"""

import argparse
import json
from pathlib import Path

from suyuan.world.build import simulate
from suyuan.world.describe.features import settings
from suyuan.world.describe.telling import tellings
from suyuan.world.frame.options import Options


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--scale", type=float, default=0.2)
    words.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    words.add_argument("--out", type=Path)
    asked = words.parse_args()
    bars, told = [], []
    for seed in asked.seeds:
        for one in tellings(simulate(Options(seed=seed, scale=asked.scale, evasion=1))):
            told.append({"seed": seed, "table": one.table, "ring_rows": one.ring_rows, "auc": one.auc})
            if one.auc is not None:
                name = f"AUC of {one.table} rows, seed {seed}"
                bars.append({"name": name, "value": one.auc, "bar": settings()["bar"]})
    text = json.dumps({"bars": bars, "scale": asked.scale, "tables": told}, indent=2) + "\n"
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
