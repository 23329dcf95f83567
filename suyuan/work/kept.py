"""What a workspace keeps of finished work: immutable folders, numbered from 1, each with a JSON that tells of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from suyuan.domain.contract import Contract
from suyuan.domain.contract_arrow import arrow_schema
from suyuan.domain.errors import DataError

TIMING = "timing.json"  # clock readings, and nothing else

PLACES = 6  # digits that doubles are rounded to, so that sums in another order are the same bytes
ROW_GROUP = 122_880


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A finished piece of work.

    `number` counts its kind from 1; `inputs` is the digest of everything it depends on but the one before it; `told` is
    its JSON.
    """

    number: int
    as_of: date | None
    inputs: str
    folder: Path
    told: Mapping[str, Any]

    def file(self, table: str) -> Path:
        """Return the Parquet file of `table`."""
        return self.folder / f"{table}.parquet"

    def read(self, table: str, *, columns: Sequence[str] | None = None) -> pa.Table:
        """Return the rows of `table`.

        Raises:
            DataError: The file is gone or broken.
        """
        try:
            return pq.read_table(self.file(table), columns=None if columns is None else list(columns))
        except (OSError, pa.ArrowInvalid) as fault:
            raise broken(self.folder.name, self.file(table).name, fault) from fault


def broken(name: str, file: str, fault: Exception) -> DataError:
    """Return the error that `file` of the folder `name` cannot be read."""
    return DataError("run.broken", run_id=name, file=file, told=str(fault) or repr(fault))


def told_of(folder: Path, file: str) -> dict[str, Any]:
    """Return what the JSON `file` of `folder` tells.

    Raises:
        DataError: It cannot be read, or is no object with `number`, `inputs` and `as_of`.
    """
    try:
        told = json.loads((folder / file).read_text(encoding="utf-8"))
        int(told["number"])
        str(told["inputs"])
        if told["as_of"]:
            date.fromisoformat(told["as_of"])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise broken(folder.name, file, fault) from fault
    return dict(told)


def day_of(told: Mapping[str, Any]) -> date | None:
    """Return the day that `told`, as `told_of` gives it, is as of."""
    return date.fromisoformat(told["as_of"]) if told["as_of"] else None


class _Numbered(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def as_of(self) -> date | None: ...
    @property
    def inputs(self) -> str: ...


One = TypeVar("One", bound=_Numbered)


def last_of(known: Sequence[One], *, as_of: date | None) -> One | None:
    """Return the one to look at: the last of `as_of`; without a day the last that saw everything, else the last of all.

    None where there is none.
    """
    wanted = [one for one in known if one.as_of == as_of] or (known if as_of is None else [])
    return wanted[-1] if wanted else None


def previous_of(known: Sequence[One], *, as_of: date | None) -> One | None:
    """Return the one whose ids new work of `as_of` continues; None when there is none.

    That is the one that saw most of what may be seen, of several the last. Work of an earlier day never takes names
    from one that knew more, and a look back at an earlier day takes none away from today's.
    """
    seen = [one for one in known if as_of is None or (one.as_of is not None and one.as_of <= as_of)]
    return max(seen, key=lambda one: (one.as_of or date.max, one.number), default=None)


def that_stands(known: Sequence[One], *, inputs: str, as_of: date | None) -> One | None:
    """Return the last work of `as_of` when it had these `inputs`: it need not be done again.

    An older one of the same inputs is not what people look at, and ids have lived on since.
    """
    last = max((one for one in known if one.as_of == as_of), key=lambda one: one.number, default=None)
    return last if last and last.inputs == inputs else None


def write_json(path: Path, told: Mapping[str, Any]) -> None:
    """Write `told` to `path`: UTF-8, two blanks deep."""
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def write_table(path: Path, table: pa.Table, *, contract: Contract) -> int:
    """Write `table` to `path` by `contract` and return its rows; the same rows give the same bytes.

    Columns stand in the contract's order (without `loaded_at`, a clock's reading), rows in the order of the key and
    then of every other column, doubles rounded to 6 digits.
    """
    schema = pa.schema([field.with_nullable(True) for field in arrow_schema(contract) if field.name != "loaded_at"])
    columns = [
        _told(table[field.name], field.type)
        if field.name in table.column_names
        else pa.nulls(table.num_rows, field.type)
        for field in schema
    ]
    plain = pa.table(columns, schema=schema)
    sortable = [field.name for field in schema if not pa.types.is_list(field.type)]
    return write_sorted(path, plain, by=[*contract.key, *(name for name in sortable if name not in contract.key)])


def write_sorted(path: Path, table: pa.Table, *, by: Sequence[str]) -> int:
    """Write `table` to `path` in the order of the columns `by`, and return its rows."""
    if table.num_rows > 1:
        table = table.take(pc.sort_indices(table, sort_keys=[(name, "ascending") for name in by]))
    pq.write_table(table, path, compression="zstd", compression_level=3, row_group_size=ROW_GROUP)
    return int(table.num_rows)


def _told(column: pa.ChunkedArray, wanted: pa.DataType) -> pa.ChunkedArray:
    cast = column if column.type == wanted else column.cast(wanted)
    return pc.round(cast, ndigits=PLACES) if pa.types.is_floating(wanted) else cast
