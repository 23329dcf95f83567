"""`suyuan resolve judge`, `suyuan entities merge` and `unmerge`: what people know of who is who goes into the ledger.

No row moves: the next resolution reads every judgement known by its day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from suyuan.access.mask import mask_text
from suyuan.access.pseudonym import pseudonym
from suyuan.domain.errors import Conflict, NotFound, UsageError
from suyuan.domain.say import say
from suyuan.domain.workspace import Workspace
from suyuan.ledger.store import Ledger
from suyuan.resolve.implied import Implied
from suyuan.resolve.judgement import Answer, Judgement, Kind, judge, judgements, merge, part
from suyuan.sources import lake
from suyuan.work.entity_book import EntityBook, Meant
from suyuan.work.entity_store import latest
from suyuan.work.entity_told import of_one_number, told_of

Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What was recorded: judgements on pairs of ids of institutions, about the entities `entity_ids`."""

    kind: Kind
    entity_ids: tuple[str, ...]
    judgements: tuple[Judgement, ...]

    def to_json(self) -> dict[str, Any]:
        """Return what was recorded and the next step."""
        return {
            "kind": self.kind,
            "entity_ids": list(self.entity_ids),
            "judgements": [
                {
                    "left_lake_id": one.left,
                    "right_lake_id": one.right,
                    "answer": one.answer,
                    "actor": one.actor,
                    "why": one.why,
                    "recorded_at": one.recorded_at,
                    "against_numbers": one.against_numbers,
                }
                for one in self.judgements
            ],
            "next_step": say("entities.next_resolve"),
        }


def known_judgements(workspace: Workspace, *, as_of: date | None = None) -> tuple[Judgement, ...]:
    """Return the last word on every pair, recorded by the end of `as_of`; none where nobody has judged yet."""
    if not workspace.ledger.is_file():
        return ()
    with Ledger(workspace.ledger) as ledger:
        return judgements(ledger.events(kind="entity."), as_of=as_of)


def judge_pair(
    left: str,
    right: str,
    answer: Answer,
    *,
    workspace: Workspace,
    actor: str,
    why: str,
    now: datetime,
    kind: Kind | None = None,
    against_numbers: bool = False,
) -> Judged:
    """Record whether `left` and `right` are one.

    Args:
        left: An id of an institution (`source:source_key`, or what stands in for it) or an entity id; of an entity the
            id is judged that stands in its heaviest pair with the other side, else its first.
        right: Likewise.
        answer: same, different or unsure.
        workspace: Its last resolution must know both.
        actor: Who judges.
        why: The reason; never empty.
        now: When.
        kind: Needed where an institution uses one id for two kinds.
        against_numbers: The judge knows that both bear different valid numbers, and says same all the same.

    Raises:
        NotFound: There is no resolution, or it knows nobody of that id.
        UsageError: There is no reason, both are one id or of two kinds, or the answer is not known.
        Conflict: Earlier judgements say the contrary, or both bear different valid numbers.
    """
    with EntityBook(latest(workspace)) as book:
        one, other = _both(book, left, right, kind=kind)
        if one.entity_id == other.entity_id and not (one.lake_id and other.lake_id):
            raise UsageError("entities.one_entity", id=one.entity_id)
        if answer == "same" and not against_numbers:
            _refuse_two_numbers(book, one.entity_id, other.entity_id)
        ids = _facing(book, one, other)
        if ids[0] == ids[1]:
            raise UsageError("entities.one_id", id=ids[0])
        certain = _certain(book, (one, other), workspace=workspace)
    _refuse_contrary(ids, answer, kind=one.kind, workspace=workspace, certain=certain)
    with Ledger(workspace.ledger) as ledger:
        told = judge(
            ledger,
            kind=one.kind,
            left=ids[0],
            right=ids[1],
            answer=answer,
            actor=actor,
            why=why,
            now=now,
            against_numbers=against_numbers and answer == "same",
        )
    return Judged(kind=one.kind, entity_ids=_distinct(one.entity_id, other.entity_id), judgements=(told,))


def merge_entities(
    left: str,
    right: str,
    *,
    workspace: Workspace,
    actor: str,
    why: str,
    now: datetime,
    against_numbers: bool = False,
) -> Judged:
    """Record that the entities `left` and `right` are one; a `different` between their ids is taken back by it.

    Raises:
        NotFound: There is no resolution, or no such entity.
        UsageError: There is no reason, both are one already, or they are of two kinds.
        Conflict: They bear different valid numbers and `against_numbers` is not given, or judgements on others of
            their ids say the contrary.
    """
    with EntityBook(latest(workspace)) as book:
        one, other = _both(book, left, right, kind=None)
        if one.entity_id == other.entity_id:
            raise UsageError("entities.one_entity", id=one.entity_id)
        if not against_numbers:
            _refuse_two_numbers(book, one.entity_id, other.entity_id)
        sides = [{row["lake_id"] for row in book.members(each.entity_id)} for each in (one, other)]
        ids, certain = _facing(book, one, other), _certain(book, (one, other), workspace=workspace)
    apart = {
        (each.left, each.right)
        for each in known_judgements(workspace)
        if each.kind == one.kind and each.answer == "different" and _across((each.left, each.right), sides)
    }
    pairs = sorted({_sorted(*ids)} | apart)
    _refuse_contrary(ids, "same", kind=one.kind, workspace=workspace, certain=certain, but=pairs)
    entities = (one.entity_id, other.entity_id)
    with Ledger(workspace.ledger) as ledger:
        told = merge(
            ledger,
            kind=one.kind,
            entities=entities,
            pairs=pairs,
            actor=actor,
            why=why,
            now=now,
            against_numbers=against_numbers,
        )
    return Judged(kind=one.kind, entity_ids=entities, judgements=told)


