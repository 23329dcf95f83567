"""On what terms a ring lends, and how its victims go on: one evasion level of `data/rings/<kind>.yml`."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Shares are in a thousand, pairs are the lowest and the highest value, mappings are value → weight."""

    first_note_fen: int
    """Median of a victim's first note."""
    first_note_spread: float
    note_step_fen: int
    """Notes are whole multiples of this."""
    note_least_fen: int
    note_cap_fen: int
    """No note is larger: a larger debt is settled by several."""
    withheld: Mapping[int, int]
    """Share of the note kept back from the pay-out."""
    side_fee: tuple[int, int]
    """Share of the note that a third firm takes after the pay-out under another name."""
    term_days: Mapping[int, int]
    yearly_rate: int
    """Interest as quoted, due with the note."""
    penalty_daily: int
    """Share of the base for a day overdue."""
    penalty_compounds: bool
    """Whether unpaid penalties join the base ("interest on interest"); else the base stays the note."""
    claim_days: int
    """After so many days overdue what is claimed grows no further."""
    profiles: Mapping[str, int]
    loans: Mapping[str, tuple[int, int, float]]
    """Loans of a victim by profile: the least, the median above that, and the spread of the log-normal."""
    roll: tuple[int, int]
    """Share of what is due that new notes bring when a debt is settled by them; the rest is the victim's own."""
    penniless: int
    """Share of victims who settle everything by new notes."""
    branch: int
    """Chance that a debt is settled by two new notes instead of one."""
    loans_a_lane: int
    """A victim of so many loans begins one more chain of notes."""
    jitter: float
    """Spread of a new note around what is needed."""
    late: int
    late_days: int
    extension: int
    extension_fee: int
    last_is_paid: int
    """Chance that a victim whose chain of notes ends pays the last ones out of his own means."""
    part_paid: int
    """Chance that somebody who stops paying has paid something towards his penalties."""
    settle_days: tuple[int, int]
    """Days between a new note's pay-out and the settlement of the old one."""
    piece_fen: int
    """A repayment is cut into pieces around this; 0: paid in one."""

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Terms":
        """Return the terms in `told`, which may hold more."""
        return cls(**{field.name: told[field.name] for field in fields(cls)})
