"""A fault of a file that a person owns: where it is and what is wrong, in the language now spoken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from suyuan.domain.say import say


@dataclass(frozen=True)
class Fault:
    """One thing wrong with `file` at `place` (dotted path inside it, empty for the whole file)."""

    file: str
    place: str
    key: str  # catalogue key of what is wrong
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return `file: place: what is wrong`."""
        where = f"{self.file}: {self.place}" if self.place else self.file
        return f"{where}: {say(self.key, **self.values)}"


class Faults(tuple[Fault, ...]):
    """Several faults, told one a line."""

    __slots__ = ()

    def __new__(cls, faults: Iterable[Fault]) -> Self:
        """Keep `faults` in order of file and place."""
        return super().__new__(cls, sorted(faults, key=lambda fault: (fault.file, fault.place, fault.key)))

    def __str__(self) -> str:
        """Return one line a fault, each beginning with two spaces."""
        return "\n".join(f"  {fault}" for fault in self)
