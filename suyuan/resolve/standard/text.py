"""Text brought to one width and case: what every other module of this folder starts from."""

import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.resolve.standard.runes import LIMIT, Codes, Mask, runes

Column: TypeAlias = Any
"""An Arrow column of text (`pa.StringArray`)."""
Work = Callable[[Column], Any]
_AT_ONCE = 1 << 17  # texts worked on at a time: bounds memory
_SAMPLE, _MOSTLY = 1 << 14, 0.9  # a column whose head hardly repeats is worked on as it stands
_MARKS = frozenset({"Mn", "Me", "Cc", "Cf", "Cs", "Co", "Cn"})
_SAME = {
    "'": "’‘`´ʼʻ′＇՚＂",
    "-": "‐‑‒–—―−－﹣─━",
    "·": "・･•‧∙⋅●•᛫●﹒",
    "(": "（【〔［[〈《「『{｛",
    ")": "）】〕］]〉》」』}｝",
    ",": "，、､﹐；;",
    " ": "_＿\t\r\n\u00a0\u3000\u2002\u2003\u2009",
    "*": "＊×✕✖※□■▇█○◯〇？?\ufffd＃#",
}
_LETTERS = {
    "Ø": "O",
    "Ł": "L",
    "Đ": "D",
    "Æ": "A",
    "Œ": "O",
    "ẞ": "S",
    "ß": "S",
    "Ə": "E",
    "İ": "I",
    "Ð": "D",
    "Þ": "T",
}


def distinct(texts: pa.Array | pa.ChunkedArray, work: Work) -> pa.Array:
    """Return `work` of every text, done once for each distinct one where texts repeat; a null stays null.

    `work` takes and returns a column without looking from one row to another.
    """
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    texts = pc.cast(texts, pa.string())
    head = texts.slice(0, _SAMPLE)
    if pc.count_distinct(head).as_py() > _MOSTLY * len(head) and len(texts) > _SAMPLE:
        worked = _worked(texts, work)
        return pc.if_else(pc.is_valid(texts), worked, pa.scalar(None, worked.type)) if texts.null_count else worked
    coded = texts.dictionary_encode()
    return _worked(coded.dictionary, work).take(coded.indices)


def _worked(texts: Column, work: Work) -> pa.Array:
    starts = range(0, max(len(texts), 1), _AT_ONCE)
    return pa.concat_arrays([work(texts.slice(start, _AT_ONCE)) for start in starts])


def told(table: pa.Table, name: str) -> Column:
    """Return the text column `name` of `table`; all null where it has none."""
    if name not in table.column_names:
        return pa.nulls(table.num_rows, pa.string())
    return pc.cast(table[name].combine_chunks(), pa.string())


def null_if_empty(texts: Column) -> Column:
    """Return `texts` with null for every empty one."""
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def folded(texts: Column) -> Column:
    """Return `texts` in half width and capitals, one kind of dash, dot, bracket and blank; a null is empty.

    Invisible characters, control characters and accents go; signs that stand for an unreadable or hidden character
    (□ ? × ■ and those of private areas) become `*`. Characters of GB 18030 that older systems kept in a private area
    become what they stand for.

    >>> folded(pa.array(["ＺＨＡＮＧ　Ｗｅｉ", "阿依\u200b古丽・买买提"])).to_pylist()
    ['ZHANG WEI', '阿依古丽·买买提']
    """
    given = runes(texts)
    filled = pc.fill_null(texts, "") if texts.null_count else texts
    return edited(filled, given.any(_changing()[given.codes]), _folded)


def _folded(texts: Column) -> Column:
    given = runes(pc.utf8_upper(pc.utf8_normalize(texts, form="NFKC")))
    given = given.with_codes(_table()[given.codes])
    return given.kept(given.codes != 0).text()


@cache
def _changing() -> Mask:
    """Return which characters folding may change; Chinese ones and the common ones of ASCII stay."""
    table = np.ones(LIMIT, np.bool_)
    for low, high in ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x2F800), (0x30000, 0x32000)):
        table[low:high] = False
    table[[code for code in range(0x20, 0x7F) if _table()[code] == code and not chr(code).islower()]] = False
    return table


def edited(texts: Column, where: Mask, work: Work) -> Column:
    """Return `texts` with `work` done on those `where` is true alone."""
    if not where.any():
        return texts
    if where.all():
        return work(texts)
    chosen = pa.array(where)
    return pc.replace_with_mask(texts, chosen, work(texts.filter(chosen)))


def squeezed(texts: Column) -> Column:
    """Return `texts` with single blanks inside and none around."""
    return pc.utf8_trim(pc.replace_substring_regex(texts, pattern=" +", replacement=" "), characters=" ")


@cache
def _table() -> Codes:
    """Return what each character becomes; 0: it goes."""
    table = np.arange(LIMIT, dtype=np.uint32)
    for code in range(0x80, 0x3000):
        character = chr(code)
        if unicodedata.category(character) in _MARKS:
            table[code] = 0
        elif unicodedata.category(character) == "Lu":
            table[code] = ord(_letter(character))
    for low, high in (
        (0, 0x20),
        (0x7F, 0xA0),
        (0xFE00, 0xFE10),
        (0xFE20, 0xFE30),
        (0xFFF0, 0xFFFD),
        (0xE0000, 0xE1000),
    ):
        table[low:high] = 0
    table[0xFEFF] = 0
    for low, high in ((0xE000, 0xF900), (0xF0000, LIMIT)):
        table[low:high] = ord("*")
    for code, character in _once_private().items():
        table[code] = ord(character)
    for becomes, characters in _SAME.items():
        table[[ord(character) for character in characters]] = ord(becomes)
    return table


def _letter(character: str) -> str:
    """Return the capital of ASCII that an accented one is written over, else the character."""
    bare = unicodedata.normalize("NFKD", character)[0]
    return bare if bare.isascii() and bare.isalpha() else _LETTERS.get(character, character)


def _once_private() -> dict[int, str]:
    """Return characters that GBK systems kept at U+E815–U+E864, now encoded (GB 18030-2022, annex D)."""
    trails = [*range(0x50, 0x7F), *range(0x80, 0xA1)]
    found = {}
    for place, trail in enumerate(trails):
        character = bytes((0xFE, trail)).decode("gb18030")
        if not 0xE000 <= ord(character) < 0xF900:
            found[0xE815 + place] = unicodedata.normalize("NFKC", character)
    return found
