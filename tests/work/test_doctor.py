"""What a machine has and lacks."""

from pathlib import Path

import pytest

from suyuan.work import doctor as room
from suyuan.work.doctor import doctor, java_version


def test_a_healthy_machine_lacks_nothing_needed(tmp_path: Path) -> None:
    assert not [check for check in doctor(folder=tmp_path) if check.status == "missing"]


def test_what_is_missing_comes_with_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MIN_FREE_GIB", 10**9)
    bad = [check for check in doctor(folder=tmp_path) if check.status == "missing"]
    assert bad
    assert all(check.how for check in bad)


def test_java_is_read_from_its_release_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "release").write_text('IMPLEMENTOR="x"\nJAVA_VERSION="17.0.9"\n', encoding="utf-8")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert java_version() == "17.0.9"


def test_an_old_java_is_not_enough_and_not_needed_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "release").write_text('JAVA_VERSION="1.8.0_392"\n', encoding="utf-8")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    java = next(check for check in doctor(folder=tmp_path) if "Java" in check.name)
    assert (java.status, java.found) == ("optional", "1.8.0_392")


def test_a_machine_without_java_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert java_version() is None


def test_a_folder_that_does_not_exist_yet_is_judged_by_its_parent(tmp_path: Path) -> None:
    assert not [check for check in doctor(folder=tmp_path / "a" / "b") if check.status == "missing"]
