from pathlib import Path

from suyuan.domain.contract import contracts
from suyuan.work.contract_page import contract_pages, stale_pages, write_pages

DOCS = Path(__file__).parents[2] / "docs" / "tables"


def test_the_pages_in_docs_are_fresh() -> None:
    assert stale_pages(contracts(), folder=DOCS) == [], "run: suyuan contract page"


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    assert write_pages(contracts(), into=tmp_path / "new") == sorted(contract_pages(contracts()))
    assert write_pages(contracts(), into=tmp_path / "new") == []


def test_the_page_of_a_table_that_is_gone_goes_too(tmp_path: Path) -> None:
    write_pages(contracts(), into=tmp_path)
    (tmp_path / "gone.md").write_text("# Gone\n\n`gone`\n", encoding="utf-8")
    (tmp_path / "notes.md").write_text("# Notes of a person\n", encoding="utf-8")
    (tmp_path / "entry.md").write_text("edited", encoding="utf-8")
    assert write_pages(contracts(), into=tmp_path) == ["entry.md", "gone.md"]
    assert not (tmp_path / "gone.md").exists()
    assert (tmp_path / "notes.md").exists()
