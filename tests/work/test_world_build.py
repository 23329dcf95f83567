"""A world on disk: the same bytes everywhere, whole or not at all."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from suyuan.domain.errors import Conflict, DataError
from suyuan.work import world_build as work
from suyuan.work.world_build import world_build
from suyuan.world.frame.options import Options

SMALL = Options(seed=5, scale=0.005, evasion=1, months=3)
BUILD = """
import sys
from pathlib import Path
from suyuan.work.world_build import world_build
from suyuan.world.frame.options import Options
world_build(out=Path(sys.argv[1]), options=Options(seed=5, scale=0.005, evasion=1))
"""
PLACES = {
    "as it comes": {},
    "an older processor, one thread": {
        "NPY_DISABLE_CPU_FEATURES": "X86_V4",
        "TZ": "America/New_York",
        "PYTHONHASHSEED": "1",
        "OMP_NUM_THREADS": "1",
    },
    "two threads": {"TZ": "Asia/Kolkata", "PYTHONHASHSEED": "2", "OMP_NUM_THREADS": "2", "LC_ALL": "C"},
}


def digests(folder: Path) -> dict[str, str]:
    """Return name → SHA-256 of every file below `folder`."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_options_give_the_same_bytes_wherever_they_are_built(tmp_path: Path) -> None:
    built = []
    for number, place in enumerate(PLACES.values()):
        out = tmp_path / str(number)
        subprocess.run([sys.executable, "-c", BUILD, str(out)], check=True, env={**os.environ, **place})
        built.append(digests(out))
    assert len(built[0]) > 50
    assert built[1] == built[0]
    assert built[2] == built[0]


def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Conflict) as refused:
        world_build(out=tmp_path, options=SMALL)
    assert refused.value.key == "world.not_empty"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_is_no_folder_to_build_in(tmp_path: Path) -> None:
    (tmp_path / "world").write_text("mine", encoding="utf-8")
    with pytest.raises(Conflict):
        world_build(out=tmp_path / "world", options=SMALL)


def test_an_empty_folder_is_built_in_and_what_was_built_is_told(tmp_path: Path) -> None:
    out = tmp_path / "world"
    out.mkdir()
    told = world_build(out=out, options=SMALL).to_json()
    assert sorted(path.name for path in out.iterdir()) == ["sources", "truth"]
    assert told["rings"]["lanzhou"] == 1
    assert told["rows"]["person"] >= 1000
    assert told["files"] == sum(1 for path in (out / "sources").rglob("*") if path.is_file())
    assert [path.name for path in tmp_path.iterdir()] == ["world"]


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt(), RuntimeError("a bug")])
def test_a_build_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    def half(out: Path, *_: object, **__: object) -> None:
        (out / "sources").mkdir(parents=True)
        (out / "sources" / "half.csv").write_text("half", encoding="utf-8")
        raise fault

    monkeypatch.setattr(work, "build", half)
    with pytest.raises(DataError if isinstance(fault, OSError) else type(fault)):
        world_build(out=tmp_path / "world", options=SMALL)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_a_killed_build_leaves_nothing_where_the_world_should_be(tmp_path: Path) -> None:
    begun = subprocess.Popen([sys.executable, "-c", BUILD, str(tmp_path / "world")])
    try:
        while not list(tmp_path.glob(".world-*/sources/*/*")):
            assert begun.poll() is None
    finally:
        begun.kill()
        begun.wait()
    assert not (tmp_path / "world").exists()


def test_too_little_room_is_told_before_anything_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1 << 20))
    with pytest.raises(DataError) as refused:
        world_build(out=tmp_path / "world", options=SMALL)
    assert refused.value.key == "world.no_room"
    assert "--scale" in str(refused.value)
    assert not list(tmp_path.iterdir())
