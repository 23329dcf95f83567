from collections.abc import Mapping, Sequence

import pyarrow as pa
import pytest

from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine
from suyuan.resolve.joins import Joined, join
from suyuan.resolve.model.company import COMPANY
from suyuan.resolve.model.person import PERSON
from suyuan.resolve.model.weights import Model

PLACED = ("kind", "left_id", "right_id", "answer", "left_cluster", "right_cluster")
PROFILES = pa.schema(
    [
        ("profile_no", pa.int64()),
        ("node_no", pa.int64()),
        *((name, pa.string()) for name in ("cluster", "lake_id", "key_text", "birth")),
    ]
)
PAIRS = pa.schema(
    [
        *((name, pa.int64()) for name in ("left_no", "right_no")),
        *((name, pa.float64()) for name in ("weight", "probability")),
        ("levels", pa.string()),
    ]
)


def model(*, births_differ: float = 0.001, one_entity: int = 1000) -> Model:
    weights = {one.name: tuple((level.m, level.u) for level in one.levels) for one in PERSON.comparisons}
    weights["birth"] = (*weights["birth"][:-1], (births_differ, 0.9))
    return Model(
        kind="person", prior=1e-4, weights=weights, rarities={}, blocks=(), evidence={"one_entity": one_entity}
    )


def joined(
    weights: Mapping[tuple[str, str], float],
    *,
    births: Mapping[str, str] | None = None,
    keys: Mapping[str, str] | None = None,
    judged: Sequence[tuple[str, str, str]] = (),
    births_differ: float = 0.001,
    one_entity: int = 1000,
    levels: str = "name=5;birth=-1;id=-1",
) -> Joined:
    """Join people a:1, b:1 … who each stand in a cluster of their own; `weights` by pair of letters."""
    engine: Engine = DuckEngine(threads=1)
    ids = {letter: f"{letter}:1" for letter in "abcdef"}
    rows = [
        {"kind": "person", "left_id": ids[left], "right_id": ids[right], "answer": answer}
        | {"left_cluster": f"lake:{ids[left]}", "right_cluster": f"lake:{ids[right]}"}
        for left, right, answer in judged
    ]
    engine.write("judged_placed", pa.Table.from_pylist(rows, schema=pa.schema([(n, pa.string()) for n in PLACED])))
    ties = pa.schema([(name, pa.string()) for name in ("kind", "left_cluster", "right_cluster")])
    engine.write("judged_tie", ties.empty_table())
    profiles = [
        {"profile_no": place, "node_no": place, "cluster": f"lake:{lake_id}", "lake_id": lake_id}
        | {"key_text": (keys or {}).get(letter), "birth": (births or {}).get(letter)}
        for place, (letter, lake_id) in enumerate(ids.items())
    ]
    pairs = [
        {"left_no": "abcdef".index(left), "right_no": "abcdef".index(right), "weight": weight, "probability": 0.5}
        | {"levels": levels}
        for (left, right), weight in weights.items()
    ]
    return join(
        engine,
        "person",
        pairs=pa.Table.from_pylist(pairs, schema=PAIRS),
        profiles=pa.Table.from_pylist(profiles, schema=PROFILES),
        model=model(births_differ=births_differ, one_entity=one_entity),
    )


def roots(found: Joined) -> dict[str, str]:
    return {row["cluster"][5]: row["root"][5] for row in found.roots.to_pylist()}


def answers(found: Joined) -> dict[str, tuple[str, str | None]]:
    told = found.pairs.to_pylist()
    return {row["left_lake_id"][0] + row["right_lake_id"][0]: (row["decision"], row["why"]) for row in told}


def test_heavy_pairs_join_and_every_pair_is_told() -> None:
    found = joined({("a", "b"): 9.0, ("b", "c"): 1.0})
    assert roots(found) == {"b": "a"}
    assert answers(found) == {"ab": ("joined", None), "bc": ("undecided", None)}


