"""Ids through merges, splits, days and files taken out."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pytest

from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine
from suyuan.resolve.lineage import plan

_MEMBER = ("entity_id", "kind", "table_name", "member_row_id", "source", "source_key", "lake_id")


def own(record: str) -> str:
    """The id of an entity whose first record is `record`."""
    return "p-" + hashlib.md5(f"person {record} s:{record}".encode()).hexdigest()[:16]


@dataclass
class Lives:
    """Resolutions one after the other; a cluster is a string of records, each a letter."""

    engine: Engine
    number: int = 0
    found: dict[str, str] = field(default_factory=dict)  # record → entity id
    since: dict[str, int] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)

    def go(self, *clusters: str, row: str = "") -> dict[str, str]:
        """Resolve to `clusters`; `row` is written before every row id. Return cluster → entity id."""
        for table in ("entity_anchor", "entity_member", "entity_redirect"):
            if self.number:
                self.engine.write(f"previous_{table}", self.engine.read(table))
        self.number += 1
        self._lay(clusters, row=row)
        self.engine.run(plan(number=self.number, follows=self.number > 1))
        told = self.engine.read("entity_member").to_pylist()
        self.found = {each["lake_id"].removeprefix("s:"): each["entity_id"] for each in told}
        entities = self.engine.read("entity").to_pylist()
        self.since = {each["entity_id"]: each["since_no"] for each in entities}
        self.redirects = {each["old_id"]: each["entity_id"] for each in self.engine.read("entity_redirect").to_pylist()}
        self._check(clusters, entities=len(entities))
        return {cluster: self.found[cluster[0]] for cluster in clusters}

    def _lay(self, clusters: Sequence[str], *, row: str) -> None:
        rows = [
            dict(zip(_MEMBER, (own(min(c)), "person", "person", row + r, "s", r, f"s:{r}"), strict=True))
            for c in clusters
            for r in c
        ]
        members = pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in _MEMBER]))
        self.engine.write("entity_member", members)
        self.engine.write("entity_of", members.select(["kind", "lake_id", "entity_id"]))
        nothing = {name: pa.nulls(len(clusters), pa.string()) for name in ("name", "key_kind", "key_value")}
        columns = {"entity_id": [own(min(c)) for c in clusters], "kind": ["person"] * len(clusters), **nothing}
        entities = pa.table({**columns, "records": pa.array([len(c) for c in clusters], pa.int64())})
        self.engine.write("entity", entities)

    def _check(self, clusters: Sequence[str], *, entities: int) -> None:
        """What must hold of every resolution."""
        by_lake = {each["lake_id"]: each["entity_id"] for each in self.engine.read("entity_of").to_pylist()}
        assert by_lake == {f"s:{record}": entity for record, entity in self.found.items()}
        assert all(len({self.found[record] for record in cluster}) == 1 for cluster in clusters)
        assert len(self.since) == len(set(self.found.values())) == entities == len(clusters)
        assert set(self.since) == set(self.found.values())
        assert not set(self.redirects) & set(self.since)
        assert set(self.redirects.values()) <= set(self.since)
        anchors = self.engine.read("entity_anchor").to_pylist()
        held = {each["entity_id"]: each["lake_id"].removeprefix("s:") for each in anchors}
        assert len(held) == len(anchors)
        assert {*self.since, *self.redirects} <= set(held)
        assert all(self.found[held[entity]] == entity for entity in self.since)


@pytest.fixture
def lives(engine: Engine) -> Lives:
    return Lives(engine)


def test_the_first_resolution_names_entities_after_their_first_records(lives: Lives) -> None:
    assert lives.go("ab", "c") == {"ab": own("a"), "c": own("c")}
    assert lives.since == {own("a"): 1, own("c"): 1}
    assert lives.redirects == {}


def test_an_earlier_record_takes_no_id_away(lives: Lives) -> None:
    lives.go("b")
    assert lives.go("ab") == {"ab": own("b")}
    assert (lives.since, lives.redirects) == ({own("b"): 1}, {})


def test_of_two_that_merge_the_older_lives_though_the_other_has_more_records(lives: Lives) -> None:
    lives.go("z")
    lives.go("z", "abc")
    assert lives.go("abcz") == {"abcz": own("z")}
    assert (lives.since, lives.redirects) == ({own("z"): 1}, {own("a"): own("z")})


def test_of_two_of_one_age_the_one_with_more_records_lives(lives: Lives) -> None:
    lives.go("a", "bc")
    assert lives.go("abc") == {"abc": own("b")}
    assert lives.redirects == {own("a"): own("b")}


def test_an_id_redirected_twice_leads_straight_to_the_one_that_lives(lives: Lives) -> None:
    lives.go("c")
    lives.go("c", "b")
    lives.go("c", "b", "a")
    lives.go("c", "ab")
    lives.go("abc")
    assert lives.redirects == {own("a"): own("c"), own("b"): own("c")}


def test_redirects_stay_when_nothing_happens(lives: Lives) -> None:
    lives.go("a", "bc")
    lives.go("abc")
    assert lives.go("abc", "d")["abc"] == own("b")
    assert lives.redirects == {own("a"): own("b")}


def test_of_one_that_splits_the_part_with_its_record_keeps_the_id(lives: Lives) -> None:
    lives.go("b", "c")
    lives.go("abc")
    assert lives.go("a", "bc") == {"a": own("a"), "bc": own("b")}
    assert lives.since == {own("a"): 3, own("b"): 1}


def test_a_merge_taken_back_gives_both_their_ids_again(lives: Lives) -> None:
    lives.go("ab", "cd")
    lives.go("abcd")
    assert lives.go("ab", "cd") == {"ab": own("a"), "cd": own("c")}
    assert (lives.since, lives.redirects) == ({own("a"): 1, own("c"): 1}, {})


def test_what_left_the_lake_and_came_back_has_the_id_it_had(lives: Lives) -> None:
    lives.go("b", "x")
    lives.go("ab", "x")
    lives.go("x")
    assert lives.since == {own("x"): 1}
    assert lives.go("ab", "x")["ab"] == own("b")
    assert lives.since[own("b")] == 1


def test_an_entity_that_lost_its_first_record_keeps_its_id_and_a_newcomer_takes_none_that_is_taken(
    lives: Lives,
) -> None:
    lives.go("abc")
    assert lives.go("bc") == {"bc": own("a")}
    found = lives.go("a", "bc")
    assert found["bc"] == own("a")
    assert found["a"] not in (own("a"), own("b"), own("c"))
    assert lives.go("a", "bc") == found


def test_a_redirect_outlives_the_record_of_the_old_id(lives: Lives) -> None:
    lives.go("ab", "c")
    lives.go("abc")
    lives.go("ab")
    assert lives.redirects == {own("c"): own("a")}
    lives.go("d")
    assert lives.redirects == {}


def test_a_record_told_first_in_another_row_is_the_same_record(lives: Lives) -> None:
    lives.go("a", "bc")
    assert lives.go("a", "bc", row="0") == {"a": own("a"), "bc": own("b")}
    assert lives.since == {own("a"): 1, own("b"): 1}


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_an_entity_of_the_same_records_keeps_its_id(seed: int) -> None:
    dice = random.Random(seed)
    engine = DuckEngine(memory="1GiB", threads=1)
    lives = Lives(engine)
    before: dict[str, str] = {}
    for _ in range(7):
        parts = dice.randrange(1, 6)
        homes: dict[int, str] = {}
        for record in "abcdefghij":
            home = dice.randrange(parts + 2)  # two of them: not in the lake
            if home < parts:
                homes[home] = homes.get(home, "") + record
        if not homes:
            continue
        found = lives.go(*homes.values())
        assert all(found[cluster] == before[cluster] for cluster in found if cluster in before)
        before = found
    engine.close()


@pytest.mark.parametrize("seed", range(6))
def test_what_is_taken_out_and_put_back_at_once_ends_with_the_same_ids(seed: int) -> None:
    dice = random.Random(seed)
    engine = DuckEngine(memory="1GiB", threads=1)
    lives = Lives(engine)
    lives.go("abc", "de", "f", "gh")
    stood = lives.go("abc", "def", "gh", "ij")
    out = set(dice.sample("abcdefghij", 5))
    left = ["".join(r for r in cluster if r not in out) for cluster in stood]
    lives.go(*(cluster for cluster in left if cluster))
    assert lives.go(*stood) == stood
    engine.close()
