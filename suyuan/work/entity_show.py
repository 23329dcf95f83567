"""`suyuan entities show`: who an entity is, under which ids institutions know it, and why it is held to be one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from suyuan.domain.contract import contracts
from suyuan.domain.say import say
from suyuan.domain.workspace import Workspace
from suyuan.lead.story import Cell
from suyuan.resolve.judgement import Judgement, Kind
from suyuan.sources import lake
from suyuan.work.entity_book import EntityBook, Row
from suyuan.work.entity_store import ResolutionInfo, latest
from suyuan.work.entity_told import Told, alike, card, number_of, odd, told_of
from suyuan.work.judge import known_judgements
from suyuan.work.weights import Weights

_ENDS = ("left_entity_id", "right_entity_id")
MOST_IDS = 60
MOST_PAIRS = 60

NUMBERS: Mapping[str, tuple[str, str]] = {
    "resident_id": ("person", "id_number"),
    "credit_code": ("company", "credit_code"),
    "account_number": ("account", "number"),
}
"""Kind of joining key → the table and column it is told and masked as."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One entity as the resolution has it, and what people judged of its ids since."""

    document: Mapping[str, Any]

    @property
    def entity_id(self) -> str:
        """Its id now."""
        return str(self.document["entity_id"])

    def to_json(self) -> dict[str, Any]:
        """Return the document."""
        return dict(self.document)


def show(text: str, *, workspace: Workspace, kind: Kind | None = None, as_of: date | None = None) -> Shown:
    """Return what is known of the entity that `text` names, in the resolution of `as_of`.

    Args:
        text: An entity id (an earlier one too), or an institution's id `source:source_key`.
        workspace: Where.
        kind: Needed where an institution uses one id for two kinds.
        as_of: A day; None: the last resolution that saw everything.

    The document has `entity_id`, `asked_id` (as it was named), `kind`, `name`, `records`, `since_no`, `number` (table
    and row that hold the joining key, or null), `ids` (`lake_id`, `source`, `row`: what is told in the columns of
    `table`; `odd`: columns told otherwise than most do; `by`: a certain `number`, `judged`, `weight`, or `id` where it
    stands by itself; `records`, `told_in`), `ids_total`, `alike`
    (what several ids tell in the same words), `pairs` (compared and joined, the weakest first, with what each
    comparison weighs in bits), `not_joined` (undecided or cut, the heaviest first), `judgements` (with `applied`),
    `earlier_ids`, `resolution_id`, `resolution_no`, `as_of` and `next_step`.

    Raises:
        NotFound: There is no such resolution or entity.
        UsageError: `text` names records of several kinds.
        DataError: A table or a file of the lake cannot be read.
    """
    resolution = latest(workspace, as_of=as_of)
    with EntityBook(resolution) as book:
        meant = book.meant(text, kind=kind)
        entity = book.entity(meant.entity_id)
        members = book.members(meant.entity_id)
        pairs = book.pairs(meant.entity_id)
        names = book.entities(sorted({row[side] for row in pairs for side in _ENDS}))
        judged = [one for one in known_judgements(workspace, as_of=as_of) if one.kind == meant.kind]
        homes = _homes(book, judged, kind=meant.kind)
        earlier = book.earlier(meant.entity_id)
    lake_ids = sorted({(row["source"], row["lake_id"]) for row in members})
    shown = {lake_id for _, lake_id in lake_ids[:MOST_IDS]}
    told = told_of([row for row in members if row["lake_id"] in shown], kind=meant.kind, files=lake.tables(workspace))
    own = {lake_id for _, lake_id in lake_ids}
    teller = _Teller(entity_id=meant.entity_id, names=names, weights=Weights(resolution))
    document = {
        **_head(entity, asked=text, resolution=resolution),
        "ids": _ids([_without_later(one, as_of=as_of) for one in told], entity=entity, pairs=pairs),
        "ids_total": len(lake_ids),
        "alike": [one.to_json() for one in alike(told)],
        **teller.pairs(pairs),
        "judgements": [_judged(one, homes) for one in judged if {one.left, one.right} & own],
        "earlier_ids": earlier,
    }
    return Shown(document={**document, "next_step": _next_step(document)})


def _head(entity: Row, *, asked: str, resolution: ResolutionInfo) -> dict[str, Any]:
    number = None
    if entity["key_value"] is not None and entity["key_kind"] in NUMBERS:
        table, column = NUMBERS[entity["key_kind"]]
        number = {"table": table, "row": {column: str(entity["key_value"]).split("@", maxsplit=1)[0]}}
    return {
        "entity_id": entity["entity_id"],
        "asked_id": asked,
        "kind": entity["kind"],
        "name": entity["name"],
        "records": entity["records"],
        "since_no": entity["since_no"],
        "number": number,
        "key_kind": entity["key_kind"],
        "resolution_id": resolution.resolution_id,
        "resolution_no": resolution.number,
        "as_of": resolution.as_of,
    }


