"""Which files a name means."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from suyuan.domain.errors import NotFound, UsageError
from suyuan.domain.workspace import Workspace
from suyuan.work.ingest_named import meant
from tests.work.lake_of import people, take

BATCH = "batch_id,file_name,handover_sha256\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(root=tmp_path / "w")


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def files(workspace: Workspace, name: str) -> tuple[str, list[str]]:
    found = meant(workspace, name)
    return found.what, sorted(min(each.names, key=len) for each in found.files)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_is_meant_by_its_name_its_path_and_its_digest(workspace: Workspace, tmp_path: Path) -> None:
    one, other = write(tmp_path / "one.csv", people("a")), write(tmp_path / "other.csv", people("b"))
    take(workspace, "bank", one, other)
    for name in ("one.csv", str(one), digest(one), digest(one)[:8], digest(one)[:8].upper(), "file:one.csv"):
        assert files(workspace, name) == ("file", ["one.csv"])
    (found,) = meant(workspace, "one.csv").files
    assert (found.source, found.tables, found.rows, found.quarantined) == ("bank", {"person": 1}, 1, 0)


def test_seven_hex_are_too_few(workspace: Workspace, tmp_path: Path) -> None:
    one = write(tmp_path / "one.csv", people("a"))
    take(workspace, "bank", one)
    with pytest.raises(NotFound) as refused:
        meant(workspace, digest(one)[:7])
    assert "bank" in str(refused.value)


def test_an_institution_means_all_it_gave(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, "bank", write(tmp_path / "1.csv", people("a")), write(tmp_path / "2.csv", people("b")))
    take(workspace, "app", write(tmp_path / "3.csv", people("c")))
    assert files(workspace, "bank") == ("source", ["1.csv", "2.csv"])
    assert files(workspace, "source:app") == ("source", ["3.csv"])


def test_a_folder_and_an_archive_mean_what_is_in_them(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    take(workspace, "bank", write(folder / "1.csv", people("a")), write(folder / "sub" / "2.csv", people("b")))
    with zipfile.ZipFile(folder / "sub" / "z.zip", "w") as archive:
        archive.writestr("3.csv", people("c"))
        archive.writestr("4.csv", people("d"))
    take(workspace, "bank", folder / "sub" / "z.zip")
    assert files(workspace, str(folder / "sub" / "z.zip")) == ("file", ["3.csv", "4.csv"])
    assert files(workspace, "3.csv") == ("file", ["3.csv"])
    assert files(workspace, str(folder)) == ("file", ["1.csv", "2.csv", "3.csv", "4.csv"])


def test_two_files_of_one_name_are_listed_with_what_to_type(workspace: Workspace, tmp_path: Path) -> None:
    one, other = write(tmp_path / "x" / "t.csv", people("a")), write(tmp_path / "y" / "t.csv", people("b"))
    take(workspace, "bank", one, other)
    with pytest.raises(UsageError) as refused:
        meant(workspace, "t.csv")
    assert refused.value.key == "undo.ambiguous"
    assert all(digest(each)[:16] in str(refused.value) for each in (one, other))
    assert files(workspace, digest(other)[:16]) == ("file", ["t.csv"])
    assert files(workspace, str(one)) == ("file", ["t.csv"])


def test_a_path_that_held_two_files_in_turn_is_listed_too(workspace: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", people("a"))
    take(workspace, "bank", path)
    take(workspace, "bank", write(path, people("b")))
    with pytest.raises(UsageError) as refused:
        meant(workspace, str(path))
    assert digest(path)[:16] in str(refused.value)
    assert len(meant(workspace, str(tmp_path)).files) == 2


def test_a_file_called_like_an_institution_is_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, "bank.csv", write(tmp_path / "bank.csv", people("a")), write(tmp_path / "b.csv", people("b")))
    with pytest.raises(UsageError) as refused:
        meant(workspace, "bank.csv")
    assert "file:bank.csv" in str(refused.value)
    assert "source:bank.csv" in str(refused.value)
    assert files(workspace, "file:bank.csv") == ("file", ["bank.csv"])
    assert files(workspace, "source:bank.csv") == ("source", ["b.csv", "bank.csv"])


def test_a_batch_means_the_files_it_handed_over_and_its_own_list(workspace: Workspace, tmp_path: Path) -> None:
    one, two = write(tmp_path / "1.csv", people("a")), write(tmp_path / "2.csv", people("b"))
    three = write(tmp_path / "3.csv", people("c"))
    listed = write(tmp_path / "list.csv", f"{BATCH}B1,,{digest(one)}\nB1,2.csv,\n")
    both = write(tmp_path / "both.csv", f"{BATCH}B1,,{digest(one)}\nB2,3.csv,\n")
    take(workspace, "bank", one, two, three, listed, both)
    assert files(workspace, "B1") == ("batch", ["1.csv", "2.csv", "list.csv"])
    assert files(workspace, "bank:B1") == ("batch", ["1.csv", "2.csv", "list.csv"])
    assert files(workspace, "batch:B2") == ("batch", ["3.csv"])
