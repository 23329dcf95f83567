"""A workspace with one ring and its run, for commands that only look at it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from suyuan.cli.main import main
from suyuan.domain.workspace import Workspace
from tests.ring import ring_run


@pytest.fixture(scope="session")
def ring_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return it; nobody may write to it."""
    return ring_run(tmp_path_factory.mktemp("ring"))[0]


Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that runs the command line and gives its exit code, output and error output."""

    def _call(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(words)
        told = capsys.readouterr()
        return int(str(left.value.code or 0)), told.out, told.err

    return _call


@pytest.fixture
def call_json(call: Call) -> Callable[..., Any]:
    """Return a function that runs the command line with `--json` and gives the document; it must succeed."""

    def _call(*words: str) -> Any:
        code, out, err = call(*words, "--json")
        assert code == 0, err
        return json.loads(out)

    return _call
