"""The words of transfers: channels, kinds and memos, kept as places in one vocabulary each."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.figures import figures as read
from suyuan.world.frame.tables import words

Words: TypeAlias = Any
"""One text for all rows, texts one a row (list, NumPy, Arrow), or null."""


def figures() -> Mapping[str, Any]:
    """Return what `data/flows.yml` says."""
    return read("flows")


def told(given: Words, instead: pa.Array, n: int) -> pa.DictionaryArray:
    """Return `given` (one text for all, or one a row) as texts told by their place; `instead` when it is null."""
    if given is None:
        return instead
    if isinstance(given, str):
        return words(np.zeros(n, np.int64), [given])
    laid = given if isinstance(given, pa.Array) else pa.array(given, pa.string())
    return laid if isinstance(laid, pa.DictionaryArray) else laid.dictionary_encode()


def coded(codes: Ints, vocabulary: Sequence[str]) -> pa.DictionaryArray:
    """Return texts told by their place in `vocabulary`; -1 is null."""
    places = pa.array(codes.astype(np.int32), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(places, pa.array(vocabulary, pa.string()))


def places(texts: pa.DictionaryArray, known: Sequence[str]) -> NDArray[np.bool_]:
    """Return for each of `texts` whether it is one of `known`; null is not."""
    hits = np.asarray([text in known for text in texts.dictionary.to_pylist()] + [False])
    return np.asarray(hits[texts.indices.fill_null(len(hits) - 1).to_numpy(zero_copy_only=False)])
