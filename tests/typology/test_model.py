from dataclasses import replace
from pathlib import Path

import pytest

from suyuan.typology.group import load_group
from suyuan.typology.model import Status
from tests.typology.small import write


@pytest.mark.parametrize(
    ("status", "runs"), [("draft", False), ("trial", True), ("production", True), ("retired", False)]
)
def test_only_trial_and_production_run(tmp_path: Path, status: Status, *, runs: bool) -> None:
    typology = load_group(write(tmp_path)).typologies["lending.many_loans"]
    assert replace(typology, status=status).runs is runs
