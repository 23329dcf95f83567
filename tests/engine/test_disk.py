"""One writer at a time; published wholly or not at all."""

from pathlib import Path

import pytest
from filelock import FileLock

from suyuan.domain.errors import Conflict
from suyuan.domain.workspace import Workspace
from suyuan.engine.disk import flush_folder, locked, publish, remove, staging, sweep


def test_a_second_writer_is_turned_away_with_the_name_of_the_lock(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    with FileLock(workspace.lock), pytest.raises(Conflict, match=r"\.lock"), locked(workspace):
        pytest.fail("two writers")


def test_the_lock_goes_with_the_block_even_when_it_fails(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path / "new")
    with pytest.raises(ZeroDivisionError), locked(workspace):
        raise ZeroDivisionError
    with locked(workspace):
        assert workspace.root.is_dir()


def test_taking_the_lock_sweeps_what_a_killed_command_left(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    left = workspace.staging / "dead" / "half.parquet"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    with locked(workspace):
        assert not workspace.staging.exists()
    sweep(workspace)


def test_staging_is_gone_afterwards_with_what_is_left_in_it(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    with staging(workspace) as folder:
        (folder / "rest").write_text("x", encoding="utf-8")
        assert folder.parent == workspace.staging
    assert not folder.exists()


def test_publishing_moves_in_order_and_replaces(tmp_path: Path) -> None:
    old, new = tmp_path / "lake" / "a", tmp_path / "aside"
    old.parent.mkdir()
    old.write_text("old", encoding="utf-8")
    new.write_text("new", encoding="utf-8")
    last = tmp_path / "manifest"
    last.write_text("m", encoding="utf-8")
    publish([(new, old), (last, tmp_path / "deep" / "manifest")])
    assert old.read_text(encoding="utf-8") == "new"
    assert (tmp_path / "deep" / "manifest").read_text(encoding="utf-8") == "m"
    assert not new.exists()


def test_nothing_moves_when_one_of_the_files_is_not_there(tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.write_text("x", encoding="utf-8")
    with pytest.raises(FileNotFoundError):
        publish([(here, tmp_path / "there"), (tmp_path / "absent", tmp_path / "b")])
    assert here.exists()
    assert not (tmp_path / "there").exists()


def test_removing_what_is_gone_is_no_error(tmp_path: Path) -> None:
    remove(tmp_path / "gone")
    flush_folder(tmp_path)
