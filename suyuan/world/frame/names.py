"""What the kinds and roles of the truth are called, in both languages."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from suyuan.domain.yamlfile import read_yaml

NAMES = Path(__file__).parents[1] / "data" / "names.yml"


@cache
def names() -> Mapping[str, Mapping[str, str]]:
    """Return kind of ring, role or look-alike → its name by language; in English a look-alike is its own name."""
    told = dict(read_yaml(NAMES))
    return {key: {"en": key, **each} for part in told.values() for key, each in part.items()}
