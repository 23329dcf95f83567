"""The verb behind `suyuan typology page`: writes the page of every typology, or says which are not fresh."""

from pathlib import Path

from suyuan.typology.model import Group
from suyuan.typology.page import page


def stale_pages(group: Group, *, folder: Path) -> list[str]:
    """Return the names of pages in `folder` that are missing, say something else, or belong to no typology."""
    fresh = {f"{name}.md": page(typology) for name, typology in group.typologies.items()}
    found = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}
    return sorted(name for name in fresh.keys() | found.keys() if fresh.get(name) != found.get(name))


def write_pages(group: Group, *, into: Path) -> list[str]:
    """Write `<id>.md` for every typology into the folder `into`, remove pages of no typology, return what changed."""
    changed = stale_pages(group, folder=into)
    into.mkdir(parents=True, exist_ok=True)
    for name in changed:
        typology = group.typologies.get(name.removesuffix(".md"))
        if typology is None:
            (into / name).unlink()
        else:
            (into / name).write_text(page(typology), encoding="utf-8", newline="\n")
    return changed
