import pickle

import pytest

from suyuan.domain import errors
from suyuan.domain.errors import Conflict, DataError, NotFound, SuyuanError, UsageError
from suyuan.domain.say import spoken

LEAVES = [UsageError, DataError, NotFound, Conflict]


def test_the_tree_is_the_one_that_is_drawn() -> None:
    assert {leaf.__name__ for leaf in SuyuanError.__subclasses__()} == {leaf.__name__ for leaf in LEAVES}
    assert errors.__doc__
    assert all(leaf.__name__ in errors.__doc__ for leaf in LEAVES)


@pytest.mark.parametrize("leaf", LEAVES)
def test_an_error_reads_in_the_language_of_the_moment(leaf: type[SuyuanError]) -> None:
    error = leaf("contract.not_found", table="x", tables="y")
    token = spoken.set("zh")
    try:
        assert "没有表 x" in str(error)
        spoken.set("en")
        assert "there is no table x" in str(error)
    finally:
        spoken.reset(token)


def test_an_error_carries_its_key_and_values_for_programs() -> None:
    error = DataError("contract.not_found", table="x", tables="y")
    assert (error.key, error.values) == ("contract.not_found", {"table": "x", "tables": "y"})


def test_an_error_crosses_to_another_process() -> None:
    error = DataError("contract.not_found", table="x", tables="y")
    copied = pickle.loads(pickle.dumps(error))
    assert str(copied) == str(error)
