"""A name as told beside its standard form: what the comparison of two names looks at."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from suyuan.resolve.standard.person_name import names

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_BRACKETS = re.compile(r"[(（【\[].*")
_FORMERLY = re.compile(r"(?:曾用名|原名|又名|别名|旧名|化名)[:：为是]?\s*([^()（）]+)")
_UNITS = re.compile(r"[A-Z]+|.")


@dataclass(frozen=True, kw_only=True)
class ToldName:
    """One name. `told` is as given; the rest as `standard.person_name.names` has it, empty where that is null."""

    told: str
    name: str
    family: str
    given: str
    sound: str
    shape: str
    masked: bool

    @property
    def chinese(self) -> bool:
        """Whether the name has Chinese characters."""
        return bool(_HAN.search(self.name))

    @property
    def mixed(self) -> bool:
        """Whether some characters are told in pinyin: 王YAN."""
        return self.chinese and any("A" <= letter <= "Z" for letter in self.name)

    @property
    def units(self) -> list[str]:
        """Its characters, pinyin told among them in one piece."""
        return _UNITS.findall(self.name)

    @property
    def signs(self) -> str:
        """What was told between and around the characters: dots, blanks, dashes."""
        return _HAN.sub("", _BRACKETS.sub("", self.told)).strip()


def told_names(told: Sequence[str | None]) -> list[ToldName | None]:
    """Return each name beside its standard form; None where there is no usable name."""
    whole = [None if text is None else text.encode("utf-8", "replace").decode() for text in told]
    columns = names(pa.array(whole, pa.string())).to_pylist()
    return [_one(text or "", row) if row["name"] else None for text, row in zip(told, columns, strict=True)]


def _one(told: str, row: dict[str, str | None]) -> ToldName:
    return ToldName(
        told=told,
        name=row["name"] or "",
        family=row["family"] or "",
        given=row["given"] or "",
        sound=row["name_sound"] or "",
        shape=row["name_shape"] or "",
        masked=bool(row["name_masked"]),
    )


def former_in(told: str) -> str | None:
    """Return the former name that a name itself tells; None where it tells none.

    >>> former_in("张三(曾用名:李四)")
    '李四'
    """
    found = _FORMERLY.search(told)
    return found[1].strip() if found else None
