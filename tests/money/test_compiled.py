import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from suyuan.money import compiled
from suyuan.money.compiled import WORTH_IT, machine_code, run


def halved(value: float) -> float:
    return math.floor(value) * 0.5


def halve_all(first: int, last: int, reads: tuple[NDArray[Any], ...], writes: tuple[NDArray[Any], ...]) -> None:
    for k in range(first, last):
        writes[0][k] = halved(reads[0][k])


@pytest.mark.parametrize("count", [0, 1, WORTH_IT - 1, WORTH_IT, WORTH_IT + 1])
def test_every_loan_is_worked_on_in_python_and_in_machine_code(count: int) -> None:
    into = np.full(count, -1.0)
    run(halve_all, loans=count, reads=(np.arange(count, dtype=np.int64),), writes=(into,))
    assert into.tolist() == [k * 0.5 for k in range(count)]


def test_what_is_no_plain_function_cannot_be_compiled() -> None:
    with pytest.raises(TypeError):
        machine_code(math.floor)


def test_without_a_folder_for_machine_code_it_still_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    class Numba:
        def njit(self, *, nogil: bool, cache: bool = False) -> Any:
            if cache:
                raise RuntimeError("cannot cache function: no locator available")
            return lambda kernel: kernel

    monkeypatch.setattr(compiled, "import_module", lambda _: Numba())
    assert machine_code.__wrapped__(halved)(5.0) == 2.5
