"""One institution's telling of transfers as arrays, in an order that its content alone decides."""

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

TEXTS: Final = ("src_number", "dst_number", "src_name", "dst_name")
"""Who pays and who receives, as the row tells it."""

TOLD: Final = pa.schema(
    [
        ("key", pa.string()),
        ("booked_at", pa.timestamp("us")),
        ("day_only", pa.bool_()),
        ("amount_fen", pa.int64()),
        ("flow", pa.string()),
        *((name, pa.string()) for name in ("currency", "memo", "reference", "own", *TEXTS)),
    ]
)
"""One row a transfer as an institution tells it; every column may be null.

`key` names the row and tells nothing. `own` is the account whose line it is, where the teller keeps one. `flow` is `in`
or `out` for the teller; of a negative amount it is `out`.
"""

UNTOLD: Final = -1
OUT: Final = 1
"""Codes of `Rows.flow`: 0 untold, 1 out, 2 in."""

_CONTENT = ("currency", "memo", "reference", "own", *TEXTS)
_DAY = 86_400


class Rows(NamedTuple):
    """A side's numbers, sorted by currency, day and amount; `at` is the row of the table that was told."""

    at: Ints
    day: Ints  # since 1970
    second: Ints  # of the day; UNTOLD where only the day is told
    fen: Ints  # > 0
    flow: Ints


@dataclass(frozen=True, kw_only=True)
class Side:
    """A side: its numbers, and its texts in the same order. Rows without date or amount are left out."""

    rows: Rows
    texts: pa.Table
    digest: str  # of everything but the keys

    def __len__(self) -> int:
        """Return how many rows can be matched."""
        return len(self.rows.at)


def reordered(side: Side, order: Ints) -> Side:
    """Return `side` with its rows in `order`."""
    rows = Rows(*(np.ascontiguousarray(each[order]) for each in side.rows))
    return Side(rows=rows, texts=side.texts.take(pa.array(order)).combine_chunks(), digest=side.digest)


def side_of(told: pa.Table, *, salt: str) -> Side:
    """Return `told` (schema `TOLD`) in the order of its content; rows alike in everything go by their digested keys.

    A key that counts the rows, or is the same on both sides, therefore says nothing: `salt` differs from side to side.
    """
    fen = told["amount_fen"].fill_null(0).to_numpy().astype(np.int64)
    at = np.flatnonzero(np.asarray(told["booked_at"].is_valid()) & (fen != 0))
    kept = told.take(pa.array(at))
    fen = fen[at]
    day, second = np.divmod(kept["booked_at"].cast(pa.int64()).to_numpy().astype(np.int64) // 1_000_000, _DAY)
    whole = np.asarray(kept["day_only"].fill_null(fill_value=False)) | (not second.any())
    second = np.where(whole, UNTOLD, second)
    flow = pc.index_in(kept["flow"], value_set=pa.array(["out", "in"])).fill_null(-1).to_numpy().astype(np.int64) + 1
    flow = np.where((flow == 0) & (fen < 0), OUT, flow)
    fen = np.abs(fen)
    texts = pa.table({name: kept[name] for name in _CONTENT})
    ranks = [_rank(texts[name]) for name in _CONTENT]
    order = _ordered([ranks[0], day, fen, second, flow, *ranks[1:]], keys=kept["key"], salt=salt)
    side = reordered(Side(rows=Rows(at, day, second, fen, flow), texts=texts, digest=""), order)
    return replace(side, digest=_digest(side.rows, side.texts))


def _rank(values: pa.ChunkedArray) -> Ints:
    """Return the dense rank of each value, null last."""
    if values.null_count == len(values):
        return np.zeros(len(values), np.int64)
    ranks: Ints = pc.rank(values, sort_keys="ascending", tiebreaker="dense").to_numpy().astype(np.int64)
    return ranks


def _ordered(content: list[Ints], *, keys: pa.ChunkedArray, salt: str) -> Ints:
    order = np.lexsort(content[::-1])
    if len(order) < 2:
        return order
    same = np.logical_and.reduce([each[order[1:]] == each[order[:-1]] for each in content])
    run = np.concatenate([[0], np.cumsum(~same)])
    alike = np.flatnonzero(np.concatenate([[False], same]) | np.concatenate([same, [False]]))
    told = keys.take(pa.array(order[alike])).to_pylist()
    digests = [blake2b(f"{salt}{key}".encode(), digest_size=8).hexdigest() for key in told]
    order[alike] = order[alike][np.lexsort((np.array(digests, dtype=str), run[alike]))]
    return order


def _digest(rows: Rows, texts: pa.Table) -> str:
    hashed = blake2b(digest_size=16)
    for numbers in rows[1:]:
        hashed.update(numbers.tobytes())
    for name in texts.column_names:
        whole = pa.concat_arrays([texts[name].fill_null("\0").cast(pa.large_string()).combine_chunks()])
        _, offsets, data = whole.buffers()
        bounds = np.frombuffer(offsets, dtype=np.int64, count=len(whole) + 1)
        hashed.update(bounds.tobytes())
        if data is not None and len(whole):
            hashed.update(data[: int(bounds[-1])])
    return hashed.hexdigest()
