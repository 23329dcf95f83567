"""Write what is true of a world to `truth/`, beside and never among the files of the institutions."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from suyuan import __version__
from suyuan.world.frame.memory import give_back
from suyuan.world.frame.options import START
from suyuan.world.frame.tables import numbers
from suyuan.world.frame.world import World
from suyuan.world.truth import handed as papers
from suyuan.world.truth.handed import Handed
from suyuan.world.truth.labelled import flows
from suyuan.world.truth.loss import loss
from suyuan.world.truth.lots import rest
from suyuan.world.truth.people import holders, lookalikes, members, shows, victims
from suyuan.world.truth.rings import rings

_FORM: dict[str, Any] = {"version": "2.6", "compression": "zstd", "compression_level": 3}


def write_truth(world: World, handed: Handed, out: Path) -> None:
    """Write the truth of `world` into the folder `out`: eleven tables as Parquet and `world.json`.

    The same world gives the same bytes: no clock, fixed ways of writing. `world.json` holds the options, the version of
    the package, how many rows each table of the world and of the truth has, and the SHA-256 of every file handed over.
    """
    give_back()
    out.mkdir(parents=True, exist_ok=True)
    ring_ids = [ring.ring_id for ring in world.truths.rings]
    moved = flows(world)
    tables = {
        "rings": rings(world, moved),
        "members": members(world),
        "victims": victims(world),
        "holders": holders(world),
        "rest": rest(moved, ring_ids),
        "loss": loss(world, moved, ring_ids),
        "shows": shows(world),
        "lookalikes": lookalikes(world),
        "records": papers.records(handed),
        "rows": papers.rows(handed, ring_ids),
    }
    for name, table in tables.items():
        _write(table, out / f"{name}.parquet")
    counts = {name: table.num_rows for name, table in tables.items()}
    counts["transfers"] = _write_parts(papers.transfers(handed), out / "transfers.parquet")
    told = _told(world, handed, counts)
    text = json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True)
    (out / "world.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _write(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, row_group_size=1 << 20, **_FORM, use_dictionary=True)


def _write_parts(parts: Iterable[pa.Table], path: Path) -> int:
    """Write a table that is too large to be held, part by part, and return its rows."""
    few = [each.name for each in papers.TRANSFERS if pa.types.is_dictionary(each.type)]
    rows = 0
    with pq.ParquetWriter(path, papers.TRANSFERS, **_FORM, use_dictionary=few) as writer:
        for part in parts:
            writer.write_table(part)
            rows += part.num_rows
    return rows


def _told(world: World, handed: Handed, counts: dict[str, int]) -> dict[str, Any]:
    return {
        "version": __version__,
        "options": asdict(world.options),
        "from_on": START.isoformat(),
        "to_on": world.options.end.isoformat(),
        "rows": {name: world.tables.rows(name) for name in numbers() if world.tables.rows(name)},
        "truth": counts,
        "files": dict(sorted(handed.files)),
    }
