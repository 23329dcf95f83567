"""Which files a person meant who named folders."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from suyuan.sources.grid import Refused

_LITTER = {"__macosx", "thumbs.db", "desktop.ini"}
_LITTER_STARTS = ("~$", ".~", "._", ".")


@dataclass(frozen=True, kw_only=True)
class Walk:
    """The files to read, each once, and what was passed over and why."""

    files: tuple[Path, ...]
    passed: tuple[Refused, ...]


def is_litter(name: str) -> bool:
    """Return whether a file or folder of this name is litter: hidden, a lock, or a system's own notes."""
    return name.lower() in _LITTER or (name.startswith(_LITTER_STARTS) and name not in (".", ".."))


def walk(paths: Iterable[Path]) -> Walk:
    """Return the files under `paths`: those named, and those in the folders named, sorted by path within each.

    A file named outright is taken whatever it is called. Links below a folder are not followed when they lead out of
    it or to a folder. A path that does not exist is passed over as missing; whether it can be read is asked later.
    """
    files: dict[Path, None] = {}
    passed: list[Refused] = []
    for path in paths:
        if not path.is_dir():
            files.setdefault(path)
            continue
        root = path.resolve()
        for found in _below(path, root):
            if isinstance(found, Refused):
                passed.append(found)
            else:
                files.setdefault(found)
    return Walk(files=tuple(files), passed=tuple(passed))


def _below(folder: Path, root: Path) -> Iterator[Path | Refused]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as fault:
        yield _refused(folder, "read.not_readable", why=fault.strerror or type(fault).__name__)
        return
    for entry in entries:
        if is_litter(entry.name):
            yield _refused(entry, "read.litter", harmless=True)
        elif entry.is_symlink() and (entry.is_dir() or not entry.resolve().is_relative_to(root)):
            yield _refused(entry, "read.symlink")
        elif entry.is_dir():
            yield from _below(entry, root)
        else:
            yield entry


def _refused(path: Path, key: str, *, harmless: bool = False, **values: object) -> Refused:
    return Refused(file=str(path), key=key, values={"file": str(path), **values}, harmless=harmless)
