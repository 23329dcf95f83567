"""The truth of the ring of `tests.ring`, as a world would have written it."""

import json
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from suyuan.world.score.truth import TRUTH
from tests.world.score.small import SCHEMAS, Small

VICTIMS = [f"V{n}" for n in range(12)]


def truth_of_ring() -> Small:
    """Return a lender, its boss, twelve victims, one honest market; what each record is."""
    small = Small()
    first, last = datetime(2018, 9, 1, 9), datetime(2018, 9, 22, 20)  # noqa: DTZ001
    row = {"ring_id": "lanzhou-1", "kind": "lanzhou", "hidden": True, "amount_fen": 36 * 100_000}
    small["truth_rings"].append({**row, "first_crime_at": first, "last_at": last})
    roles = {"company:0": "lender", "person:0": "controller"}
    roles |= {f"person:{n}": "victim" for n in range(1, 13)}
    for who, role in roles.items():
        row = {"ring_id": "lanzhou-1", "truth_id": who, "kind": who.split(":")[0], "role": role}
        small["truth_members"].append(
            {**row, "core": role != "victim", "controller_rank": 1 if role == "controller" else None}
        )
    for day in (8, 15, 22):
        small["truth_loss"].append({"ring_id": "lanzhou-1", "day": date(2018, 9, day), "loss_fen": 12 * 30_000})
    small["truth_holders"].append({"account_id": "account:0", "holder_id": "company:0"})
    shows = {"ring_id": "lanzhou-1", "typology_id": "routine_loan", "subject_kind": "company", "truth_id": "company:0"}
    small["truth_shows"].append(shows)
    small["truth_lookalikes"].append({"kind": "market", "instance": 0, "truth_id": "company:9", "role": "main"})
    keys = {
        ("reg", "company", "C"): "company:0",
        ("reg", "person", "B"): "person:0",
        ("bank", "account", "K"): "account:0",
    }
    keys |= {("app", "person", key): f"person:{n}" for n, key in enumerate(VICTIMS, start=1)}
    for (source, kind, key), who in keys.items():
        record = {"source": source, "table_name": kind, "source_key": key}
        small["truth_records"].append({**record, "kind": kind, "truth_id": who})
        small["truth_rows"].append({**record, "broken": None})
    return small


def write_truth(folder: Path, small: Small) -> Path:
    """Write the truth of `small` as files, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in TRUTH:
        schema = pa.schema(list(SCHEMAS[f"truth_{name}"].items()))
        rows = [{column: row.get(column) for column in schema.names} for row in small[f"truth_{name}"]]
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / f"{name}.parquet")
    (folder / "world.json").write_text(json.dumps({"options": {"seed": 1, "scale": 0.02}}), encoding="utf-8")
    return folder
