"""Levels that two values reach, as both engines read them."""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pytest

from suyuan.engine.duck import DuckEngine
from suyuan.engine.native import duck_connection, spark_session
from suyuan.engine.protocol import Engine
from suyuan.resolve.model.ladders import (
    ADDRESS,
    EMAIL,
    PHONE,
    identity,
    one_character_missing,
    one_character_other,
    part_of_latin,
    slip,
)
from suyuan.resolve.model.person import BIRTH, NAME
from suyuan.resolve.model.shape import Comparison

FLAGS = {"name_masked", "parted"}


def answers(engine: Engine, sql: str, pairs: Sequence[Mapping[str, object]]) -> list[object]:
    """Return what `sql`, in the words both databases know, says of each of `pairs`."""
    columns = sorted({column for pair in pairs for column in pair})
    kinds = {column: pa.bool_() if column[:-2] in FLAGS else pa.string() for column in columns}
    table = {column: pa.array([pair.get(column) for pair in pairs], kinds[column]) for column in columns}
    engine.write("told", pa.table({"place": list(range(len(pairs))), **table}))
    text = f"select {sql} as answer from told order by place"
    if isinstance(engine, DuckEngine):
        return [row[0] for row in duck_connection(engine).execute(text).fetchall()]
    return [row[0] for row in spark_session(engine).sql(text).collect()]


def levels(engine: Engine, comparison: Comparison, pairs: Sequence[Mapping[str, object]]) -> list[object]:
    """Return the label of the level each of `pairs` reaches; None where it is not compared."""
    whens = " ".join(f"when {each.sql} then '{each.label}'" for each in comparison.levels[:-1])
    label = comparison.levels[-1].label
    return answers(engine, f"case when {comparison.null} then null {whens} else '{label}' end", pairs)


def both(column: str, left: str | None, right: str | None) -> dict[str, object]:
    return {f"{column}_l": left, f"{column}_r": right}


def test_one_other_character_is_told_without_counting_bytes(engine: Engine) -> None:
    pairs = [
        both("name", *each)
        for each in (("张小明", "张晓明"), ("张小明", "张小民"), ("张小明", "王小民"), ("张伟", "张威"))
    ]
    assert answers(engine, one_character_other("name"), pairs) == [True, True, False, False]


def test_a_missing_character_or_a_cut_is_told_on_either_side(engine: Engine) -> None:
    told = (
        ("张小明", "张明"),
        ("张小", "张小明"),
        ("阿依古丽买买提", "阿依古丽"),
        ("张小明", "小明"),
        ("张小明", "李明"),
    )
    pairs = [both("name", *each) for each in told]
    assert answers(engine, one_character_missing("name"), pairs) == [True, True, True, False, False]


def test_a_slip_needs_letters_enough(engine: Engine) -> None:
    pairs = [both("city", "LONDON", "LONDN"), both("city", "ROM", "RIM"), both("city", "LONDON", "LODNNO")]
    assert answers(engine, slip("city", 1, least=4), pairs) == [True, False, False]


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("62010219900101123X", "62010219900101123X", "model.same"),
        ("620102********123X", "62010219900101123X", "model.masked"),
        ("620102********1234", "62010219900101123X", "model.differs"),
        ("62010219900101124X", "62010219900101123X", "model.one_off"),
        ("62010219900101213X", "62010219900101123X", "model.two_off"),
        ("620102199001011", "62010219900101123X", "model.two_off"),
        ("510102198501011234", "62010219900101123X", "model.differs"),
        ("E12345678", "62010219900101123X", None),
        (None, "62010219900101123X", None),
    ],
)
def test_a_masked_number_agrees_and_a_passport_says_nothing_of_a_resident_number(
    left: str | None, right: str, level: str | None
) -> None:
    engine = DuckEngine(threads=1)
    comparison = identity("id", "id_any", label="model.id")
    assert levels(engine, comparison, [both("id_any", left, right)]) == [level]
    assert levels(engine, comparison, [both("id_any", right, left)]) == [level]
    engine.close()


def test_both_engines_reach_the_same_levels(engine: Engine) -> None:
    masked = {"name_masked_l": True, "name_masked_r": False, "parted_l": False, "parted_r": False}
    empty = {f"{c}_{s}": None for c in ("name_sound", "name_shape", "name_set", "former", "given") for s in "lr"}
    names: list[dict[str, object]] = [
        {**empty, **masked, "name_masked_l": False, **both("name", "张伟", "张伟")},
        {**empty, **masked, **both("name", "张*", "张伟")},
        {**empty, **masked, **both("name", "张*", "李伟")},
        {
            **empty,
            **masked,
            "name_masked_l": False,
            **both("name", "张伟", "张玮"),
            **both("name_sound", "ZHANG WEI", "ZHANG WEI"),
        },
        {**empty, **masked, "name_masked_l": False, **both("name", "王芳", "王丽丽"), "former_r": "王芳"},
    ]
    wanted = ["model.same", "model.masked", "model.differs", "model.same_sound", "model.former"]
    assert levels(engine, NAME, names) == wanted
    births = [("19900203", "19900203"), ("19900203", "19900302"), ("19900203", "19900208"), ("19900203", "19901118")]
    told = levels(engine, BIRTH, [both("birth", *each) for each in births])
    assert told == ["model.same", "model.day_month", "model.one_off", "model.year"]
    phones: list[dict[str, object]] = [
        {"phone_l": "1", "phone_2_l": "2", "phone_r": "3", "phone_2_r": "2"},
        {"phone_2_l": "1", "phone_r": None},
    ]
    assert levels(engine, PHONE, phones) == ["model.same", None]


def test_family_and_given_that_changed_places_are_two_coincidences() -> None:
    engine = DuckEngine(threads=1)
    swapped = {**both("family", "LEE", "ANN"), **both("given", "ANN", "LEE"), "parted_l": True, "parted_r": True}
    half = {**swapped, "given_r": "BOB"}
    told = [levels(engine, part_of_latin(part, label="model.given"), [swapped, half]) for part in ("family", "given")]
    assert told == [["model.swapped", "model.differs"], ["model.swapped", "model.swapped"]]
    engine.close()


def test_addresses_and_mail_have_their_levels() -> None:
    engine = DuckEngine(threads=1)
    here = {
        "addr_area_l": "620102",
        "addr_road_l": "和平路",
        "addr_number_l": "12",
        "addr_rest_l": None,
        "parted_l": False,
    }
    there = {
        "addr_area_r": "620102",
        "addr_road_r": "和平路",
        "addr_number_r": "12",
        "addr_rest_r": None,
        "parted_r": False,
    }
    pairs = [
        {**here, **there},
        {**here, **there, "addr_number_r": "14"},
        {**here, **there, "addr_road_r": "平凉路"},
        {**here, **there, "addr_road_r": None, "addr_area_r": None},
    ]
    assert levels(engine, ADDRESS, pairs) == ["model.road_number", "model.road", "model.area", None]
    mails = [("ann@a.cn", "ann@b.cn"), ("ann@a.cn", "ann@a.com"), ("ann@a.cn", "bob@b.cn")]
    told = [{**both("email", *m), **both("email_user", m[0][:3], m[1][:3])} for m in mails]
    assert levels(engine, EMAIL, told) == ["model.user", "model.user", "model.differs"]
    engine.close()
