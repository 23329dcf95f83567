"""The names under which models are told what they should have found."""

from collections.abc import Mapping
from functools import cache

from suyuan.world.frame.figures import figures


@cache
def _families() -> Mapping[str, str]:
    return {name: family for family, names in figures("models").items() for name in names}


def model_id(name: str) -> str:
    """Return the id of the model `name`, `<family>.<name>`.

    Raises:
        ValueError: There is no such model in `world/data/models.yml`.
    """
    if name not in _families():
        raise ValueError(f"no model is called {name}")
    return f"{_families()[name]}.{name}"
