"""The figures of the world: what a specialist may want to change stands in `world/data/`, read once."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from suyuan.domain.yamlfile import read_yaml

DATA = Path(__file__).parents[1] / "data"


@cache
def figures(*path: str) -> Mapping[str, Any]:
    """Return what the file of `path` below `world/data/` holds: `figures("life", "credit")` is `life/credit.yml`.

    Raises:
        ValueError: The file is no YAML.
        OSError: There is no such file.
    """
    found: Mapping[str, Any] = read_yaml(DATA.joinpath(*path).with_suffix(".yml"))
    return found
