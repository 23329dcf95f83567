"""The lock: a version is a promise about what decides a firing.

`lock.json` of each folder ties `id@version` to a fingerprint of the SQL (comments and layout aside), the defaults of
the parameters, the subject and the optional tables. Prose may change freely.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlglot.tokenizer_core import TokenType

from suyuan.domain.errors import DataError
from suyuan.engine.text import tokens_of
from suyuan.typology.model import Group, Typology
from suyuan.typology.signals import canonical

FILE = "lock.json"


@dataclass(frozen=True, kw_only=True)
class Stale:
    """A typology that its lock does not know (`typology.unlocked`) or knows otherwise (`typology.changed`)."""

    id: str
    version: int
    key: str


def fingerprint(typology: Typology) -> str:
    """Return the digest of what decides a firing of `typology`."""
    words = [
        f"'{token.text}'" if token.token_type is TokenType.STRING else token.text.lower()
        for token in tokens_of(typology.sql)
    ]
    told = {
        "sql": words,
        "defaults": canonical({name: param.default for name, param in typology.params.items()}),
        "subject": typology.subject,
        "optional": sorted(typology.optional),
    }
    return sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def key(typology: Typology) -> str:
    """Return `id@version`."""
    return f"{typology.id}@{typology.version}"


def read_lock(folder: Path) -> dict[str, str]:
    """Return `id@version` → fingerprint of `folder`; empty where there is no lock yet.

    Raises:
        DataError: The lock is not what `write_lock` writes.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise DataError("typology.lock_unreadable", file=str(path), why=str(fault)) from fault
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        raise DataError("typology.lock_unreadable", file=str(path), why="not id@version → text")
    return told


def folder_of(group: Group, typology: Typology) -> Path:
    """Return the folder of `group` that holds `typology`."""
    family, name = typology.id.split(".")
    return next(folder for folder in group.folders if (folder / family / f"{name}.yml").is_file())


def stale(group: Group) -> list[Stale]:
    """Return the typologies whose lock is missing or tells of something else; drafts need none.

    Raises:
        DataError: A lock cannot be read.
    """
    locks: Mapping[Path, dict[str, str]] = {folder: read_lock(folder) for folder in group.folders}
    found: list[Stale] = []
    for typology in group.typologies.values():
        locked = locks[folder_of(group, typology)].get(key(typology))
        if locked is None and typology.status != "draft":
            found.append(Stale(id=typology.id, version=typology.version, key="typology.unlocked"))
        elif locked is not None and locked != fingerprint(typology):
            found.append(Stale(id=typology.id, version=typology.version, key="typology.changed"))
    return found


def write_lock(group: Group, *, rewrite: bool = False) -> list[str]:
    """Lock every typology of `group` that is no draft; return the `id@version` that were added or rewritten.

    Earlier versions stay in the lock. A locked version whose fingerprint differs is rewritten only when told to.

    Raises:
        DataError: A locked version was changed and `rewrite` is false; nothing is written.
    """
    changed = [each for each in stale(group) if each.key == "typology.changed"]
    if changed and not rewrite:
        told = ", ".join(f"{each.id} {each.version}" for each in changed)
        raise DataError("typology.lock_refused", changed=told)
    added: list[str] = []
    for folder in group.folders:
        locked = read_lock(folder)
        own = [typology for typology in group.typologies.values() if folder_of(group, typology) == folder]
        new = {key(typology): fingerprint(typology) for typology in own if typology.status != "draft"}
        fresh = [name for name, digest in new.items() if locked.get(name) != digest]
        if not fresh:
            continue
        added += fresh
        text = json.dumps({**locked, **new}, indent=2, sort_keys=True) + "\n"
        (folder / FILE).write_text(text, encoding="utf-8", newline="\n")
    return sorted(added)
