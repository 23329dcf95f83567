"""Whether two names may be one person's, and what parts them: hidden, misheard, misread, turned, cut, romanised.

Tests are tried in one order and the first that holds is the answer, so that a name has one kind: 于 and 余 sound alike
and look alike; they are homophones.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from suyuan.resolve import name_chinese, name_latin
from suyuan.resolve.name_told import ToldName, former_in, told_names

NameKind = Literal[
    "same",
    "masked",
    "homophone",
    "similar_shape",
    "swapped",
    "married",
    "one_missing",
    "transliterated",
    "truncated",
    "romanised",
    "former",
    "different",
]
KINDS: tuple[NameKind, ...] = get_args(NameKind)
_Test = Callable[[ToldName, ToldName], bool]

_CHINESE: Mapping[NameKind, _Test] = {
    "masked": name_chinese.masked,
    "same": name_chinese.same,
    "romanised": name_chinese.told_in_pinyin,
    "transliterated": name_chinese.transliterated,
    "homophone": name_chinese.homophone,
    "similar_shape": name_chinese.similar_shape,
    "swapped": name_chinese.swapped,
    "married": name_chinese.married,
    "one_missing": name_chinese.one_missing,
    "truncated": name_chinese.truncated,
}
_LATIN: Mapping[NameKind, _Test] = {
    "same": name_latin.same,
    "swapped": name_latin.swapped,
    "married": name_latin.married,
    "one_missing": name_latin.one_missing,
    "romanised": name_latin.romanised,
    "truncated": name_latin.truncated,
}
_ACROSS: Mapping[NameKind, _Test] = {
    "romanised": name_latin.romanised,
    "one_missing": name_latin.one_missing_across,
    "truncated": name_latin.truncated,
}


@dataclass(frozen=True, kw_only=True)
class NameVerdict:
    """What parts two names, and whether they may be one person's name all the same.

    `same` says nothing of the persons: many people are called 张伟.
    """

    kind: NameKind

    @property
    def same(self) -> bool:
        """Whether the two may be one person's name."""
        return self.kind != "different"


def compared(left: str, right: str, *, former_left: str | None = None, former_right: str | None = None) -> NameVerdict:
    """Return what parts two names; with former names (曾用名) also whether one is what the other was called.

    Symmetric. A name without a letter (empty, `**`) is different from every other.

    >>> compared("张伟", "張瑋").kind, compared("王建国", "王建华").same
    ('homophone', False)
    """
    return compared_all([left], [right], former_left=[former_left], former_right=[former_right])[0]


def compared_all(
    left: Sequence[str],
    right: Sequence[str],
    *,
    former_left: Sequence[str | None] | None = None,
    former_right: Sequence[str | None] | None = None,
) -> list[NameVerdict]:
    """Return `compared` of each pair; all names are brought to standard form at once."""
    none: list[str | None] = [None] * len(left)
    formers = [
        [own or former_in(name) for name, own in zip(names, told or none, strict=True)]
        for names, told in ((left, former_left), (right, former_right))
    ]
    columns = (left, right, *formers)
    rows = zip(*(told_names(column) for column in columns), strict=True)
    return [NameVerdict(kind=_kind(*row)) for row in rows]


def _kind(
    left: ToldName | None, right: ToldName | None, former_left: ToldName | None, former_right: ToldName | None
) -> NameKind:
    kind = _now(left, right)
    if kind != "different":
        return kind
    earlier = ((former_left, right), (left, former_right), (former_left, former_right))
    return "former" if any(_now(*pair) != "different" for pair in earlier) else "different"


def _now(left: ToldName | None, right: ToldName | None) -> NameKind:
    if left is None or right is None:
        return "different"
    tests = _CHINESE if left.chinese and right.chinese else _ACROSS if left.chinese or right.chinese else _LATIN
    return next((kind for kind, test in tests.items() if test(left, right)), "different")
