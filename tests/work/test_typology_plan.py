from pathlib import Path

from suyuan.typology.group import load_group
from suyuan.work.typology_plan import typology_plan
from tests.typology.small import write


def test_a_plan_is_shown_in_the_words_of_either_engine(tmp_path: Path) -> None:
    typology = load_group(write(tmp_path)).typologies["lending.many_loans"]
    duck = typology_plan(typology, engine="duck")
    spark = typology_plan(typology, engine="spark")
    assert [step.name for step in duck] == [step.name for step in spark]
    assert "loans >= 3" in duck[0].sql
    assert "CREATE TEMPORARY VIEW evidence_of_lending_many_loans__found AS" in spark[1].sql
    assert "TIMESTAMP_NTZ" in spark[0].sql
