"""How long work says where it stands."""

from collections.abc import Callable

Tell = Callable[[str, int, int | None], None]
"""Told by long work: what is being done, how much is done, how much there is (None: unknown)."""
