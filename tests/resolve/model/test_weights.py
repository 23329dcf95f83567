"""A model as a value: to JSON and back, and what it refuses."""

import json
from dataclasses import replace

import pytest

from suyuan.domain.errors import DataError
from suyuan.resolve.model.weights import SHAPES, Model, rounded, shape_of

PLAIN = Model(
    kind="person",
    prior=0.001,
    weights={each.name: tuple((level.m, level.u) for level in each.levels) for each in SHAPES["person"].comparisons},
    rarities={"name": {"": 1e-6, "张伟": 0.0003}},
    blocks=("phone",),
    evidence={"profiles": 3},
)


def test_a_model_comes_back_as_it_was_written() -> None:
    assert Model.from_json(PLAIN.to_json()) == PLAIN
    assert Model.from_json(PLAIN.to_json()).to_json() == PLAIN.to_json()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1}'])
def test_what_is_no_model_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="train"):
        Model.from_json(text)


@pytest.mark.parametrize(
    "changed",
    [
        {"version": 99},
        {"kind": "ship"},
        {"blocks": ["moon"]},
        {"weights": {"name": [[0.9, 0.1]]}},
    ],
)
def test_a_model_of_another_shape_is_refused(changed: dict[str, object]) -> None:
    told = {**json.loads(PLAIN.to_json()), **changed}
    with pytest.raises(DataError, match="another version"):
        Model.from_json(json.dumps(told))


def test_levels_count_from_the_worst_and_what_was_not_compared_weighs_nothing() -> None:
    model = replace(PLAIN, weights={"sex": ((0.8, 0.1), (0.2, 0.4))})
    assert [model.bits("sex", level) for level in (1, 0, -1)] == [3.0, -1.0, 0.0]


def test_numbers_are_kept_to_six_digits() -> None:
    assert rounded(1 / 3) == 0.333333
    assert rounded(1.23456789e-9) == 1.23457e-9


def test_shapes_have_levels_that_end_and_shares_that_add_up() -> None:
    for kind in ("person", "company"):
        for each in shape_of(kind).comparisons:
            assert [level.sql for level in each.levels].count("else") == 1, each.name
            assert each.levels[-1].sql == "else"
            for shares in ([level.m for level in each.levels], [level.u for level in each.levels]):
                assert sum(shares) == pytest.approx(1, abs=0.03), each.name
