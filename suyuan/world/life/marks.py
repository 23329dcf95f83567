"""Made-up numbers and digests that papers, apps and files carry."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints


def digests(chance: np.random.Generator, n: int, *, length: int = 64) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Return `n` digests of `length` hexadecimal digits (an even number)."""
    told = chance.bytes(n * length // 2).hex()
    return np.array([told[at : at + length] for at in range(0, n * length, length)], dtype=object)


def serials(prefix: str, numbers: Ints, *, width: int = 8) -> pa.Array:
    """Return texts: `prefix` and each number, filled with zeros to `width` digits."""
    padded = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width, "0")
    return pc.binary_join_element_wise(prefix, padded, "")


def texts(told: np.ndarray[tuple[int], np.dtype[np.str_]]) -> pa.Array:
    """Return NumPy's texts as Arrow's."""
    return pa.array(told.astype(object), pa.string())
