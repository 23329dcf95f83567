"""Why something is not the identifier it claims to be."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from suyuan.domain.errors import DataError


@dataclass(frozen=True, kw_only=True)
class Why:
    """A reason from the catalogue `ids.yml`, with the values its text names (identifiers among them are masked)."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the reason in the language now spoken."""
        return str(self.error())

    def error(self) -> DataError:
        """Return the same reason as an error to raise."""
        return DataError(self.key, **self.values)
