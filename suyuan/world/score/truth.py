"""The truth of a world, as the scorer reads it: Parquet files that stand beside the sources and are no source.

Truth ids are texts such as `person:12`, `company:3`, `account:77`.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from suyuan.domain.errors import DataError
from suyuan.engine.protocol import Engine
from suyuan.engine.step import Keep, Step

TRUTH: Mapping[str, tuple[str, ...]] = {
    "rings": ("ring_id", "kind", "hidden", "amount_fen", "first_crime_at", "last_at"),
    "members": ("ring_id", "truth_id", "kind", "role", "core", "controller_rank"),
    "victims": ("ring_id", "truth_id"),
    "holders": ("account_id", "holder_id"),
    "loss": ("ring_id", "day", "loss_fen"),
    "shows": ("ring_id", "typology_id", "subject_kind", "truth_id"),
    "lookalikes": ("kind", "instance", "truth_id", "role"),
    "records": ("source", "table_name", "source_key", "kind", "truth_id"),
    "rows": ("source", "table_name", "source_key", "broken"),
}
"""File of the truth → the columns that the scorer reads."""

DIGEST = 16
"""Hex digits of a file's SHA-256 with which the ids of its rows begin."""

_RECORD = """
with broken as (
  select source, table_name, source_key
  from truth_rows
  group by source, table_name, source_key
  having bool_and(broken is not null and cast(broken as text) <> 'false')
)
select distinct r.source, r.source_key, r.kind, r.truth_id
from truth_records as r
where not exists (
  select 1 from broken as b
  where b.source = r.source and b.table_name = r.table_name and b.source_key = r.source_key
)
"""

_CORE = """
select distinct ring_id, truth_id as who
from truth_members
where core and kind in ('person', 'company')
"""


def lay_truth(engine: Engine, folder: Path) -> None:
    """Make the files of the truth known as `truth_<file>`, unread.

    `transfers`, and with it `truth_file`, only where the truth has it: worlds of earlier versions have not.

    Raises:
        DataError: A file or a column is missing.
    """
    for name in TRUTH:
        path = folder / f"{name}.parquet"
        if not path.is_file():
            raise DataError("evaluate.no_truth", folder=folder, file=path.name)
        engine.scan(f"truth_{name}", [path])
    check_truth(engine)
    if (folder / "transfers.parquet").is_file():
        engine.scan("truth_transfers", [folder / "transfers.parquet"])
        engine.write("truth_file", _files(folder))


def _files(folder: Path) -> pa.Table:
    """Return the files of the institutions: `file`, `digest`.

    Raises:
        DataError: `world.json` cannot be read or tells no files.
    """
    try:
        files = json.loads((folder / "world.json").read_text(encoding="utf-8"))["files"]
        told = [(str(file), str(sha256)[:DIGEST]) for file, sha256 in files.items()]
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise DataError("evaluate.bad_truth", file="world.json", columns="files") from error
    return pa.table({"file": [file for file, _ in told], "digest": [digest for _, digest in told]})


def check_truth(engine: Engine) -> None:
    """Refuse a truth that lacks what the scorer reads.

    Raises:
        DataError: The message names the file and its missing columns.
    """
    for name, columns in TRUTH.items():
        missing = [column for column in columns if column not in engine.columns(f"truth_{name}")]
        if missing:
            raise DataError("evaluate.bad_truth", file=f"{name}.parquet", columns=", ".join(missing))


def truth_steps() -> list[Step]:
    """Return the steps that ready the truth.

    Write `score_record` (`source`, `source_key`, `kind`, `truth_id`: each record once; what the world broke on purpose,
    where `broken` is true or says why, is no record) and `score_core` (`ring_id`, `who`).
    """
    steps = {"score_record": _RECORD, "score_core": _CORE}
    return [Step(name=name, sql=sql, keep=Keep.TABLE) for name, sql in steps.items()]
