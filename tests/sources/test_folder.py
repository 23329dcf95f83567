import sys
from pathlib import Path

import pytest

from suyuan.sources.folder import is_litter, walk


def test_folders_are_walked_in_order_and_litter_is_told(tmp_path: Path) -> None:
    for name in ("b/2.csv", "b/10.csv", "a.csv", "b/~$2.xlsx", ".DS_Store", "__MACOSX/._a.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = walk([tmp_path])
    assert [str(path.relative_to(tmp_path)) for path in found.files] == [
        "a.csv",
        str(Path("b/10.csv")),
        str(Path("b/2.csv")),
    ]
    assert {(Path(one.file).name, one.key, one.harmless) for one in found.passed} == {
        (".DS_Store", "read.litter", True),
        ("__MACOSX", "read.litter", True),
        ("~$2.xlsx", "read.litter", True),
    }


def test_a_file_named_twice_is_read_once_and_a_named_file_is_never_litter(tmp_path: Path) -> None:
    path = tmp_path / ".hidden.csv"
    path.write_text("x")
    missing = tmp_path / "missing.csv"
    assert walk([path, missing, path]).files == (path, missing)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_out_of_the_folder_and_links_to_folders_are_told_and_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out.csv"
    inside.mkdir()
    outside.write_text("x")
    (inside / "a.csv").write_text("x")
    (inside / "good.csv").symlink_to(inside / "a.csv")
    (inside / "bad.csv").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    found = walk([inside])
    assert [path.name for path in found.files] == ["a.csv", "good.csv"]
    assert [(Path(one.file).name, one.key) for one in found.passed] == [
        ("bad.csv", "read.symlink"),
        ("loop", "read.symlink"),
    ]


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "iterdir", refuse)
    (one,) = walk([tmp_path]).passed
    assert (one.key, one.values["why"]) == ("read.not_readable", "no")


@pytest.mark.parametrize(("name", "litter"), [("~$a.xlsx", True), ("Thumbs.db", True), ("._a", True), ("a.csv", False)])
def test_litter_is_known_by_its_name(name: str, litter: bool) -> None:
    assert is_litter(name) is litter
