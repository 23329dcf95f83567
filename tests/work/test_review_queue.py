from collections.abc import Iterator

import pyarrow as pa
import pytest

from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine
from suyuan.work.review_queue import CUT_CHANCE, SURE, lay_judged, plan

TEXT = pa.string()
ENTITY = pa.schema([("entity_id", TEXT), ("kind", TEXT), ("records", pa.int64())])
PAIR = pa.schema(
    [
        *((name, TEXT) for name in ("kind", "left_lake_id", "right_lake_id", "left_entity_id", "right_entity_id")),
        ("weight", pa.float64()),
        ("probability", pa.float64()),
        *((name, TEXT) for name in ("decision", "why", "levels")),
    ]
)
REDIRECT = pa.schema([("old_id", TEXT), ("entity_id", TEXT)])
LEAD = pa.schema([("lead_id", TEXT), ("score", pa.float64())])
MEMBER = pa.schema([("lead_id", TEXT), ("kind", TEXT), ("member_id", TEXT)])


@pytest.fixture
def engine() -> Iterator[Engine]:
    """Questions are asked where a person sits, on DuckDB, whatever engine resolved."""
    duck = DuckEngine(memory="1GiB", threads=2)
    yield duck
    duck.close()


def pair(
    left: str, right: str, probability: float, decision: str = "undecided", why: str | None = None
) -> tuple[object, ...]:
    """Return a row between two ids, `A1` being the first id of entity `A`."""
    return ("person", left, right, left[0], right[0], probability * 10, probability, decision, why, None)


def ranked(
    engine: Engine, *pairs: tuple[object, ...], leads: dict[str, tuple[float, str]] | None = None, **judged: object
) -> list[tuple[str, str]]:
    """Return the pairs asked, in order. `leads` gives score and members, one letter an entity."""
    told = leads or {}
    rows = {
        "entity": (ENTITY, [(letter, "person", 1) for letter in "ABCDEF"]),
        "entity_pair": (PAIR, pairs),
        "entity_redirect": (REDIRECT, [("X", "A")]),
        "lead": (LEAD, [(lead, score) for lead, (score, _) in told.items()]),
        "lead_member": (MEMBER, [(lead, "person", one) for lead, (_, members) in told.items() for one in members]),
    }
    for name, (schema, values) in rows.items():
        engine.write(name, pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in values], schema))
    nothing: dict[str, object] = {"groups": {}, "asked": [], "settled": []}
    lay_judged(engine, **{**nothing, **judged})  # type: ignore[arg-type]
    engine.run(plan(most=10))
    return [(row["left_lake_id"], row["right_lake_id"]) for row in engine.read("question_ranked").to_pylist()]


def test_without_leads_the_most_doubtful_comes_first(engine: Engine) -> None:
    assert ranked(engine, pair("A1", "B1", 0.9), pair("C1", "D1", 0.45), pair("E1", "F1", 0.05)) == [
        ("C1", "D1"),
        ("A1", "B1"),
        ("E1", "F1"),
    ]


def test_the_score_of_the_leads_counts_as_far_as_the_answer_may_change_them(engine: Engine) -> None:
    pairs = pair("A1", "B1", 0.1), pair("C1", "D1", 0.5), pair("E1", "F1", 0.5)
    assert ranked(engine, *pairs, leads={"l1": (0.9, "A"), "l2": (0.8, "AB"), "l3": (0.4, "C")})[:2] == [
        ("C1", "D1"),
        ("A1", "B1"),
    ]
    rows = {row["left_lake_id"]: row for row in engine.read("question_ranked").to_pylist()}
    assert [(rows[one]["leads"], rows[one]["lead_score"]) for one in ("A1", "C1", "E1")] == [(2, 1.7), (1, 0.4), (0, 0)]


def test_a_lead_that_knew_an_earlier_id_counts(engine: Engine) -> None:
    pairs = pair("A1", "B1", 0.2), pair("C1", "D1", 0.5)
    assert ranked(engine, *pairs, leads={"l1": (0.9, "X")})[0] == ("A1", "B1")


def test_two_entities_are_asked_about_once_by_their_heaviest_pair(engine: Engine) -> None:
    assert ranked(engine, pair("A1", "B1", 0.3), pair("A2", "B1", 0.6), pair("A3", "B2", 0.1)) == [("A2", "B1")]


def test_an_entity_is_asked_about_where_it_holds_together_least_and_only_in_doubt(engine: Engine) -> None:
    pairs = pair("A1", "A2", 0.95, "joined"), pair("A2", "A3", 0.9, "joined"), pair("B1", "B2", SURE, "joined")
    assert ranked(engine, *pairs) == [("A2", "A3")]
    assert ranked(engine, *pairs, settled=[("person", "A2", "A3")]) == [("A1", "A2")]


def test_what_a_contradiction_cut_is_hardly_ever_changed_by_an_answer(engine: Engine) -> None:
    pairs = pair("A1", "B1", 0.999, "cut", "two_numbers"), pair("C1", "D1", 0.05)
    assert ranked(engine, *pairs, leads={"l1": (0.9, "ABCD")}) == [("C1", "D1"), ("A1", "B1")]
    rows = engine.read("question_ranked").to_pylist()
    assert rows[1]["chance"] == CUT_CHANCE


def test_groups_that_people_made_are_one_side_and_pairs_of_them_asked_once(engine: Engine) -> None:
    pairs = pair("A1", "B1", 0.5), pair("B1", "C1", 0.6), pair("A1", "C1", 0.3)
    assert ranked(engine, *pairs, groups={"A": "A", "B": "A"}) == [("B1", "C1")]
    assert ranked(engine, *pairs, groups={"A": "A", "B": "A"}, asked=[("A", "C")]) == []


def test_what_was_never_weighed_is_not_asked(engine: Engine) -> None:
    row = (*pair("A1", "B1", 0.5, "cut", "judged_different")[:5], None, None, "cut", "judged_different", None)
    assert ranked(engine, row) == []


def test_no_more_than_was_wanted_are_ranked_and_all_are_counted(engine: Engine) -> None:
    ranked(engine, pair("A1", "B1", 0.5), pair("C1", "D1", 0.4))
    engine.run(plan(most=1))
    assert (engine.read("question_ranked").num_rows, engine.read("question").num_rows) == (1, 2)
