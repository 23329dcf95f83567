"""Profiles for tests of the model: a few hundred residents told by registers that err, always the same ones."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.resolve.model.weights import SHAPES

FAMILIES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVENS = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰春红梅志国建文斌宇浩凯健俊帆雪鹏飞"
TEXT = pa.string()
FLAGS = {"keyed", "is_new", "name_masked", "birth_proved"}


def profiles(rows: Sequence[Mapping[str, Any]], kind: str = "person") -> pa.Table:
    """Return a profile table: `profile_no`, a node of its own and no key unless told, null where nothing is told."""
    columns = ["key_text", *SHAPES[kind].columns]
    filled = []
    for at, row in enumerate(rows, 1):
        start = {"profile_no": at, "node_no": at, "keyed": row.get("key_text") is not None, "is_new": True}
        filled.append({**start, "name_masked": "*" in (row.get("name") or ""), "birth_proved": False, **row})
    made = {
        name: pa.array([row[name] for row in filled], pa.int64() if name.endswith("_no") else pa.bool_())
        for name in ("profile_no", "node_no", "keyed", "is_new")
    }
    for name in columns:
        kind_of = pa.bool_() if name in FLAGS else TEXT
        made[name] = pa.array([row.get(name) for row in filled], kind_of)
    return pa.table(made)


def chinese(name: str, **told: Any) -> dict[str, Any]:
    """Return a row with the name's standard forms; sound and shape differ wherever characters do."""
    plain = name if "*" not in name else None
    sound = None if plain is None else " ".join(f"p{ord(each):x}" for each in name)
    own = {"name": name, "family": name[:1], "given": name[1:], "name_sound": sound, "name_shape": name}
    return {**own, "name_set": "".join(sorted(name)), **told}


def residents(people: int = 300, *, keyed: float = 0.5) -> list[dict[str, Any]]:
    """Return two tellings of each of `people`: the one has his number in `keyed` of the cases, the other has slips."""
    rng = np.random.default_rng(4)
    rows = []
    for person in range(people):
        name = FAMILIES[rng.integers(len(FAMILIES))] + "".join(GIVENS[at] for at in rng.integers(len(GIVENS), size=2))
        birth = f"{rng.integers(1950, 2005)}{rng.integers(1, 13):02d}{rng.integers(1, 29):02d}"
        phone = f"13{rng.integers(10**9):09d}"
        number = f"{rng.integers(110101, 659004)}{birth}{rng.integers(10**4):04d}"
        first = chinese(name, birth=birth, phone=phone, sex="male" if person % 2 else "female", node_no=person * 2 + 1)
        if rng.random() < keyed:
            first |= {"key_text": number, "birth_proved": True}
        second = {**first, "key_text": None, "birth_proved": False, "node_no": person * 2 + 2}
        if rng.random() < 0.3:
            second["phone"] = f"13{rng.integers(10**9):09d}"
        if rng.random() < 0.2:
            second["birth"] = birth[:6] + f"{rng.integers(1, 29):02d}"
        if rng.random() < 0.3:
            second["id_told"] = f"{number[:6]}********{number[-4:]}"
        rows += [first, second]
    return rows
