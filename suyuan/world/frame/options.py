"""What a world is asked to be."""

from dataclasses import dataclass
from datetime import date

from suyuan.domain.errors import UsageError

START = date(2023, 7, 1)
RING_KINDS = ("lanzhou", "qitaihe", "greenhouse", "surrender")
LEVELS = (0, 1)
MONTHS = range(3, 31)  # the one-year loan prime rate, by which lines are drawn, is known to the end of 2025


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a world is asked to be; the same options give the same bytes.

    Attributes:
        seed: Any whole number from 0.
        scale: 1.0 is a city region: 200 k people, 15 k firms, 400 k accounts, 5 M transfers over 18 months.
        rings: Kinds of ring to plant, each `rings_a_kind` times; empty plants none.
        hidden: Share of rings that no report and no complaint names.
        evasion: 0 as published; 1 knows the public thresholds.
        months: How long the world lives, from 2023-07-01.
    """

    seed: int
    scale: float = 0.02
    rings: tuple[str, ...] = RING_KINDS
    hidden: float = 0.5
    evasion: int = 0
    months: int = 18

    def __post_init__(self) -> None:
        """Refuse what no world can be.

        Raises:
            UsageError: An option is outside its range; the message says which and what is allowed.
        """
        if self.seed < 0:
            raise UsageError("world.bad_seed", seed=self.seed)
        if not 0.005 <= self.scale <= 10:
            raise UsageError("world.bad_scale", scale=self.scale)
        if unknown := [kind for kind in self.rings if kind not in RING_KINDS]:
            raise UsageError("world.bad_ring", ring=", ".join(unknown), known=", ".join(RING_KINDS))
        if not 0 <= self.hidden <= 1:
            raise UsageError("world.bad_hidden", hidden=self.hidden)
        if self.evasion not in LEVELS:
            raise UsageError("world.bad_evasion", evasion=self.evasion)
        if self.months not in MONTHS:
            raise UsageError("world.bad_months", months=self.months, least=MONTHS[0], most=MONTHS[-1])

    @property
    def rings_a_kind(self) -> int:
        """How many rings of each kind are planted: ten at scale 1.0, never none."""
        return max(1, round(10 * self.scale))

    @property
    def end(self) -> date:
        """The first day after the world."""
        years, month = divmod(START.month - 1 + self.months, 12)
        return date(START.year + years, month + 1, 1)

    @property
    def days(self) -> int:
        """How many days the world lives."""
        return (self.end - START).days
