"""How institutions lay out their files, out of `data/layouts.yml`: which columns, under which headers, written how."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from suyuan.domain.contract import Column, contracts
from suyuan.domain.yamlfile import read_yaml
from suyuan.world.institutions.houses import Institution

_DATA = Path(__file__).parent.parent / "data" / "layouts.yml"
_BRACKETS = re.compile(r"（.*?）")
CURRENCY = "CNY"
"""The world's money: told once, by the mapping."""

Form = Literal["csv", "xlsx", "json"]
SUFFIX: Mapping[str, str] = {"csv": ".csv", "xlsx": ".xlsx", "json": ".jsonl"}
_PROVENANCE = ("row_id", "source", "loaded_at")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One kind of file.

    Attributes:
        name: Its mapping is `world_<name>`.
        heads: Column of the contract → header, in the order of the file.
        kinds: Kinds of institution that use it, `at` the institutions; both empty: whoever has no other.
        day, moment, money, truth: How dates, times, amounts, yes and no are written (`institutions/cells.py`).
        words: Column → what the institution writes for each listed value, in the contract's order.
    """

    name: str
    table: str
    file: str
    heads: Mapping[str, str]
    kinds: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    form: Form = "csv"
    encoding: str = "utf-8"
    day: str = "dash"
    moment: str = "dash"
    money: str = "plain"
    truth: tuple[str, str] = ("是", "否")
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def columns(self) -> list[Column]:
        """The contract's columns that the file tells, in its order."""
        return [contracts()[self.table].columns[name] for name in self.heads]

    @property
    def file_name(self) -> str:
        """The name of the file, which every institution of the layout gives it."""
        return f"{self.file}{SUFFIX[self.form]}"


@cache
def layouts() -> Sequence[Layout]:
    """Return every layout in the order of the file."""
    return tuple(_layout(name, dict(told)) for name, told in read_yaml(_DATA)["layouts"].items())


def layout_of(institution: Institution, table: str) -> Layout:
    """Return how `institution` lays out what it hands over of `table`: the first layout that speaks of it.

    Raises:
        KeyError: There is none.
    """
    for layout in layouts():
        everyone = not layout.kinds and not layout.at
        ours = institution.kind in layout.kinds or institution.name in layout.at
        if layout.table == table and (everyone or ours):
            return layout
    raise KeyError(table)


def codes(layout: Layout, column: Column) -> Mapping[str, str]:
    """Return what stands in the file for each listed value of `column`: a word of the layout, else two digits.

    Raises:
        KeyError: The layout has words and none for a value.
    """
    words = layout.words.get(column.name)
    return {value: words[value] if words else f"{at:02d}" for at, value in enumerate(column.values, start=1)}


def _layout(name: str, told: dict[str, Any]) -> Layout:
    table, leave, also = told["table"], told.pop("leave", ()), told.pop("also", {})
    heads = told.pop("heads", None) or _all_heads(table, leave, also, camel=told.get("form") == "json")
    for key in {"kinds", "at", "truth"} & told.keys():
        told[key] = tuple(told[key])
    return Layout(name=name, heads=heads, **told)


def _all_heads(table: str, leave: Sequence[str], also: Mapping[str, str], *, camel: bool) -> dict[str, str]:
    columns = contracts()[table].columns
    if unknown := {*leave, *also} - set(columns):
        raise ValueError(f"{table}: {sorted(unknown)}")
    handed = [each for each in columns.values() if each.name not in (*_PROVENANCE, "currency", *leave)]
    return {each.name: also.get(each.name) or (_camel(each.name) if camel else _bare(each)) for each in handed}


def _bare(column: Column) -> str:
    return _BRACKETS.sub("", column.label.zh)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