def unmerge_entity(
    entity_id: str, records: Sequence[str], *, workspace: Workspace, actor: str, why: str, now: datetime
) -> Judged:
    """Record that `records`, ids of institutions, belong together and not to the rest of `entity_id`.

    Raises:
        NotFound: There is no resolution or entity, or one of `records` is not among its ids.
        UsageError: There is no reason, no record is named, or all of them are.
    """
    with EntityBook(latest(workspace)) as book:
        entity = book.meant(entity_id)
        own = {row["lake_id"] for row in book.members(entity.entity_id)}
        named = {_own(book, text, entity=entity, own=own) for text in records}
    if not named:
        raise UsageError("entities.none_named", id=entity.entity_id)
    if named == own:
        raise UsageError("entities.all_named", id=entity.entity_id, count=len(own))
    with Ledger(workspace.ledger) as ledger:
        told = part(
            ledger,
            kind=entity.kind,
            entity_id=entity.entity_id,
            named=sorted(named),
            rest=sorted(own - named),
            actor=actor,
            why=why,
            now=now,
        )
    return Judged(kind=entity.kind, entity_ids=(entity.entity_id,), judgements=told)


def _both(book: EntityBook, left: str, right: str, *, kind: Kind | None) -> tuple[Meant, Meant]:
    """Return whom both texts name; an entity id tells the kind of an ambiguous other side."""
    told: list[Meant] = []
    for text in sorted((left, right), key=lambda text: ":" in text):
        told.append(book.meant(text, kind=kind or (told[0].kind if told and ":" in text else None)))
    one, other = told
    if one.kind != other.kind:
        raise UsageError("entities.two_kinds", left=left, right=right, kinds=", ".join(sorted({one.kind, other.kind})))
    return one, other


def _facing(book: EntityBook, one: Meant, other: Meant) -> Pair:
    """Return the lake ids to judge: those named; of entities, of the heaviest pair between them, else the first."""
    pair: dict[str, str] = {}
    if not (one.lake_id and other.lake_id):
        for row in book.pairs(one.entity_id):
            ends = {row["left_entity_id"]: row["left_lake_id"], row["right_entity_id"]: row["right_lake_id"]}
            if set(ends) == {one.entity_id, other.entity_id}:
                pair = ends
                break
    first, second = (
        each.lake_id or pair.get(each.entity_id) or _first_id(book, each.entity_id) for each in (one, other)
    )
    return first, second


def _first_id(book: EntityBook, entity_id: str) -> str:
    rows = sorted(book.members(entity_id), key=lambda row: (row["member_row_id"], row["table_name"], row["lake_id"]))
    return str(rows[0]["lake_id"])


def _refuse_two_numbers(book: EntityBook, left: str, right: str) -> None:
    one, other = book.entity(left), book.entity(right)
    if one["key_value"] and other["key_value"] and one["key_value"] != other["key_value"]:
        raise Conflict("entities.two_numbers", left=one["entity_id"], right=other["entity_id"])


def _certain(book: EntityBook, both: Sequence[Meant], *, workspace: Workspace) -> list[Pair]:
    """Return pairs of ids of the entities `both` that one valid number joins."""
    ids = sorted({one.entity_id for one in both})
    members = [row for entity_id in ids for row in book.members(entity_id)]
    return of_one_number(told_of(members, kind=both[0].kind, files=lake.tables(workspace)), kind=both[0].kind)


def _refuse_contrary(
    ids: Pair, answer: Answer, *, kind: Kind, workspace: Workspace, certain: Sequence[Pair], but: Iterable[Pair] = ()
) -> None:
    """Refuse an answer contrary to what follows from other judgements and the pairs `certain`.

    What was judged of `ids` and of `but` is replaced and plays no part. Of ids that only a number joins, people may say
    that they differ: numbers are borrowed and mistyped.
    """
    replaced = {_sorted(*ids), *but}
    held = [one for one in known_judgements(workspace) if one.kind == kind and (one.left, one.right) not in replaced]
    same = [(one.left, one.right) for one in held if one.answer == "same"]
    implied = Implied(
        same=[*same, *certain], different=[(one.left, one.right) for one in held if one.answer == "different"]
    )
    found = implied.answer(*ids)
    if answer == "unsure" or found is None or found == answer or Implied(same=certain).answer(*ids) == "same":
        return
    groups = {implied.group(one) for one in ids}
    about = [one for one in held if {implied.group(one.left), implied.group(one.right)} == groups]
    last = max(about, key=lambda one: (one.answer == found, one.recorded_at))
    key = "entities.judged_same" if found == "same" else "entities.judged_different"
    left, right = pseudonym(last.left), pseudonym(last.right)
    raise Conflict(key, actor=last.actor, day=last.recorded_at.date(), why=mask_text(last.why), left=left, right=right)


def _own(book: EntityBook, text: str, *, entity: Meant, own: set[str]) -> str:
    """Return the lake id that `text` names, which must be one of `own`."""
    if text in own:
        return text
    try:
        meant = book.meant(text, kind=entity.kind)
    except NotFound as fault:
        raise NotFound("entities.no_record", id=entity.entity_id, record=text) from fault
    if meant.lake_id not in own:
        raise NotFound("entities.no_record", id=entity.entity_id, record=text)
    return meant.lake_id


def _across(pair: Pair, sides: Sequence[set[str]]) -> bool:
    one, other = sides
    return (pair[0] in one and pair[1] in other) or (pair[1] in one and pair[0] in other)


def _sorted(left: str, right: str) -> Pair:
    return (left, right) if left <= right else (right, left)


def _distinct(*entity_ids: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entity_ids))
