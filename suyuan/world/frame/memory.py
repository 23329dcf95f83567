"""Memory that was used and is free goes back to the system, so that parts of a large build do not add up."""

import ctypes
import sys

import pyarrow as pa


def give_back() -> None:
    """Return free memory to the system: Arrow's, and NumPy's where the C library knows how (glibc)."""
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
