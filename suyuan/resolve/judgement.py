"""What people judged of two ids of institutions: same, different or unsure. The ledger keeps who, why and when.

A later word on a pair takes the place of an earlier one. A judgement moves no row: the next resolution reads it. To
merge and to unmerge entities is to judge several pairs with one word, so that all of them are recorded or none.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Literal, get_args

from suyuan.domain.errors import UsageError
from suyuan.ledger.event import Event, Json
from suyuan.ledger.store import Ledger

JUDGED = "entity.judged"
MERGED = "entity.merged"
PARTED = "entity.parted"

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
    _checked(kind, why=why)
    if left == right:
        raise UsageError("entities.one_id", id=left)
    if answer not in get_args(Answer):
        raise UsageError("review.bad_answer", value=answer, known=", ".join(get_args(Answer)))
    first, second = sorted((left, right))
    body: dict[str, Json] = {"kind": kind, "left": first, "right": second, "answer": answer}
    if against_numbers:
        body["against_numbers"] = True
    event = ledger.append(JUDGED, f"{kind}:{first}|{second}", body, actor=actor, now=now, why=why)
    return _judged(event)[0]


def merge(
    ledger: Ledger,
    *,
    kind: Kind,
    entities: tuple[str, str],
    pairs: Sequence[tuple[str, str]],
    actor: str,
    why: str,
    now: datetime,
    against_numbers: bool = False,
) -> tuple[Judgement, ...]:
    """Record that the lake ids of each of `pairs` are the same, by one word about two `entities`; return the answers.

    Raises:
        UsageError: There is no reason, or the kind is not known.
        DataError: The ledger cannot be written.
    """
    _checked(kind, why=why)
    told: list[Json] = [list[Json](sorted(pair)) for pair in pairs]
    body: dict[str, Json] = {"kind": kind, "pairs": told, "against_numbers": against_numbers}
    event = ledger.append(MERGED, "|".join(sorted(entities)), body, actor=actor, now=now, why=why)
    return tuple(_judged(event))


def part(
    ledger: Ledger,
    *,
    kind: Kind,
    entity_id: str,
    named: Sequence[str],
    rest: Sequence[str],
    actor: str,
    why: str,
    now: datetime,
) -> tuple[Judgement, ...]:
    """Record that the lake ids `named` are one, and not the one that the lake ids `rest` are; return the answers.

    Raises:
        UsageError: There is no reason, or the kind is not known.
        DataError: The ledger cannot be written.
    """
    _checked(kind, why=why)
    body: dict[str, Json] = {"kind": kind, "named": list[Json](sorted(named)), "rest": list[Json](sorted(rest))}
    return tuple(_judged(ledger.append(PARTED, entity_id, body, actor=actor, now=now, why=why)))


def _checked(kind: str, *, why: str) -> None:
    if not why.strip():
        raise UsageError("entities.no_reason")
    if kind not in get_args(Kind):
        raise UsageError("entities.bad_kind", value=kind, known=", ".join(get_args(Kind)))


def judgements(events: Iterable[Event], *, as_of: date | None = None) -> tuple[Judgement, ...]:
    """Return the last word on every pair, in the order of kind, left and right.

    Args:
        events: Of a ledger, in order; kinds that judge nothing are passed over.
        as_of: What was recorded after the end of this day plays no part; None: everything counts.
    """
    last: dict[tuple[str, str, str], Judgement] = {}
    for event in events:
        if event.kind in _PAIRS and (as_of is None or event.recorded_at.date() <= as_of):
            last.update({(one.kind, one.left, one.right): one for one in _judged(event)})
    return tuple(last[pair] for pair in sorted(last))


def _judged(event: Event) -> list[Judgement]:
    body: Mapping[str, Any] = event.body  # the functions above let in nothing but what the fields below can hold
    return [
        Judgement(
            kind=body["kind"],
            left=left,
            right=right,
            answer=answer,
            actor=event.actor,
            why=event.why,
            recorded_at=event.recorded_at,
            against_numbers=body.get("against_numbers", False),
        )
        for left, right, answer in _PAIRS[event.kind](body)
    ]


def _of_merged(body: Mapping[str, Any]) -> list[tuple[str, str, Answer]]:
    return [(left, right, "same") for left, right in body["pairs"]]


def _of_parted(body: Mapping[str, Any]) -> list[tuple[str, str, Answer]]:
    named, rest = body["named"], body["rest"]
    apart = [(min(one, other), max(one, other)) for one in named for other in rest]
    chained = pairwise(named)
    return [*((*pair, "different") for pair in apart), *((*pair, "same") for pair in chained)]


_PAIRS: Mapping[str, Callable[[Mapping[str, Any]], list[tuple[str, str, Answer]]]] = {
    JUDGED: lambda body: [(body["left"], body["right"], body["answer"])],
    MERGED: _of_merged,
    PARTED: _of_parted,
}
"""Kind of event → the pairs it answers: left (the smaller id), right, answer."""
