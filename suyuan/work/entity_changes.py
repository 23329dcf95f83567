"""What became of people, firms and accounts from one resolution to the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

CHANGES = ("new", "grown", "reduced", "renamed", "merged", "split", "gone")
"""Every way in which an entity may change, in the order in which they are told."""

SCHEMA = pa.schema(
    [
        ("change", pa.string()),
        ("kind", pa.string()),
        ("entity_id", pa.string()),
        ("other_ids", pa.list_(pa.string())),
        ("records_before", pa.int64()),
        ("records_after", pa.int64()),
        ("gained", pa.int64()),
        ("lost", pa.int64()),
    ]
)

_KEYS = ("kind", "table_name", "member_row_id", "lake_id", "entity_id")
_TEXTS = pa.schema([(name, pa.string()) for name in _KEYS])
_NOBODY = -1

Codes = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class EntityChanges:
    """Entities that changed, and how many did not.

    Attributes:
        table: One row a change, in the columns of `SCHEMA`, by change, kind and id. `entity_id` is the entity as it is
            now; of `split` and `gone` the one that was. `other_ids` are, of `merged`, the ids that went into it (its
            own too, where it had one); of `split`, those its records went to; of `renamed`, the id it had; else empty.
            `gained` and `lost` count records that are new to the lake or have left it, not those that moved.
        unchanged: Kind → entities of the same id and the same records.
    """

    table: pa.Table
    unchanged: Mapping[str, int]

    @property
    def counts(self) -> dict[str, int]:
        """Change → entities, `unchanged` last; every word of `CHANGES` is there."""
        found = {str(word): int(count) for word, count in _counted(self.table["change"]).items()}
        return {**{word: found.get(word, 0) for word in CHANGES}, "unchanged": sum(self.unchanged.values())}

    def to_json(self, *, most: int) -> dict[str, Any]:
        """Return the counts and of each change the first `most` entities, in JSON's types."""
        shown: list[dict[str, Any]] = []
        for word in CHANGES:
            shown += self.table.filter(pc.equal(self.table["change"], word)).slice(0, most).to_pylist()
        return {"counts": self.counts, "changed": shown}


def changes(before: pa.Table, after: pa.Table) -> EntityChanges:
    """Return what became of every entity from `before` to `after`.

    Args:
        before: Rows of `entity_member`: `kind`, `table_name`, `member_row_id`, `lake_id`, `entity_id`; text, no nulls.
        after: The same of a later resolution.

    A record of the register of its kind is known by its row. One that another table tells (an account in a transfer, a
    holder in an account) is known by its id alone: which row tells it first is an accident of file names, and it is no
    record any more once the register has the id. An entity of several changes has a row for each of new, grown, reduced
    or renamed (the first that fits, from the end), merged, split and gone. Deterministic. Cost: a sort of all records.
    """
    sides = _Sides.of(before, after)
    edges, gained, lost = sides.compared()
    parts = np.bincount(edges[0], minlength=sides.entities)
    sources = np.bincount(edges[1], minlength=sides.entities)
    was, now = sides.before.size > 0, sides.after.size > 0
    split, merged = parts > 1, sources > 1
    plain = np.flatnonzero((sources[edges[1]] == 1) & (parts[edges[0]] == 1))
    came, went = edges[1][plain], edges[0][plain]
    word = np.where(came != went, "renamed", np.where(lost[went] > 0, "reduced", "grown"))
    still = (came == went) & (lost[went] == 0) & (gained[came] == 0)
    rows = [
        sides.rows("new", np.flatnonzero(now & (sources == 0)), gained=gained),
        sides.rows("merged", np.flatnonzero(merged), gained=gained, others=(edges[1], edges[0])),
        sides.rows("split", np.flatnonzero(split), lost=lost, others=(edges[0], edges[1])),
        sides.rows("gone", np.flatnonzero(was & (parts == 0)), lost=lost),
    ]
    for each in ("grown", "reduced", "renamed"):
        chosen = (word == each) & ~still
        pairs = (came[chosen], went[chosen])
        rows.append(sides.rows(each, came[chosen], gained=gained, lost=lost, went=pairs))
    table = pa.concat_tables(rows)
    order = pc.sort_indices(
        table.append_column("_no", pc.index_in(table["change"], pa.array(CHANGES))),
        sort_keys=[("_no", "ascending"), ("kind", "ascending"), ("entity_id", "ascending")],
    )
    unchanged = _counted(sides.kinds.take(pa.array(came[still])))
    return EntityChanges(table=table.take(order), unchanged={str(kind): count for kind, count in unchanged.items()})


@dataclass(frozen=True, kw_only=True)
class _Side:
    """One resolution: by unit the entity that holds it, by lake id the first that does, by entity its records."""

    owner: Codes
    lake_owner: Codes
    size: Codes


