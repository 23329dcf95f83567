"""The verb `contract page`: one page a table, made from its contract."""

from collections.abc import Mapping
from pathlib import Path

from suyuan.domain.contract import Contract
from suyuan.domain.contract_page import index, page

INDEX = "index.md"


def contract_pages(contracts: Mapping[str, Contract]) -> dict[str, str]:
    """Return file name → Markdown for every contract, and the index."""
    pages = {f"{table}.md": page(contract) for table, contract in contracts.items()}
    return {INDEX: index(list(contracts.values())), **pages}


def write_pages(contracts: Mapping[str, Contract], *, into: Path) -> list[str]:
    """Write the pages into the folder `into`, remove pages of tables that are gone, return the names that changed."""
    into.mkdir(parents=True, exist_ok=True)
    pages = contract_pages(contracts)
    changed = stale_pages(contracts, folder=into)
    for name in changed:
        if name in pages:
            (into / name).write_text(pages[name], encoding="utf-8", newline="\n")
        else:
            (into / name).unlink()
    return changed


def stale_pages(contracts: Mapping[str, Contract], *, folder: Path) -> list[str]:
    """Return the names of pages in `folder` that are missing, differ from their contracts or have none."""
    pages = contract_pages(contracts)
    standing = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    standing = {name: text for name, text in standing.items() if name in pages or _is_page(name, text)}
    names = sorted({*pages, *standing})
    return [name for name in names if pages.get(name) != standing.get(name)]


def _is_page(name: str, text: str) -> bool:
    """Return whether `text` was made here: what people wrote beside the pages is never removed."""
    return text.startswith("# ") and text.splitlines()[2:3] == [f"`{name.removesuffix('.md')}`"]
