"""What Splink reads."""

from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa
import pytest

from suyuan.engine.protocol import Engine
from suyuan.engine.step import Step
from suyuan.resolve.model.features import derived, featured
from suyuan.resolve.model.weights import SHAPES
from tests.resolve.model.people import chinese, profiles
from tests.resolve.model.test_weights import PLAIN

RARITIES = {"name": {"": 1e-4, "张伟": 0.01}, "family": {"": 1e-5, "王": 0.07}, "given": {"": 1e-4, "芳": 0.001}}
MODEL = replace(PLAIN, rarities={**RARITIES, "phone": {"": 1e-6, "4008": 0.2}})
SHAPE = SHAPES["person"]


def lay(engine: Engine, *rows: Mapping[str, object], pairs: str | None = None) -> list[str]:
    engine.write("profile_person", profiles(list(rows)))
    engine.run([derived(SHAPE, "profile_person", into="model_profile")])
    return featured(engine, SHAPE, MODEL, profiles="model_profile", pairs=pairs, into="model_seen")


def test_a_rare_chinese_name_is_as_common_as_its_parts_together(engine: Engine) -> None:
    latin = {"name": "ANN LEE", "family": "LEE", "given": "ANN"}
    lay(engine, chinese("张伟"), chinese("王芳"), chinese("王萍"), latin)
    told = {row["name"]: row["tf_name"] for row in engine.read("model_tf_name").to_pylist()}
    assert told == pytest.approx({"张伟": 0.01, "王芳": 7e-5, "王萍": 7e-6, "ANN LEE": 1e-4})


def test_only_a_telephone_of_many_is_common(engine: Engine) -> None:
    lay(engine, {"phone": "4008"}, {"phone": "139"})
    assert engine.read("model_tf_phone").to_pylist() == [{"phone": "4008", "tf_phone": 0.2}]


def test_a_latin_name_told_in_parts_is_parted_and_a_chinese_one_is_not(engine: Engine) -> None:
    lay(engine, {"name": "ANN LEE", "family": "LEE"}, {"name": "ANN"}, chinese("张伟"), {})
    rows = sorted(engine.read("model_seen").to_pylist(), key=lambda row: row["profile_no"])
    assert [row["parted"] for row in rows] == [True, False, False, False]


def test_only_profiles_of_the_pairs_are_laid_out(engine: Engine) -> None:
    engine.write("met", pa.table({"join_key_l": [1], "join_key_r": [3]}))
    lay(engine, *[chinese("张伟")] * 4, pairs="met")
    assert sorted(engine.read("model_seen")["profile_no"].to_pylist()) == [1, 3]


def test_everything_written_is_named(engine: Engine) -> None:
    names = lay(engine, chinese("张伟"))
    assert set(names) == {
        "model_seen",
        *(f"model_{what}_{each}" for each in MODEL.rarities for what in ("rarity", "tf")),
    }


def test_derived_columns_stand_beside_the_standard_ones(engine: Engine) -> None:
    engine.write("profile_person", profiles([{"key_text": "a", "id_told": None}, {"id_told": "b"}]))
    engine.run([derived(SHAPE, "profile_person", into="wide"), Step(name="ids", sql="select id_any from wide")])
    assert sorted(engine.read("ids")["id_any"].to_pylist()) == ["a", "b"]
