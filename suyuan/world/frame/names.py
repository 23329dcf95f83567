"""What the kinds and roles of the truth are called, in both languages."""

from collections.abc import Mapping
from functools import cache

from suyuan.world.frame.figures import figures


@cache
def names() -> Mapping[str, Mapping[str, str]]:
    """Return kind of ring, role or look-alike → its name by language; in English a look-alike is its own name."""
    return {key: {"en": key, **each} for part in figures("names").values() for key, each in part.items()}