def test_two_valid_numbers_are_cut_and_reported() -> None:
    found = joined({("a", "b"): 9.0, ("b", "c"): 8.0}, keys={"a": "X", "c": "Y"})
    assert roots(found) == {"b": "a"}
    assert answers(found)["bc"] == ("cut", "two_numbers")


@pytest.mark.parametrize(("births_differ", "decision"), [(0.001, ("cut", "two_births")), (0.05, ("joined", None))])
def test_two_births_are_cut_where_births_are_told_rightly(
    births_differ: float, decision: tuple[str, str | None]
) -> None:
    found = joined({("a", "b"): 9.0}, births={"a": "19800102", "b": "19910615"}, births_differ=births_differ)
    assert answers(found)["ab"] == decision


def test_few_records_are_no_ground_to_join_two_births() -> None:
    found = joined({("a", "b"): 33.0}, births={"a": "19600110", "b": "19880617"}, births_differ=0.03, one_entity=40)
    assert answers(found)["ab"] == ("cut", "two_births")


@pytest.mark.parametrize(
    ("levels", "answer"),
    [
        ("name=5;birth=5;id=0;phone=3", ("cut", "two_numbers")),
        ("name=0;birth=5;id=-1;phone=3", ("undecided", "names_differ")),
        ("name=0;code=-1;rep=3", ("undecided", "names_differ")),
        ("name=5;code=-1;rep=0;founded=3", ("undecided", "names_differ")),
        ("name=8;code=-1;rep=0;founded=3", ("joined", None)),
        ("name=0;birth=5;id=3;phone=3", ("joined", None)),
        ("name=-1;family=-1;given=-1;birth=5;id=-1;sex=1;phone=-1;email=-1;address=-1", ("undecided", None)),
        ("name=-1;family=-1;given=-1;birth=5;id=-1;sex=1;phone=-1;email=-1;city=2", ("joined", None)),
        ("name=-1;birth=5;id=-1;phone=3", ("joined", None)),
    ],
)
def test_told_numbers_that_differ_part_and_names_that_differ_leave_it_to_people(
    levels: str, answer: tuple[str, str | None]
) -> None:
    assert answers(joined({("a", "b"): 25.0}, levels=levels))["ab"] == answer


def test_what_people_judged_comes_first() -> None:
    judged = [("a", "b", "different"), ("c", "d", "same")]
    found = joined({("a", "b"): 20.0, ("c", "d"): 0.5}, judged=judged, keys={"c": "X", "d": "Y"})
    assert roots(found) == {"d": "c"}
    assert answers(found) == {"ab": ("cut", "judged_different"), "cd": ("joined", "judged_same")}


def test_a_kind_that_is_not_weighed_follows_judgements_alone() -> None:
    engine = DuckEngine(threads=1)
    row = {"kind": "account", "left_id": "a:1", "right_id": "b:1", "answer": "same"}
    row |= {"left_cluster": "account_number:9", "right_cluster": "lake:b:1"}
    engine.write("judged_placed", pa.Table.from_pylist([row]))
    ties = pa.schema([(name, pa.string()) for name in ("kind", "left_cluster", "right_cluster")])
    engine.write("judged_tie", ties.empty_table())
    found = join(engine, "account", pairs=None, profiles=None, model=None)
    assert found.roots.to_pylist() == [{"kind": "account", "cluster": "lake:b:1", "root": "account_number:9"}]
    assert join(engine, "company", pairs=None, profiles=None, model=None).roots.num_rows == 0


def test_levels_are_those_of_the_models_that_the_rules_read() -> None:
    assert [one.name for one in COMPANY.comparisons][:3] == ["name", "code", "rep"]
    assert next(one.name for one in PERSON.comparisons) == "name"
    assert "id" in {one.name for one in PERSON.comparisons}
    alike = [level.label for level in COMPANY.comparisons[0].levels][-6:]
    assert alike == [
        "model.same_sound",
        "model.same_shape",
        "model.swapped",
        "model.part",
        "model.one_other",
        "model.differs",
    ]
