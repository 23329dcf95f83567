"""Joins the clusters of one kind by what was weighed and judged, and says of every pair what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from suyuan.engine.protocol import Engine
from suyuan.resolve.cluster import (
    CERTAIN,
    JOINED,
    JUDGED,
    JUDGED_APART,
    NONE,
    SCORED,
    TWO_NUMBERS,
    UNDECIDED,
    Clusters,
    Nodes,
    Pairs,
    clustered,
)
from suyuan.resolve.model.weights import Model
from suyuan.resolve.weighed import first_of_each

ROOT = pa.schema([(name, pa.string()) for name in ("kind", "cluster", "root")])
"""Which cluster stands for each that was joined to others."""

COMPARED = pa.schema(
    [
        *((name, pa.string()) for name in ("kind", "left_lake_id", "right_lake_id")),
        ("weight", pa.float64()),
        ("probability", pa.float64()),
        *((name, pa.string()) for name in ("decision", "why", "levels")),
    ]
)
"""Pairs of ids and what became of them, before entities have ids."""

JOIN_AT = 3.17
"""Bits, chance before any evidence included, from which a pair joins: odds of nine to one that both are one."""

_NUMBERS_DIFFER = r"(^|;)(id|code)=0(;|$)"
"""Both tell a number, one of them no valid key, and they differ by more than a mask or a slip: that is two numbers."""

_NAMES_DIFFER = r"^name=0;(.*;)?(id|code)=-1(;|$)|^name=[0-5];code=-1;rep=0(;|$)"
"""No number ties them, and names have nothing in common (kin under one roof, twins, shells of one room and one phone),
or firms of names that are only alike have representatives of other names (copycats, everyday homophones)."""

_BIRTH_ALONE = r"^name=-1;family=-1;given=-1;birth=\d+;id=-1;sex=-?\d+(;\w+=-1)*$"
"""Nothing to compare but birth and sex: a day's births are many people's, however few the lake holds."""

BIRTHS_HOLD = 0.01
"""Births part people unless of the records of one person at least this share tells births that differ altogether,"""

BIRTHS_WRONG = 10
"""and at least this many pairs do: what few records say of slips is no ground to join two births."""

_OTHER_NAMES = JUDGED_APART + 1  # an answer of this module's own, after those of the clustering

_SAID: tuple[tuple[str, str | None], ...] = (
    ("undecided", None),
    ("joined", None),
    ("cut", "two_numbers"),
    ("cut", "two_births"),
    ("cut", "judged_different"),
    ("undecided", "names_differ"),
)
"""Answer of the clustering → decision and reason."""


@dataclass(frozen=True, kw_only=True)
class Joined:
    """Roots as `ROOT`, and pairs as `COMPARED`."""

    roots: pa.Table
    pairs: pa.Table


@dataclass(frozen=True, kw_only=True)
class _Edges:
    """Pairs of clusters: names, kind of pair, and the ids that stand for them."""

    left: pa.Array
    right: pa.Array
    left_lake_id: pa.Array
    right_lake_id: pa.Array
    kind: NDArray[np.int64]
    weight: pa.Array
    probability: pa.Array
    levels: pa.Array


def join(
    engine: Engine, kind: str, *, pairs: pa.Table | None, profiles: pa.Table | None, model: Model | None
) -> Joined:
    """Return which clusters of `kind` are one.

    Args:
        engine: Knows `judged_placed` and `judged_tie`.
        kind: Person, company or account.
        pairs: As `weigh` gives them; None: the kind is not weighed.
        profiles: Of the kind, in the order of `profile_no`, with `node_no`, `cluster`, `lake_id`, `key_text` and, of
            people, `birth`.
        model: What weighed the pairs; says whether told births may part people.
    """
    judged, ties = _of(engine, "judged_placed", kind), _of(engine, "judged_tie", kind)
    edges = _edges(judged.filter(pc.equal(judged["answer"], "same")), ties, pairs, profiles)
    apart = judged.filter(pc.equal(judged["answer"], "different"))
    names = pc.unique(pa.concat_arrays([edges.left, edges.right, *_sides(apart)]))
    left, right, *sides = (_codes(names, side) for side in (edges.left, edges.right, *_sides(apart)))
    weight = pc.fill_null(edges.weight, 0.0).to_numpy()
    nodes = _nodes(names, profiles, births=model is not None and kind == "person" and _births_hold(model))
    differ = _says(edges.levels, _NUMBERS_DIFFER)
    others, bare = _says(edges.levels, _NAMES_DIFFER), _says(edges.levels, _BIRTH_ALONE)
    found = clustered(
        nodes,
        Pairs(left=left, right=right, weight=weight, kind=edges.kind, free=~(differ | others | bare)),
        apart=(sides[0], sides[1]),
        join_at=JOIN_AT,
    )
    heavy = (found.answer == UNDECIDED) & (weight >= JOIN_AT)
    told = np.select([heavy & differ, heavy & others], [TWO_NUMBERS, _OTHER_NAMES], found.answer)
    found = Clusters(root=found.root, answer=told)
    return Joined(roots=_roots(kind, names, found), pairs=_compared(kind, edges, found, apart))


def _of(engine: Engine, table: str, kind: str) -> pa.Table:
    told = engine.read(table)
    told = told.filter(pc.equal(told["kind"], kind))
    return told.sort_by([(name, "ascending") for name in told.column_names]).combine_chunks()


def _sides(table: pa.Table) -> tuple[pa.Array, pa.Array]:
    return table["left_cluster"].combine_chunks(), table["right_cluster"].combine_chunks()


def _codes(names: pa.Array, side: pa.Array) -> NDArray[np.int64]:
    return np.asarray(pc.index_in(side, value_set=names)).astype(np.int64)


def _edges(judged: pa.Table, ties: pa.Table, pairs: pa.Table | None, profiles: pa.Table | None) -> _Edges:
    scored = _scored(pairs, profiles) if pairs is not None and profiles is not None else None
    parts = [_plain(judged, "left_id", "right_id"), _plain(ties, None, None), *([scored] if scored else [])]
    counts = [judged.num_rows, ties.num_rows, *([scored.num_rows] if scored else [])]
    told = pa.concat_tables(parts).combine_chunks()
    column = {name: told[name].combine_chunks() for name in told.column_names}
    return _Edges(kind=np.repeat([JUDGED, CERTAIN, SCORED][: len(counts)], counts).astype(np.int64), **column)


_EDGE = pa.schema(
    [
        *((name, pa.string()) for name in ("left", "right", "left_lake_id", "right_lake_id")),
        *((name, pa.float64()) for name in ("weight", "probability")),
        ("levels", pa.string()),
    ]
)


def _plain(table: pa.Table, left_id: str | None, right_id: str | None) -> pa.Table:
    """Return pairs that no weight was worked out for; ties of ids have clusters that say which ids."""
    left, right = _sides(table)
    none = pa.nulls(table.num_rows)
    ids = [
        table[name].combine_chunks() if name else pc.utf8_slice_codeunits(side, len("lake:"), stop=2**31 - 1)
        for name, side in ((left_id, left), (right_id, right))
    ]
    return pa.table([left, right, *ids, *(none.cast(field.type) for field in list(_EDGE)[4:])], schema=_EDGE)


def _scored(pairs: pa.Table, profiles: pa.Table) -> pa.Table:
    """Return scored pairs of clusters: of each two the heaviest pair of their profiles."""
    left, right = (profiles["node_no"].take(pairs[side]).to_numpy() for side in ("left_no", "right_no"))
    weight = pairs["weight"].to_numpy()
    low, high = np.minimum(left, right), np.maximum(left, right)
    order = np.lexsort((pairs["right_no"].to_numpy(), pairs["left_no"].to_numpy(), -weight, high, low))
    first = np.ones(len(order), np.bool_)
    first[1:] = (np.diff(low[order]) != 0) | (np.diff(high[order]) != 0)
    best = pairs.take(pa.array(order[first]))
    cells = [profiles[name].take(best[side]) for name in ("cluster", "lake_id") for side in ("left_no", "right_no")]
    return pa.table([*cells, *(best[name] for name in ("weight", "probability", "levels"))], schema=_EDGE)


def _nodes(names: pa.Array, profiles: pa.Table | None, *, births: bool) -> Nodes:
    number, birth = np.full(len(names), NONE, np.int64), np.full(len(names), NONE, np.int64)
    if profiles is None:
        return Nodes(number=number, birth=birth)
    place = np.asarray(pc.fill_null(pc.index_in(profiles["cluster"], value_set=names), NONE)).astype(np.int64)
    known = place >= 0
    told = profiles["key_text"].combine_chunks().dictionary_encode()
    codes = np.asarray(pc.fill_null(told.indices, NONE)).astype(np.int64)
    number[place[known]] = codes[known]
    if births:
        days = np.asarray(pc.fill_null(pc.cast(profiles["birth"], pa.int64()), NONE)).astype(np.int64)
        said = known & (days >= 0)
        least, most = np.full(len(names), 2**40, np.int64), np.full(len(names), NONE, np.int64)
        np.minimum.at(least, place[said], days[said])
        np.maximum.at(most, place[said], days[said])
        birth = np.where(least == most, most, NONE)
    return Nodes(number=number, birth=birth)


def _births_hold(model: Model) -> bool:
    share_of_one, _ = model.weights["birth"][-1]
    return share_of_one < BIRTHS_HOLD or share_of_one * model.evidence["one_entity"] < BIRTHS_WRONG


def _says(levels: pa.Array, pattern: str) -> NDArray[np.bool_]:
    return np.asarray(pc.fill_null(pc.match_substring_regex(levels, pattern), False))


def _roots(kind: str, names: pa.Array, found: Clusters) -> pa.Table:
    """Return the root of every cluster that is not its own; of each group the least text stands for all."""
    rank = np.empty(len(names), np.int64)
    order = np.asarray(pc.sort_indices(names)).astype(np.int64)
    rank[order] = np.arange(len(names))
    least = np.full(len(names), len(names), np.int64)
    np.minimum.at(least, found.root, rank)
    root = order[least[found.root]] if len(names) else found.root
    moved = pa.array(np.flatnonzero(root != np.arange(len(names))))
    return pa.table(
        [pa.array([kind] * len(moved), pa.string()), names.take(moved), names.take(pa.array(root).take(moved))],
        schema=ROOT,
    )


def _compared(kind: str, edges: _Edges, found: Clusters, apart: pa.Table) -> pa.Table:
    """Return every pair with its answer; of two ids judged different that nothing else compared, the judgement."""
    judged = (edges.kind == JUDGED) & (found.answer == JOINED)
    code = np.where(judged, len(_SAID), found.answer)
    decision = _worded(code, [decision for decision, _ in (*_SAID, ("joined", "judged_same"))])
    why = _worded(code, [why for _, why in (*_SAID, ("joined", "judged_same"))])
    swapped = pc.greater(edges.left_lake_id, edges.right_lake_id)
    told = pa.table(
        [
            pa.array([kind] * len(code), pa.string()),
            pc.if_else(swapped, edges.right_lake_id, edges.left_lake_id),
            pc.if_else(swapped, edges.left_lake_id, edges.right_lake_id),
            edges.weight,
            edges.probability,
            decision,
            why,
            edges.levels,
        ],
        schema=COMPARED,
    )
    parted = pa.table(
        [
            pa.array([kind] * apart.num_rows, pa.string()),
            apart["left_id"],
            apart["right_id"],
            *(pa.nulls(apart.num_rows, pa.float64()) for _ in range(2)),
            pa.array(["cut"] * apart.num_rows, pa.string()),
            pa.array(["judged_different"] * apart.num_rows, pa.string()),
            pa.nulls(apart.num_rows, pa.string()),
        ],
        schema=COMPARED,
    )
    return _once(pa.concat_tables([told, parted]))


def _worded(code: NDArray[np.int64], words: Sequence[str | None]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(code.astype(np.int32)), pa.array(words, pa.string())).cast(
        pa.string()
    )


def _once(told: pa.Table) -> pa.Table:
    """Return `told` with each two ids once: the answer with a reason stands before the one by weight alone."""
    grounded = told.append_column("by_weight", pc.is_null(told["why"]))
    keys = ("kind", "left_lake_id", "right_lake_id")
    return first_of_each(grounded, keys, order=(*keys, "by_weight", "weight")).select(COMPARED.names)
