"""What is true of a world: its rings, who does what in them, their victims, its look-alikes."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.models import model_id

Profile = Literal["rolled_over", "paid_and_left", "stopped_paying", "paid_for"]

NOT_CORE = frozenset({"victim", "straw_borrower", "unrelated_service"})
"""Roles whose bearers are no core of a ring."""


@dataclass(kw_only=True)
class RingTruth:
    """One planted ring. `ring_id` is `<kind>-<n>`; tenants of a rented platform name their `parent`."""

    index: int
    ring_id: str
    kind: str
    hidden: bool
    parent: str | None = None
    story: dict[str, int] = field(default_factory=dict)
    """Step → first day of the world: recruit, prepare, strike, launder, wind_down."""


@dataclass(kw_only=True)
class Truths:
    """Told by rings and look-alikes while they play; written to `truth/` at the end. Ids are those of the tables."""

    rings: list[RingTruth] = field(default_factory=list)
    roles: list[tuple[int, Ints, str, int]] = field(default_factory=list)
    victims: list[tuple[int, Ints, str, Ints, Ints, Ints]] = field(default_factory=list)
    controllers: list[tuple[int, int, int]] = field(default_factory=list)
    shown: list[tuple[int, str, Ints]] = field(default_factory=list)
    alike: list[tuple[str, int, Ints, str]] = field(default_factory=list)

    def ring(
        self, *, kind: str, number: int, hidden: bool, parent: str | None = None, story: dict[str, int]
    ) -> RingTruth:
        """Plant a ring and return it; its `index` is what rows are labelled with."""
        made = RingTruth(
            index=len(self.rings), ring_id=f"{kind}-{number}", kind=kind, hidden=hidden, parent=parent, story=story
        )
        self.rings.append(made)
        return made

    def role(self, ring: RingTruth, who: Ints | int, role: str, *, since: int = 0) -> None:
        """Say that people or firms `who` act as `role` in `ring` from day `since`. One may hold several roles."""
        self.roles.append((ring.index, np.atleast_1d(np.asarray(who, np.int64)), role, since))

    def controller(self, ring: RingTruth, who: int, *, rank: int) -> None:
        """Say that person `who` controls `ring`; the one behind everything has rank 1."""
        self.controllers.append((ring.index, int(who), rank))

    def victim(
        self, ring: RingTruth, who: Ints, profile: Profile, *, received_fen: Ints, paid_fen: Ints, claimed_fen: Ints
    ) -> None:
        """Say what each victim received, paid, and is still asked for. His role is told by this too."""
        self.victims.append((ring.index, np.atleast_1d(who), profile, received_fen, paid_fen, claimed_fen))

    def shows(self, ring: RingTruth, model: str, subjects: Ints) -> None:
        """Say which subjects (people, firms, accounts, apps …) of `ring` the model of that name should name.

        Raises:
            ValueError: There is no such model.
        """
        self.shown.append((ring.index, model_id(model), np.atleast_1d(np.asarray(subjects, np.int64))))

    def look_alike(self, kind: str, number: int, who: Ints, role: str = "main") -> None:
        """Say that people or firms `who` are the `number`-th honest look-alike of `kind`.

        `main` are those whom a careless model would take for members of a ring; `crowd` are their customers.
        """
        self.alike.append((kind, number, np.atleast_1d(np.asarray(who, np.int64)), role))
