"""Runs a kernel in Python or in machine code.

A kernel is a plain function over arrays that may call plain functions of its own module. A few loans run it as it is; a
table compiles it first (numba; kept on disk where that is possible) and runs it on every core, so that one loan on the
command line does not wait for a compiler. The first two arguments of a kernel are the range it is to work on.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import import_module
from itertools import pairwise
from types import FunctionType
from typing import Any

from numpy.typing import NDArray

WORTH_IT = 20_000
"""Loans from which compiling costs less than it saves (docs/decisions/0020)."""

Kernel = Callable[..., None]


def run(kernel: Kernel, *, loans: int, reads: tuple[NDArray[Any], ...], writes: tuple[NDArray[Any], ...]) -> None:
    """Call `kernel(first, last, reads, writes)` so that every loan is worked on once.

    Both ways give the same integers, and the same floats to twelve digits.
    """
    if loans < WORTH_IT:
        kernel(0, loans, tuple(array.tolist() for array in reads), writes)
        return
    fast = machine_code(kernel)
    cores = max(1, min(os.cpu_count() or 1, 8))
    edges = [loans * part // cores for part in range(cores + 1)]
    fast(0, 0, reads, writes)  # compile before the threads start
    with ThreadPoolExecutor(cores) as pool:
        parts = [pool.submit(fast, first, last, reads, writes) for first, last in pairwise(edges)]
        for part in parts:
            part.result()


@cache
def machine_code(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """Return `kernel` compiled with all functions of its module that it calls; calls release the interpreter lock."""
    if not isinstance(kernel, FunctionType):
        raise TypeError("a kernel is a plain function")
    called = {name: kernel.__globals__.get(name) for name in kernel.__code__.co_names}
    own = {name: found for name, found in called.items() if getattr(found, "__module__", None) == kernel.__module__}
    compiled = {name: machine_code(found) for name, found in own.items() if isinstance(found, FunctionType)}
    twin = FunctionType(kernel.__code__, {**kernel.__globals__, **compiled}, kernel.__name__)
    twin.__module__, twin.__qualname__ = kernel.__module__, kernel.__qualname__
    njit = import_module("numba").njit
    try:
        fast: Callable[..., Any] = njit(nogil=True, cache=True)(twin)
    except RuntimeError:  # no folder to keep machine code in
        fast = njit(nogil=True)(twin)
    return fast
