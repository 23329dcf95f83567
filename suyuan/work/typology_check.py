"""The verb behind `suyuan typology check` and `list`: loads the model group and says what its lock does not know."""

from dataclasses import dataclass
from pathlib import Path

from suyuan.domain.content import content_dir
from suyuan.typology.group import load_group
from suyuan.typology.lock import Stale, stale
from suyuan.typology.model import Group


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A model group without faults, and the typologies whose lock is stale."""

    group: Group
    stale: tuple[Stale, ...]


def model_group(also: Path | None = None) -> Group:
    """Return the shipped typologies, with those of the folder `also` when it is given.

    Raises:
        DataError: A file contradicts itself or another; every fault is listed.
    """
    folders = [content_dir("typologies"), *([also] if also is not None else [])]
    return load_group(*folders)


def typology_check(also: Path | None = None) -> Checked:
    """Check every typology and its lock.

    Raises:
        DataError: A file contradicts itself or another; every fault is listed.
    """
    group = model_group(also)
    return Checked(group=group, stale=tuple(stale(group)))