def _ids(told: Sequence[Told], *, entity: Row, pairs: Sequence[Row]) -> list[dict[str, Any]]:
    kind: Kind = entity["kind"]
    cards = [card(one, kind=kind) for one in told]
    by = _joined_by(pairs, entity_id=entity["entity_id"])
    return [
        {
            **one.to_json(),
            "table": kind,
            "row": row,
            "odd": list(columns),
            "by": "number" if kind == "account" or number_of(one, kind=kind) else by.get(one.lake_id, "id"),
        }
        for one, row, columns in zip(told, cards, odd(cards), strict=True)
    ]


def _joined_by(pairs: Sequence[Row], *, entity_id: str) -> dict[str, str]:
    """Return lake id → `judged` or `weight`: what joined the ids that `pairs` hold together in `entity_id`."""
    found: dict[str, str] = {}
    for row in pairs:
        if row["left_entity_id"] == row["right_entity_id"] == entity_id:
            for lake_id in (row["left_lake_id"], row["right_lake_id"]):
                if row["why"] == "judged_same" or lake_id not in found:
                    found[lake_id] = "judged" if row["why"] == "judged_same" else "weight"
    return found


def _without_later(told: Told, *, as_of: date | None) -> Told:
    """Return `told` without what institutions fill in later, where only what was known on a day may be seen."""
    if as_of is None:
        return told
    rows = tuple((table, _known(table, row)) for table, row in told.rows)
    return Told(lake_id=told.lake_id, source=told.source, rows=rows, told_in=told.told_in)


def _known(table: str, row: Mapping[str, Cell]) -> Mapping[str, Cell]:
    columns = contracts()[table].columns
    return {name: cell for name, cell in row.items() if not columns[name].later}


def _homes(book: EntityBook, judged: Sequence[Judgement], *, kind: Kind) -> dict[str, str]:
    """Return lake id → entity of every id that was judged."""
    records = book.records(sorted({one for each in judged for one in (each.left, each.right)}), kind=kind)
    return {row["lake_id"]: row["entity_id"] for row in records}


def _judged(one: Judgement, homes: Mapping[str, str]) -> dict[str, Any]:
    left, right = homes.get(one.left), homes.get(one.right)
    together = left is not None and left == right
    return {
        "left_lake_id": one.left,
        "right_lake_id": one.right,
        "answer": one.answer,
        "actor": one.actor,
        "why": one.why,
        "recorded_at": one.recorded_at,
        "applied": one.answer == "unsure" or together == (one.answer == "same"),
    }


def _next_step(document: Mapping[str, Any]) -> str:
    if not all(one["applied"] for one in document["judgements"]):
        return say("entities.next_resolve")
    if any(pair["decision"] == "undecided" for pair in document["not_joined"]):
        return say("entities.next_review")
    return say("entities.next_fine")


@dataclass(frozen=True, kw_only=True)
class _Teller:
    """Tells the pairs of one entity."""

    entity_id: str
    names: Mapping[str, Row]
    weights: Weights

    def pairs(self, rows: Sequence[Row]) -> dict[str, Any]:
        """Return `pairs`, joined within the entity, the weakest first; `not_joined`; and how many there are."""
        inside = [row for row in rows if row["left_entity_id"] == row["right_entity_id"]]
        outside = [row for row in rows if row["left_entity_id"] != row["right_entity_id"]]
        return {
            "pairs": [self._pair(row) for row in inside[::-1][:MOST_PAIRS]],
            "pairs_total": len(inside),
            "not_joined": [self._pair(row) for row in outside[:MOST_PAIRS]],
            "not_joined_total": len(outside),
        }

    def _pair(self, row: Row) -> dict[str, Any]:
        swapped = row["right_entity_id"] == self.entity_id != row["left_entity_id"]
        mine, theirs = ("right", "left") if swapped else ("left", "right")
        other = row[f"{theirs}_entity_id"]
        plain = ("weight", "probability", "decision", "why")
        told = {
            "left_lake_id": row[f"{mine}_lake_id"],
            "right_lake_id": row[f"{theirs}_lake_id"],
            **{name: row[name] for name in plain},
            "agreed": self.weights.told(row),
        }
        if other == self.entity_id:
            return told
        named = self.names.get(other, {})
        return {**told, "other": {"kind": row["kind"], "id": other, "name": named.get("name")}}
