"""One ring, read and run once for all tests that only look at it."""

import pytest

from suyuan.domain.workspace import Workspace
from suyuan.work.run import Ran
from tests.ring import ring_run


@pytest.fixture(scope="session")
def told_ring(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Ran]:
    """A workspace with one ring and its run; nobody may write to it."""
    return ring_run(tmp_path_factory.mktemp("ring"))
