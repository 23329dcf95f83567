from pathlib import Path

from suyuan.typology.group import load_group
from suyuan.work.typology_check import model_group
from suyuan.work.typology_page import stale_pages, write_pages
from tests.typology.small import write

DOCS = Path(__file__).parent.parent.parent / "docs" / "typologies"


def test_pages_are_written_kept_fresh_and_removed(tmp_path: Path) -> None:
    group = load_group(write(tmp_path))
    into = tmp_path / "docs"
    assert write_pages(group, into=into) == ["lending.many_loans.md"]
    assert stale_pages(group, folder=into) == []
    (into / "lending.lost.md").write_text("gone", encoding="utf-8")
    (into / "lending.many_loans.md").write_text("old", encoding="utf-8")
    assert write_pages(group, into=into) == ["lending.lost.md", "lending.many_loans.md"]
    assert sorted(path.name for path in into.iterdir()) == ["lending.many_loans.md"]


def test_the_shipped_pages_are_fresh() -> None:
    """When this fails, type `suyuan typology page`."""
    assert stale_pages(model_group(), folder=DOCS) == []
