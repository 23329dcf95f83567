from pathlib import Path

import pytest

from suyuan.domain.errors import DataError
from suyuan.typology.lock import write_lock
from suyuan.work.typology_check import model_group, typology_check
from tests.typology.small import write


def test_the_shipped_group_is_sound_and_locked() -> None:
    """When this fails, raise `version` in the .yml that changed and type `suyuan typology lock`."""
    checked = typology_check()
    assert checked.stale == ()
    assert len(checked.group.typologies) >= 4


def test_a_folder_of_ones_own_joins_the_shipped_group(tmp_path: Path) -> None:
    folder = write(tmp_path)
    assert [each.id for each in typology_check(folder).stale] == ["lending.many_loans"]
    write_lock(model_group(folder))
    assert typology_check(folder).stale == ()


def test_a_fault_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"many_loans\.sql"):
        typology_check(write(tmp_path, sql="select 1 as x"))
