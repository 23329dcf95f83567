"""What statements tell of transfers: their amounts, and their texts as places in short tables of cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tokens import write
from suyuan.world.frame.world import World
from suyuan.world.institutions.statements_faces import Faces
from suyuan.world.institutions.statements_numbers import Whole
from suyuan.world.institutions.statements_pieces import Encoding, cells_of

_TEXTS = {"memo": "memo", "kind": "kind", "channel": "_channel"}
_TOKENS = {"ip": "_ip", "mac": "_device"}


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Transfers as lines read them, by row.

    Attributes:
        faces: Of the accounts.
        amount: In fen.
        tokens: Of each mark (ip, mac) the transfers' tokens.
        places: Of each text (memo, kind, channel) the transfers' places in `texts`.
        texts: What stands there; the last is empty.
    """

    faces: Faces
    amount: Ints
    seed: int
    tokens: Mapping[str, Ints]
    places: Mapping[str, Whole]
    texts: Mapping[str, pa.Array]
    _kept: dict[tuple[str, ...], pa.Array] = field(default_factory=dict)
    _lock: Any = field(default_factory=RLock)

    def marks(self, name: str, transfers: Whole, *, shown: np.ndarray[Any, np.dtype[np.bool_]]) -> pa.Array:
        """Return where orders came from, as cells: of the lines that are `shown` and of transfers that know it."""
        told = np.where(shown, self.tokens[name][transfers], -1)
        known = np.flatnonzero(told >= 0)
        places = np.zeros(len(told), np.int32)
        places[known] = np.arange(1, len(known) + 1)
        return (
            pa.concat_arrays([pa.array([""]), write(name, told[known], self.seed)])
            .take(pa.array(places))
            .cast(pa.binary())
        )

    def cells(self, name: str, encoding: Encoding, *, renamed: Mapping[str, str] | None = None) -> pa.Array:
        """Return the cells of the text `name` by place, as `renamed` says where it does."""
        key = (name, encoding, *(renamed or ()), *(renamed or {}).values())
        with self._lock:
            if key not in self._kept:
                texts = self.texts[name]
                if renamed:
                    texts = pa.array([renamed.get(text, text) for text in texts.to_pylist()], pa.string())
                self._kept[key] = cells_of(texts, encoding)
            return self._kept[key]

    def worded(self, name: str, encoding: Encoding, *, form: str, cut: int) -> pa.Array:
        """Return the cells of the text `name` by place, its first `cut` characters in the words of `form`."""
        key = (name, encoding, form, str(cut))
        with self._lock:
            if key not in self._kept:
                texts = pc.utf8_slice_codeunits(self.texts[name], 0, cut).to_pylist()
                self._kept[key] = cells_of(
                    pa.array([form.format(memo=text).strip() for text in texts], pa.string()), encoding
                )
            return self._kept[key]


def ledger(world: World, faces: Faces) -> Ledger:
    """Return what statements tell of the transfers of `world`."""
    told = {name: _coded(world, column) for name, column in _TEXTS.items()}
    return Ledger(
        faces=faces,
        amount=world.column("transfer", "amount_fen"),
        seed=world.options.seed,
        tokens={name: world.column("transfer", column) for name, column in _TOKENS.items()},
        places={name: places for name, (places, _) in told.items()},
        texts={name: texts for name, (_, texts) in told.items()},
    )


def _coded(world: World, column: str) -> tuple[Whole, pa.Array]:
    """Return a long column of texts as places in a short table; the place behind the last is that of null."""
    found = world.tables.table("transfer")
    if column not in found.column_names:
        return np.zeros(found.num_rows, np.int32), pa.array([""])
    values = found[column]
    if not pa.types.is_dictionary(values.type):
        values = values.cast(pa.string()).dictionary_encode()
    whole = values.unify_dictionaries().combine_chunks()
    codes = pc.fill_null(whole.indices.cast(pa.int32()), len(whole.dictionary)).to_numpy()
    cells = pc.fill_null(whole.dictionary.cast(pa.string()), "")
    return codes, pa.concat_arrays([cells, pa.array([""])])
