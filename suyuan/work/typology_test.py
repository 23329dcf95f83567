"""The verb behind `suyuan typology test`: tries typologies on their cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from suyuan.domain.errors import NotFound
from suyuan.domain.tell import Tell
from suyuan.engine.open import EngineName, open_engine
from suyuan.money.steps import plan as loan_cost
from suyuan.typology.model import Group, Typology
from suyuan.typology.trial import Derived, Outcome, try_case

DERIVED: Mapping[str, Derived] = MappingProxyType(
    {"loan_cost": Derived(needs=("loan", "loan_fee", "repayment"), steps=tuple(loan_cost()))}
)
"""Tables that a run works out and typologies read."""


@dataclass(frozen=True, kw_only=True)
class Tested:
    """How the cases went, on which engine."""

    engine: EngineName
    outcomes: tuple[Outcome, ...]

    @property
    def passed(self) -> bool:
        """Whether every case went as expected."""
        return all(outcome.passed for outcome in self.outcomes)


def chosen(group: Group, ids: Sequence[str]) -> list[Typology]:
    """Return the typologies called `ids`, all when none is called.

    Raises:
        NotFound: An id names none.
    """
    for name in ids:
        if name not in group.typologies:
            raise NotFound("typology.unknown", id=name, known=", ".join(group.typologies) or "–")
    return [typology for name, typology in group.typologies.items() if not ids or name in ids]


def typology_test(
    group: Group,
    *,
    ids: Sequence[str] = (),
    engine: EngineName = "duck",
    tell: Tell | None = None,
) -> Tested:
    """Try every case of the typologies called `ids` (all when none is called) on `engine`.

    Raises:
        NotFound: An id names no typology.
        DataError: A case holds a value that does not fit, a typology cannot run, or the engine cannot start.
    """
    todo = [(typology, case) for typology in chosen(group, ids) for case in typology.cases]
    outcomes: list[Outcome] = []
    opened = open_engine(engine, threads=2, small=True)
    try:
        for done, (typology, case) in enumerate(todo):
            if tell is not None:
                tell(typology.id, done, len(todo))
            outcomes.append(try_case(opened, typology, case, derive=DERIVED))
    finally:
        opened.close()
    return Tested(engine=engine, outcomes=tuple(outcomes))
