"""Chooses between Python and machine code for a kernel.

A kernel is a plain function over arrays. A few loans run it as it is; a table compiles it first (numba, some seconds
once a process), so that one loan on the command line does not wait for a compiler.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])

WORTH_IT = 20_000
"""Loans from which compiling costs less than it saves (docs/decisions/0020)."""


@cache
def machine_code(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """Return `kernel` compiled; calls release the interpreter lock."""
    compiled: Callable[..., Any] = import_module("numba").njit(nogil=True)(kernel)
    return compiled


def handed(*arrays: NDArray[Any], loans: int) -> tuple[Any, ...]:
    """Return `arrays` as `fit`'s kernel for as many loans reads them fastest: lists of whole numbers for Python."""
    return arrays if loans >= WORTH_IT else tuple(array.tolist() for array in arrays)


def fit(kernel: F, *, loans: int) -> F:
    """Return `kernel`, compiled when there are loans enough; both give the same numbers to 12 digits."""
    return machine_code(kernel) if loans >= WORTH_IT else kernel  # type: ignore[return-value]
