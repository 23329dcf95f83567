import ast
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.world.frame.dice import around, dice, parts, weighted

WORLD = Path(__file__).parents[3] / "suyuan" / "world"
UNSTEADY = {
    "exp",
    "log",
    "log2",
    "log10",
    "log1p",
    "expm1",
    "power",
    "sqrt",
    "sin",
    "cos",
    "tan",
    "tanh",
    "mean",
    "std",
    "dot",
}
"""NumPy functions whose last bit depends on the processor; the world draws and reckons without them."""


def test_every_name_has_a_stream_of_its_own() -> None:
    assert dice(1, "a").integers(1 << 60) == dice(1, "a").integers(1 << 60)
    assert dice(1, "a").integers(1 << 60) != dice(1, "b").integers(1 << 60)
    assert dice(1, "a").integers(1 << 60) != dice(2, "a").integers(1 << 60)
    assert dice(1, "a", 1).integers(1 << 60) != dice(1, "a", 2).integers(1 << 60)


def test_a_stream_gives_the_numbers_it_has_always_given() -> None:
    assert dice(7, "people").integers(0, 1_000_000, 3).tolist() == [564913, 874328, 94891]


def test_weights_are_met() -> None:
    drawn = np.bincount(weighted(dice(1, "w"), [1, 0, 3], 40_000))
    assert drawn[1] == 0
    assert drawn[2] / drawn[0] == pytest.approx(3, rel=0.05)


def test_half_lie_over_the_middle() -> None:
    drawn = around(dice(1, "a"), 1_000, spread=0.5, n=20_001)
    assert np.median(drawn) == pytest.approx(1_000, rel=0.02)
    assert around(dice(1, "a"), np.array([10, 10_000]), spread=0.1).tolist()[0] < 100


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=20), st.integers(1, 6), st.integers(0, 9))
def test_parts_sum_to_their_whole(totals: list[int], into: int, seed: int) -> None:
    cut = parts(dice(seed, "p"), np.array(totals, np.int64), into=into)
    assert cut.shape == (len(totals), into)
    assert cut.sum(axis=1).tolist() == totals
    assert (cut >= 0).all()


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(WORLD.rglob("*.py")) if not {"score", "describe"} & set(path.relative_to(WORLD).parts)],
    ids=lambda path: str(path.relative_to(WORLD)),
)
def test_nothing_that_makes_the_world_depends_on_the_processor(path: Path) -> None:
    unsteady = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        of_np = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "np"
        if isinstance(node, ast.Attribute) and of_np and node.attr in UNSTEADY:
            unsteady.append(f"np.{node.attr}, line {node.lineno}")
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"argsort", "sort"}
        ):
            named = [keyword.value for keyword in node.keywords if keyword.arg == "kind"]
            of_numpy = isinstance(node.func.value, ast.Name) and node.func.value.id == "np"
            if of_numpy and not (named and isinstance(named[0], ast.Constant) and named[0].value == "stable"):
                unsteady.append(f"a sort that is not stable, line {node.lineno}")
    assert not unsteady
