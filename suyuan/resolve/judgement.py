"""What people judged of two ids of institutions: same, different or unsure. The ledger keeps who, why and when.

A later word on a pair takes the place of an earlier one. A judgement moves no row: the next resolution reads it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

from suyuan.domain.errors import UsageError
from suyuan.ledger.event import Event, Json
from suyuan.ledger.store import Ledger

JUDGED = "entity.judged"

Kind = Literal["person", "company", "account"]
Answer = Literal["same", "different", "unsure"]


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """An answer that somebody answers for.

    `left` and `right` are lake ids (`source:source_key`), `left` the smaller. `against_numbers` is true where `same`
    was said although both are known to bear different valid numbers.
    """

    kind: Kind
    left: str
    right: str
    answer: Answer
    actor: str
    why: str
    recorded_at: datetime
    against_numbers: bool = False


def judge(
    ledger: Ledger,
    *,
    kind: Kind,
    left: str,
    right: str,
    answer: Answer,
    actor: str,
    why: str,
    now: datetime,
    against_numbers: bool = False,
) -> Judgement:
    """Record what `actor` answered on the lake ids `left` and `right` (in any order) and return it.

    Raises:
        UsageError: There is no reason, both ids are one, or the kind or the answer is not known.
        DataError: The ledger cannot be written.
    """
    if not why.strip():
        raise UsageError("entities.no_reason")
    if left == right:
        raise UsageError("entities.one_id", id=left)
    if kind not in get_args(Kind):
        raise UsageError("entities.bad_kind", value=kind, known=", ".join(get_args(Kind)))
    if answer not in get_args(Answer):
        raise UsageError("review.bad_answer", value=answer, known=", ".join(get_args(Answer)))
    first, second = sorted((left, right))
    body: dict[str, Json] = {"kind": kind, "left": first, "right": second, "answer": answer}
    if against_numbers:
        body["against_numbers"] = True
    event = ledger.append(JUDGED, f"{kind}:{first}|{second}", body, actor=actor, now=now, why=why)
    return _judgement(event)


def judgements(events: Iterable[Event], *, as_of: date | None = None) -> tuple[Judgement, ...]:
    """Return the last word on every pair, in the order of kind, left and right.

    Args:
        events: Of a ledger, in order; kinds other than `entity.judged` are passed over.
        as_of: What was recorded after the end of this day plays no part; None: everything counts.
    """
    last: dict[tuple[str, str, str], Judgement] = {}
    for event in events:
        if event.kind == JUDGED and (as_of is None or event.recorded_at.date() <= as_of):
            one = _judgement(event)
            last[one.kind, one.left, one.right] = one
    return tuple(last[pair] for pair in sorted(last))


def _judgement(event: Event) -> Judgement:
    body: Mapping[str, Any] = event.body  # `judge` let in nothing but what the fields below can hold
    return Judgement(
        kind=body["kind"],
        left=body["left"],
        right=body["right"],
        answer=body["answer"],
        actor=event.actor,
        why=event.why,
        recorded_at=event.recorded_at,
        against_numbers=body.get("against_numbers", False),
    )
