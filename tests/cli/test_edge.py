"""The edge of the command line."""

import json

import pytest

from suyuan.cli.edge import EXIT_CODES, FAULT, exit_code, guarded
from suyuan.domain.errors import DataError, SuyuanError


def _leaves(kind: type[SuyuanError]) -> set[type[SuyuanError]]:
    below = kind.__subclasses__()
    return {kind} if not below else set().union(*(_leaves(leaf) for leaf in below))


def test_every_leaf_of_the_error_tree_has_an_exit_code() -> None:
    assert all(exit_code(leaf("cli.interrupted")) in {2, 3, 4} for leaf in _leaves(SuyuanError))
    assert all(issubclass(kind, SuyuanError) for kind in EXIT_CODES)


def test_an_expected_error_is_told_in_words_and_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    def refuse() -> int:
        raise DataError("cli.interrupted")

    assert guarded(refuse, as_json=True) == 3
    told = capsys.readouterr()
    assert json.loads(told.out)["error"] == "cli.interrupted"
    assert "Traceback" not in told.err


def test_a_bug_is_told_with_its_place_and_never_as_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(lambda: 1 // 0, as_json=False) == FAULT
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told
    assert "test_edge.py" in told.replace("\n", "")
    assert "Traceback" not in told


def test_an_interrupt_leaves_with_130(capsys: pytest.CaptureFixture[str]) -> None:
    def stop() -> int:
        raise KeyboardInterrupt

    assert guarded(stop, as_json=False) == 130
    assert capsys.readouterr().err
