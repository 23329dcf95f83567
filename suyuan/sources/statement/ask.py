"""What a statement leaves open, and the options that close it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from suyuan.domain.say import say

DateOrder = Literal["ymd", "mdy", "dmy"]
Positive = Literal["in", "out"]


@dataclass(frozen=True, kw_only=True)
class Hints:
    """What the user says about a file. A hint decides only what the file leaves open or tells masked."""

    own_account: str | None = None  # --own-account
    holder: str | None = None  # --holder
    currency: str | None = None  # --currency, ISO 4217
    date_order: DateOrder | None = None  # --date-order
    header: tuple[str, ...] | None = None  # --header, names of the columns of a file without a header row
    year: int | None = None  # --year of the statement's last day, for dates that show none
    positive: Positive | None = None  # --positive, whether an unsigned or positive amount is money in or out
    institution: str | None = None  # --institution, recorded as `source`


@dataclass(frozen=True, kw_only=True)
class Need:
    """One thing to be told: the option that tells it, and why (a catalogue key and its values)."""

    option: str
    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the question in the language now spoken."""
        return say(self.key, lang=None, option=self.option, **self.values)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A statement that can be read only once `needs` (at least one) are told."""

    needs: tuple[Need, ...]