@dataclass(frozen=True, kw_only=True)
class _Sides:
    """Both resolutions in one numbering of entities, units (records as they are told apart) and lake ids."""

    ids: pa.Array
    kinds: pa.Array
    before: _Side
    after: _Side
    told: NDArray[np.bool_]  # by unit: not of a register
    lake_of: Codes

    @property
    def entities(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, before: pa.Table, after: pa.Table) -> "_Sides":
        both = pa.concat_tables([each.select(_KEYS).cast(_TEXTS) for each in (before, after)])
        register = pc.equal(both["table_name"], both["kind"])
        row = pc.if_else(register, pc.binary_join_element_wise(both["table_name"], both["member_row_id"], " "), "")
        lake, _ = _coded(pc.binary_join_element_wise(both["kind"], both["lake_id"], " "))
        unit, names = _coded(pc.binary_join_element_wise(both["kind"], both["lake_id"], row, "\n"))
        entity, ids = _coded(both["entity_id"])
        firsts = _firsts(entity, len(ids))
        units = _firsts(unit, len(names))
        sides = []
        for part in (slice(0, before.num_rows), slice(before.num_rows, None)):
            owner = _owners(unit[part], entity[part], len(names))
            lakes = _owners(lake[part], entity[part], int(lake.max(initial=_NOBODY)) + 1)
            size = np.bincount(owner[owner >= 0], minlength=len(ids))
            sides.append(_Side(owner=owner, lake_owner=lakes, size=size))
        return cls(
            ids=ids,
            kinds=both["kind"].take(pa.array(firsts)).combine_chunks(),
            before=sides[0],
            after=sides[1],
            told=~register.to_numpy()[units],
            lake_of=lake[units],
        )

    def compared(self) -> tuple[tuple[Codes, Codes], Codes, Codes]:
        """Return which entities share records as (before, after), then by entity the records gained and lost."""
        was, now = self.before.owner, self.after.owner
        left = np.where((now == _NOBODY) & self.told, self.after.lake_owner[self.lake_of], now)
        came = np.where((was == _NOBODY) & self.told, self.before.lake_owner[self.lake_of], was)
        met = [(one * self.entities + other)[(one >= 0) & (other >= 0)] for one, other in ((was, left), (came, now))]
        edges = np.sort(np.concatenate(met))
        edges = edges[np.append(True, edges[1:] != edges[:-1])[: len(edges)]]
        gained = np.bincount(now[(now >= 0) & (came == _NOBODY)], minlength=self.entities)
        lost = np.bincount(was[(was >= 0) & (left == _NOBODY)], minlength=self.entities)
        return (edges // self.entities, edges % self.entities), gained, lost

    def rows(
        self,
        change: str,
        chosen: Codes,
        *,
        gained: Codes | None = None,
        lost: Codes | None = None,
        others: tuple[Codes, Codes] | None = None,
        went: tuple[Codes, Codes] | None = None,
    ) -> pa.Table:
        """Return one row of `change` for each of the entities `chosen`.

        `others` are all (entity, other id) pairs of those that merged or split; `went` says for each of `chosen` the
        entity it was.
        """
        earlier = went[1] if went else chosen
        renamed = [[self.ids[int(old)].as_py()] for old in went[1]] if went and change == "renamed" else None
        listed = self._listed(chosen, others) if others else renamed or [[] for _ in chosen]
        none = np.zeros(self.entities, dtype=np.int64)
        columns = [
            pa.array([change] * len(chosen), pa.string()),
            self.kinds.take(pa.array(chosen)),
            self.ids.take(pa.array(chosen)),
            pa.array(listed, pa.list_(pa.string())),
            pa.array(self.before.size[earlier]),
            pa.array(self.after.size[chosen]),
            pa.array((none if gained is None else gained)[chosen]),
            pa.array((none if lost is None else lost)[earlier]),
        ]
        return pa.table(columns, schema=SCHEMA)

    def _listed(self, chosen: Codes, others: tuple[Codes, Codes]) -> list[list[str]]:
        """Return the other ids of each of `chosen`, sorted; few entities merge or split."""
        owner, other = others
        kept = np.isin(owner, chosen)
        names = self.ids.take(pa.array(other[kept])).to_pylist()
        found: dict[int, list[str]] = {int(entity): [] for entity in chosen}
        for entity, name in zip(owner[kept].tolist(), names, strict=True):
            found[entity].append(name)
        return [sorted(names) for names in found.values()]


def _coded(column: pa.ChunkedArray) -> tuple[Codes, pa.Array]:
    """Return the values of `column` as numbers from 0, and the values by number."""
    chunks = column.dictionary_encode().unify_dictionaries().chunks
    if not chunks:
        return np.zeros(0, dtype=np.int64), pa.array([], pa.string())
    return np.concatenate([chunk.indices.to_numpy() for chunk in chunks]).astype(np.int64), chunks[0].dictionary


def _firsts(codes: Codes, count: int) -> Codes:
    """Return by code the first place where it stands."""
    found = np.zeros(count, dtype=np.int64)
    found[codes[::-1]] = np.arange(len(codes), dtype=np.int64)[::-1]
    return found


def _owners(codes: Codes, entity: Codes, count: int) -> Codes:
    """Return by code the entity that holds it, the one numbered first where several do."""
    found = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(found, codes, entity)
    return np.where(found == np.iinfo(np.int64).max, _NOBODY, found)


def _counted(column: pa.ChunkedArray | pa.Array) -> dict[Any, int]:
    told = pc.value_counts(column)
    return dict(sorted((each["values"], each["counts"]) for each in told.to_pylist()))
