"""Finds the content that analysts own: typologies, contracts, mappings.

It lies beside the package in a checkout and inside it in a wheel.
"""

from pathlib import Path
from typing import Literal

Content = Literal["typologies", "contracts", "mappings"]

_PACKAGE = Path(__file__).parent.parent


def content_dir(kind: Content) -> Path:
    """Return the folder of the shipped `kind`."""
    inside = _PACKAGE / "content" / kind
    return inside if inside.is_dir() else _PACKAGE.parent / kind
