from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from suyuan.domain.contract import Label, contracts
from suyuan.domain.errors import DataError
from suyuan.domain.workspace import Workspace
from suyuan.lead.score import RAISE_AT
from suyuan.typology.model import Group, Param, Typology
from suyuan.work.run_inputs import (
    fingerprints,
    inputs_digest,
    lake_lines,
    raise_at,
    run_id_of,
    typology_folders,
    versions,
)

TYPOLOGY = Typology(
    id="t.a",
    version=1,
    status="production",
    title=Label(en="A", zh="甲"),
    stage=("warn",),
    finds=Label(en="finds", zh="发现"),
    severity="review",
    grain=Label(en="row", zh="行"),
    subject="account",
    reads={},
    optional=frozenset(),
    params={"least": Param(name="least", type="int", default=3, unit="count", why=Label(en="why", zh="理由"))},
    facts={},
    labels={},
    looks_like=(),
    blind_to=(),
    sources=(),
    sql="with a as (select 1) select 1",
    cases=(),
)


def group(typology: Typology = TYPOLOGY) -> Group:
    return Group(typologies={"t.a": typology}, folders=())


def digest(**more: object) -> str:
    told = {"lake": ["loan/f 3 a"], "typologies": {"t.a": "1"}, "parameters": {"raise_at": 0.5}, "as_of": None, **more}
    return inputs_digest(contracts=contracts(), **told)  # type: ignore[arg-type]


def test_everything_a_run_depends_on_changes_its_digest() -> None:
    others = [
        digest(lake=["loan/f 4 a"]),
        digest(typologies={"t.a": "2"}),
        digest(parameters={"raise_at": 0.6}),
        digest(as_of=date(2024, 1, 1)),
    ]
    assert digest() == digest()
    assert len({digest(), *others}) == 5
    assert run_id_of("i", previous=None) != run_id_of("i", previous="r")


def test_a_typology_is_known_by_what_decides_its_firing_and_its_words() -> None:
    least = replace(TYPOLOGY.params["least"], default=4)
    others = [
        replace(TYPOLOGY, sql="with a as (select 2) select 2"),
        replace(TYPOLOGY, params={"least": least}),
        replace(TYPOLOGY, severity="urgent"),
        replace(TYPOLOGY, title=Label(en="B", zh="甲")),
    ]
    assert len({fingerprints(group(one))["t.a"] for one in [TYPOLOGY, *others]}) == 5


def test_a_lake_is_known_by_files_and_rows_and_not_by_when_it_was_read(tmp_path: Path) -> None:
    for place, loaded in (("one", 1), ("two", 2)):
        (tmp_path / place).mkdir()
        pq.write_table(pa.table({"row_id": ["r"], "loaded_at": [loaded]}), tmp_path / place / "abc.parquet")
    one, two = ({"loan": [tmp_path / place / "abc.parquet"]} for place in ("one", "two"))
    assert lake_lines(one) == lake_lines(two) == ["loan/abc.parquet 1 loaded_at,row_id"]
    (tmp_path / "one" / "abc.parquet").write_bytes(b"no parquet")
    with pytest.raises(DataError) as fault:
        lake_lines(one)
    assert fault.value.key == "run.broken_lake"


def test_the_bar_comes_from_the_workspace(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    assert raise_at(workspace) == RAISE_AT
    for text, expected in (("", RAISE_AT), ("[lead]\nraise_at = 0.7", 0.7), ("[lead]\nraise_at = 1", 1.0)):
        workspace.config.write_text(text, encoding="utf-8")
        assert raise_at(workspace) == expected
    for text in ("[lead]\nraise_at = 2", "[lead]\nraise_at = true", "lead = 3", "[lead"):
        workspace.config.write_text(text, encoding="utf-8")
        with pytest.raises(DataError):
            raise_at(workspace)


def test_a_workspace_adds_its_own_typologies(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    assert len(typology_folders(workspace)) == 1
    (tmp_path / "typologies").mkdir()
    assert typology_folders(workspace)[-1] == tmp_path / "typologies"


def test_the_package_itself_is_one_of_the_versions() -> None:
    assert len(versions()["code"]) == 16
