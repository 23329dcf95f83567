"""Trains a model on the profiles themselves: no labels are needed, keys teach where there are any.

Everything drawn is drawn by digest, so the same profiles train the same model on every machine and both engines. What
is drawn is small and weighed in DuckDB, whatever engine holds the profiles.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from suyuan.engine.duck import DuckEngine
from suyuan.engine.native import forget
from suyuan.engine.protocol import Engine
from suyuan.engine.step import Keep, Step
from suyuan.resolve.model.features import featured
from suyuan.resolve.model.fitting import Floats, Seen, fitted
from suyuan.resolve.model.linker import Splink
from suyuan.resolve.model.rarity import rarities_of
from suyuan.resolve.model.shape import Shape
from suyuan.resolve.model.weights import Model

DRAWN_NODES = 1_200  # 0.7 M pairs: a chance of one in a hundred thousand is seen seven times
DRAWN_PAIRS = 120_000  # candidates, and as many pairs of one key
ALL = 4096  # shares are drawn by three hexadecimal digits of a digest

_DRAWN = """
with firsts as (
  select node_no, min(profile_no) as profile_no
  from {profiles}
  group by node_no
),
drawn as (
  select profile_no
  from firsts
  order by md5(cast(node_no as text)), profile_no
  limit {most}
)
select *
from {profiles}
where profile_no in (select profile_no from drawn)
"""
_SOME = """
select join_key_l, join_key_r, match_key
from {pairs}
where '0' || substr(md5(cast(join_key_l as text) || ' ' || cast(join_key_r as text)), 1, 3) < '{share:04x}'
"""
_KEYED_COUNT = """
select sum(profiles * (profiles - 1) // 2) as many
from (select node_no, count(*) as profiles from {profiles} where keyed group by node_no) as n
"""
_KEYED = """
select a.profile_no as join_key_l, b.profile_no as join_key_r, '0' as match_key
from {profiles} as a
join {profiles} as b on b.node_no = a.node_no
where a.keyed and b.keyed and a.profile_no < b.profile_no
  and '0' || substr(md5(cast(a.node_no as text)), 1, 3) < '{share:04x}'
"""
_INSIDE = """
select *
from {profiles}
where profile_no in (select join_key_l from {pairs} union select join_key_r from {pairs})
"""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many profiles there are, without a key, new, and how many nodes."""

    profiles: int
    keyless: int
    fresh: int
    nodes: int

    @property
    def open_pairs(self) -> float:
        """Return how many pairs are not both keyed; pairs of one node, which are few, count too."""
        return max(1.0, self.keyless * (self.keyless - 1) / 2 + self.keyless * (self.profiles - self.keyless))

    @property
    def open_share(self) -> float:
        """Return the share of all pairs that are not both keyed."""
        return self.open_pairs / max(1.0, self.profiles * (self.profiles - 1) / 2)


def trained(
    engine: Engine, shape: Shape, *, profiles: str, pairs: str, blocks: tuple[str, ...], counts: Counts
) -> Model:
    """Return the model of `profiles`, whose candidates are in `pairs`.

    Raises:
        DataError: Splink refuses; the message holds its words.
    """
    rarities = rarities_of(engine, shape, profiles)
    weights = {each.name: tuple((level.m, level.u) for level in each.levels) for each in shape.comparisons}
    start = Model(kind=shape.kind, prior=0.001, weights=weights, rarities=rarities, blocks=blocks, evidence={})
    drawing = _Drawing(engine=engine, shape=shape, start=start, profiles=profiles)
    seen = drawing.seen(pairs, counts)
    prior, weights, one = fitted(shape.comparisons, seen)
    evidence = {
        "profiles": counts.profiles,
        "nodes": counts.nodes,
        "candidates": round(float(seen.pairs.sum())),
        "one_entity": one,
        "keyed_pairs": round(max((float(told.sum()) for told in seen.keyed.values()), default=0.0)),
    }
    return Model(kind=shape.kind, prior=prior, weights=weights, rarities=rarities, blocks=blocks, evidence=evidence)


@dataclass(frozen=True, kw_only=True)
class _Drawing:
    """Draws pairs from `profiles` of `engine` and counts their levels."""

    engine: Engine
    shape: Shape
    start: Model
    profiles: str

    def seen(self, pairs: str, counts: Counts) -> Seen:
        """Look at candidates, at pairs of one key, and at pairs drawn at random."""
        many = self._number(f"select count(*) as many from {pairs}")
        levels, seen = self._patterns(_SOME.format(pairs=pairs, share=_share(many)))
        chance, drawn = self._chance()
        return Seen(
            levels=levels,
            pairs=seen * (many / max(float(seen.sum()), 1.0)),
            total=counts.open_pairs,
            chance=chance,
            drawn=drawn,
            drawn_open=counts.open_share,
            keyed=self._keyed(),
            nodes=counts.nodes,
        )

    def _keyed(self) -> dict[str, Floats]:
        """Return comparison → counts of its levels, from the best down, among pairs of one key."""
        many = self._number(_KEYED_COUNT.format(profiles=self.profiles))
        if not many:
            return {}
        levels, seen = self._patterns(_KEYED.format(profiles=self.profiles, share=_share(many)))
        found = {}
        for at, each in enumerate(self.shape.comparisons):
            told = levels[:, at] >= 0
            if each.keyed_tells and told.any():
                counts = np.bincount(levels[told, at], weights=seen[told], minlength=len(each.levels))
                found[each.name] = counts[::-1].astype(np.float64)
        return found

    def _chance(self) -> tuple[Mapping[str, tuple[float, ...]], float]:
        """Return how often levels occur among pairs of nodes drawn by digest, and how many pairs those are."""
        drawn = self._table(_DRAWN.format(profiles=self.profiles, most=DRAWN_NODES))
        if drawn.num_rows < 2:
            return {}, 0.0
        with self._aside({"model_drawn": drawn}) as (duck, splink):
            featured(duck, self.shape, self.start, profiles="model_drawn", pairs=None, into="model_seen")
            return splink.chance(), drawn.num_rows * (drawn.num_rows - 1) / 2

    def _patterns(self, sql: str) -> tuple[npt.NDArray[np.int64], Floats]:
        """Return the patterns of levels among the pairs of `sql`, and how many pairs show each."""
        self.engine.run([Step(name="model_some", sql=sql, keep=Keep.TABLE)])
        try:
            some = self.engine.read("model_some").sort_by([("join_key_l", "ascending"), ("join_key_r", "ascending")])
            inside = self._table(_INSIDE.format(profiles=self.profiles, pairs="model_some"))
        finally:
            forget(self.engine, ["model_some"])
        with self._aside({"model_drawn": inside, "model_pairs": some}) as (duck, splink):
            featured(duck, self.shape, self.start, profiles="model_drawn", pairs=None, into="model_seen")
            told = splink.patterns("model_pairs")
        told = told.sort_by([(name, "ascending") for name in told.schema.names if name != "pairs"])
        columns = [told[f"level_{each.name}"].to_numpy().astype(np.int64) for each in self.shape.comparisons]
        return np.stack(columns, axis=1), told["pairs"].to_numpy().astype(np.float64)

    @contextmanager
    def _aside(self, tables: Mapping[str, pa.Table]) -> Iterator[tuple[Engine, Splink]]:
        """Give a DuckDB of its own that holds `tables`, and Splink over its `model_seen`."""
        duck = DuckEngine(threads=2)
        try:
            for name, table in tables.items():
                duck.write(name, table)
            yield duck, Splink(duck, self.shape, self.start, profiles="model_seen")
        finally:
            duck.close()

    def _table(self, sql: str) -> pa.Table:
        self.engine.run([Step(name="model_drawn", sql=sql, keep=Keep.TABLE)])
        try:
            return self.engine.read("model_drawn").sort_by("profile_no")
        finally:
            forget(self.engine, ["model_drawn"])

    def _number(self, sql: str) -> int:
        self.engine.run([Step(name="model_count", sql=sql, keep=Keep.TABLE)])
        try:
            return int(self.engine.read("model_count")["many"][0].as_py() or 0)
        finally:
            forget(self.engine, ["model_count"])


def _share(pairs: int) -> int:
    """Return how many of `ALL` to draw; all of them while they are few."""
    return min(ALL, max(1, ALL * DRAWN_PAIRS // max(pairs, 1)))
