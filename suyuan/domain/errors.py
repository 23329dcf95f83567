"""The errors of the house.

    SuyuanError
    ├── UsageError    the call cannot be carried out as it was made
    ├── DataError     data were refused: what, where, and what to do next
    ├── NotFound      nothing bears the name that was asked for
    └── Conflict      somebody else holds it, or it has already been decided

An error carries the key of a catalogue message and its values, so the same error reads in Chinese and in English.
Nothing here knows exit codes or HTTP; the edges map the leaves (`suyuan/cli/edge.py`).
"""

from typing import Any

from suyuan.domain.say import say


class SuyuanError(Exception):
    """An expected failure, told to a person in words of the catalogue."""

    def __init__(self, key: str, /, **values: object) -> None:
        """Keep the catalogue `key` and the `values` its text names."""
        super().__init__(key)
        self.key = key
        self.values: dict[str, Any] = values

    def __str__(self) -> str:
        """Return the message in the language now spoken."""
        return say(self.key, **self.values)


class UsageError(SuyuanError):
    """The call cannot be carried out as it was made."""


class DataError(SuyuanError):
    """Data were refused."""


class NotFound(SuyuanError):  # noqa: N818 - the field's word
    """Nothing bears the name that was asked for."""


class Conflict(SuyuanError):  # noqa: N818 - the field's word
    """Somebody else holds it, or it has already been decided."""
