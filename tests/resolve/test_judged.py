from collections.abc import Sequence
from datetime import datetime

import pyarrow as pa

from suyuan.engine.protocol import Engine
from suyuan.resolve.judged import lay_judged
from suyuan.resolve.judgement import Answer, Judgement

KEYED = ("kind", "table_name", "row_id", "source", "lake_id", "name", "key_kind", "key_value", "cluster")


def lay(engine: Engine, *records: tuple[str, str]) -> None:
    """Lay people by (lake id, cluster)."""
    rows = [
        dict.fromkeys(KEYED)
        | {"kind": "person", "table_name": "person", "row_id": f"r{n}", "lake_id": lake_id}
        | {"source": lake_id[:1], "cluster": cluster}
        for n, (lake_id, cluster) in enumerate(records)
    ]
    engine.write("entity_keyed", pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in KEYED])))


def said(*answers: tuple[str, str, Answer]) -> Sequence[Judgement]:
    now = datetime(2024, 1, 1)  # noqa: DTZ001 - China Standard Time, as everywhere
    return [
        Judgement(kind="person", left=left, right=right, answer=answer, actor="a", why="w", recorded_at=now)
        for left, right, answer in answers
    ]


def test_a_judgement_is_laid_between_the_clusters_of_its_ids(engine: Engine) -> None:
    lay(engine, ("a:1", "resident_id:X"), ("b:1", "lake:b:1"))
    lay_judged(engine, said(("a:1", "b:1", "same"), ("a:1", "z:9", "same")))
    placed = engine.read("judged_placed").to_pylist()
    assert [(row["left_cluster"], row["right_cluster"], row["answer"]) for row in placed] == [
        ("resident_id:X", "lake:b:1", "same")
    ]
    assert engine.read("judged_tie").num_rows == 0


def test_a_certain_cluster_in_which_somebody_saw_two_comes_apart_and_is_tied(engine: Engine) -> None:
    lay(engine, ("a:1", "resident_id:X"), ("b:1", "resident_id:X"), ("c:1", "resident_id:X"), ("d:1", "resident_id:Y"))
    lay_judged(engine, said(("a:1", "c:1", "different")))
    clusters = {row["lake_id"]: row["cluster"] for row in engine.read("entity_keyed").to_pylist()}
    assert clusters == {"a:1": "lake:a:1", "b:1": "lake:b:1", "c:1": "lake:c:1", "d:1": "resident_id:Y"}
    ties = {(row["left_cluster"], row["right_cluster"]) for row in engine.read("judged_tie").to_pylist()}
    assert ties == {("lake:a:1", "lake:b:1"), ("lake:a:1", "lake:c:1"), ("lake:b:1", "lake:c:1")}, (
        "whichever id is parted from the others, they hold together"
    )
    placed = engine.read("judged_placed").to_pylist()
    assert [(row["left_cluster"], row["right_cluster"]) for row in placed] == [("lake:a:1", "lake:c:1")]
