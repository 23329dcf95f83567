"""Names of people in standard form: Chinese in any script, masked, romanised, foreign."""

import re
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.resolve.standard.glyphs import of_parts, shapes
from suyuan.resolve.standard.hanzi import han, readings, simplified, sounds, spelt
from suyuan.resolve.standard.latin import latin_columns, segmented
from suyuan.resolve.standard.runes import Mask, Runes, flags, runes
from suyuan.resolve.standard.surnames import common, compound, surname_readings, surname_sounds
from suyuan.resolve.standard.text import Column, distinct, edited, folded, null_if_empty, squeezed

COLUMNS = ("name", "family", "given", "name_sound", "name_shape", "name_set", "name_masked")
_TITLE = (
    r"(?:先生|女士|小姐|太太|夫人|同志|同学|师傅|阿姨|大爷|老师|医生|律师|经理|老板|教授|博士|主任|局长|院长|校长|总)"
)
_LATIN_TITLE = r"^(?:MR|MRS|MS|MISS|MDM|MADAM|DR|PROF|SIR)[. ]+"
_SEPARATED = r"^ *([^,]+?) *, *([^,]+?) *$"
_BETWEEN = "\u001f"  # parts the columns of one record while they travel as one text
_LATIN = flags("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_TITLE_ENDS = flags("生士姐太人志学傅姨爷师理板授任长总")
_UMLAUT = r"([LNln])([ÜüǕǖǗǘǙǚǛǜ]|[Uu]\x{308})([Ee]?(?:\P{L}|$))"
_HAN = re.compile(r"[\u3400-\u9fff]")
_SYLLABLE = re.compile(r"[A-Z]{1,6}")
_FORMERLY = r"^(.+?)[( ,]*(?:曾用名|原名|又名|别名|旧名|化名|现名).*$"
_BRACKETED = re.compile(r"\(([^()]*)\)")
_MOST_LETTERS = 200


def names(told: Column, *, family: Column | None = None, given: Column | None = None) -> pa.Table:
    """Return the standard columns of the names `told`, one row each.

    Columns: `name`, `family`, `given`, `name_sound`, `name_shape`, `name_set` (text), `name_masked` (bool); null where
    there is no usable name (`family`, `given`: where the name cannot be parted for certain, as in 阿依古丽买买提). Each
    distinct name is worked on once.

    Args:
        told: The whole name.
        family: The family name, where a source tells it apart; with `given` it stands in for a missing `told`.
        given: The given name.
    """
    blank = pa.nulls(len(told), pa.string())
    parts = (told, blank if family is None else family, blank if given is None else given)
    bare = [pc.replace_substring(pc.fill_null(part, ""), pattern=_BETWEEN, replacement="") for part in parts]
    joined = pc.binary_join_element_wise(*bare, _BETWEEN)
    return pa.Table.from_arrays(distinct(joined, _standard).flatten(), names=list(COLUMNS))


def bare_names(told: Column) -> Column:
    """Return the standard forms of the names `told` alone; null where there is none."""
    return distinct(told, lambda each: null_if_empty(_clean(each)))


def _standard(joined: Column) -> pa.StructArray:
    """Return the standard columns of distinct names."""
    told, family, given = _parted(joined)
    name = _clean(told)
    family, given = _clean_if_any(family), _clean_if_any(given)
    letters = runes(name)
    ours = letters.any(han()[letters.codes])
    theirs = ~ours & (letters.lengths > 0)
    columns: dict[str, Column] = dict.fromkeys(COLUMNS[:-1], _empty(len(name)))
    for where, work in ((ours, _chinese_columns), (theirs, latin_columns)):
        if where.any():
            chosen = pa.array(where)
            parts = {"family": family.filter(chosen), "given": given.filter(chosen)}
            for column, values in work(name.filter(chosen), **parts).items():
                columns[column] = pc.replace_with_mask(columns[column], chosen, values)
    columns["name"] = name
    arrays = [null_if_empty(columns[column]) for column in COLUMNS[:-1]]
    masked = letters.any(letters.codes == ord("*"))
    return pa.StructArray.from_arrays([*arrays, pa.array(masked)], names=list(COLUMNS))


def _clean_if_any(told: Column) -> Column:
    return _clean(told) if pc.any(pc.not_equal(told, "")).as_py() else told


def _chinese_columns(name: Column, *, family: Column, given: Column) -> dict[str, Column]:
    """Return the columns of standard names that hold Chinese characters; the given name is what the family's leaves."""
    del given
    each = runes(name)
    shape = each.with_codes(shapes()[each.codes]).text()
    return {
        "name_sound": _sound(each),
        "name_shape": shape,
        "name_set": each.sorted().text(),
        **_parts(each, family=family),
    }


def _empty(rows: int) -> Column:
    return pa.array([""] * rows, pa.string())


def _parted(joined: Column) -> tuple[Column, Column, Column]:
    """Return the whole, family and given name as told; the whole one put together where it is missing."""
    parts = pc.split_pattern(joined, _BETWEEN, max_splits=2)
    told, family, given = (pc.list_element(parts, place) for place in range(3))
    close = pc.binary_join_element_wise(family, given, "")
    wide = pc.utf8_trim(pc.binary_join_element_wise(given, family, " "), characters=" ")
    letters = runes(close)
    together = pc.if_else(pa.array(letters.any(han()[letters.codes])), close, wide)
    return pc.if_else(pc.equal(pc.utf8_trim_whitespace(told), ""), together, told), family, given


def _clean(told: Column) -> Column:
    """Return names with nothing but letters: characters joined, words of Latin letters parted by one blank."""
    name = pc.utf8_slice_codeunits(pc.fill_null(told, ""), 0, _MOST_LETTERS)
    name = edited(name, pc.match_substring_regex(name, _UMLAUT).to_numpy(zero_copy_only=False), _umlauts)
    name = _untitled(folded(name))
    each = runes(name)
    each = each.with_codes(simplified()[each.codes])
    inside = np.repeat(each.any(han()[each.codes]), each.lengths)
    each = _masks(each, inside)
    gap = _gaps()[each.codes]
    kept = np.where(gap, ~inside, _letters()[each.codes])
    each = each.with_codes(np.where(gap, np.uint32(ord(" ")), each.codes)).kept(kept)
    name = each.text()
    name = edited(name, each.any(each.codes == ord(" ")), squeezed)
    hidden = each.count((each.codes == ord("*")) | (each.codes == ord(" "))) == each.lengths
    return pc.if_else(pa.array(hidden), "", name)


def _umlauts(name: Column) -> Column:
    """Return names whose Lü and Nü, at the end of a word or before e, are told with v as keyboards have it."""
    return pc.replace_substring_regex(name, pattern=_UMLAUT, replacement=r"\1v\3")


def _untitled(name: Column) -> Column:
    """Return names without titles and brackets; one told as FAMILY, GIVEN the other way round."""
    each = runes(name)
    name = edited(name, each.any(_LATIN[each.codes]), _without_latin_title)
    name = edited(name, each.any(each.codes == ord(",")) & ~each.any(han()[each.codes]), _turned)
    name = edited(name, each.any(each.codes == ord("名")), _without_former)
    name = edited(name, pc.match_substring(name, "(").to_numpy(zero_copy_only=False), _unbracketed)
    last = each.codes[np.maximum(each.starts[1:] - 1, 0)] if len(each.codes) else np.zeros(len(each), np.uint32)
    return edited(name, _TITLE_ENDS[last], _without_title)


def _without_latin_title(name: Column) -> Column:
    return pc.replace_substring_regex(name, pattern=_LATIN_TITLE, replacement="")


def _without_title(name: Column) -> Column:
    """Return 张伟先生 as 张伟, and 张先生, whose given name is hidden, as 张*."""
    name = pc.replace_substring_regex(name, pattern=rf"^(..+?) *{_TITLE}$", replacement=r"\1")
    return pc.replace_substring_regex(name, pattern=rf"^(\p{{Han}}) *{_TITLE}$", replacement=r"\1*")


def _without_former(name: Column) -> Column:
    """Return 张三(曾用名李四) as 张三."""
    return pc.replace_substring_regex(name, pattern=_FORMERLY, replacement=r"\1")


def _turned(name: Column) -> Column:
    return pc.replace_substring_regex(name, pattern=_SEPARATED, replacement=r"\2 \1")


def _masks(each: Runes, inside: Mask) -> Runes:
    """Return names whose hidden characters are `*`: 某 and, where no other Latin letter stands, X."""
    crossed = each.codes == ord("X")
    only_crosses = each.count(_LATIN[each.codes]) == each.count(crossed)
    hidden = ((each.codes == ord("某")) | (crossed & np.repeat(only_crosses, each.lengths))) & inside
    return each.with_codes(np.where(hidden, np.uint32(ord("*")), each.codes))


@cache
def _gaps() -> Mask:
    return flags(" ·.-,/_&")


@cache
def _letters() -> Mask:
    """Return what may stand in a standard name: letters of any script and `*`."""
    table = flags("*") | han()
    table[[code for code in range(0x10000) if chr(code).isalpha()]] = True
    return table


def _unbracketed(names: Column) -> Column:
    """Return names without what stands in brackets; 王(火韦) becomes 王炜 and 王(YAN) 王YAN."""
    return pa.array([_unbracket(name) for name in names.to_pylist()], pa.string())


def _unbracket(name: str) -> str:
    def told(found: re.Match[str]) -> str:
        inside = found[1].strip().replace("+", "")
        if 2 <= len(inside) <= 4 and (whole := of_parts(inside)):
            return whole
        around = len(_HAN.findall(name[: found.start()] + name[found.end() :]))
        return inside if _SYLLABLE.fullmatch(inside) and 1 <= around <= 2 else ""

    shorter = _BRACKETED.sub(told, name).partition("(")[0]
    return shorter if shorter.strip() else name.replace("(", "").replace(")", "")


def _parts(each: Runes, *, family: Column) -> dict[str, Column]:
    """Return the family and the given name of names in characters; empty where they cannot be told apart."""
    pair, _ = compound(each.at(0), each.at(1))
    lengths = each.lengths
    size = np.where(pair & (lengths >= 3), 2, 1)
    told = runes(family)
    prefix = (told.lengths > 0) & (told.lengths < lengths) & (told.lengths <= 2)
    for place in range(2):
        prefix &= (told.lengths <= place) | (told.at(place) == each.at(place))
    size = np.where(prefix, told.lengths, size)
    known = (lengths >= 2) & (lengths <= np.where(size > 1, 5, 4)) & han()[each.at(0)]
    known &= (lengths < 4) | (size > 1) | common()[each.at(0)]
    end = np.where(known, size, 0)
    start = np.zeros(len(each), np.int64)
    return {"family": each.cut(start, end).text(), "given": each.cut(end, np.where(known, lengths, 0)).text()}


def _sound(each: Runes) -> Column:
    """Return the syllables of names in characters; empty where a character has none (`*` stands for itself)."""
    spoken = sounds()[0][each.codes]
    first = each.starts[:-1]
    spoken[first] = surname_sounds()[each.codes[first]]
    pair, both = compound(each.at(0), each.at(1))
    spoken[first[pair]], spoken[first[pair] + 1] = both[pair, 0], both[pair, 1]
    joined = spelt(each, spoken)
    mixed = each.any(_LATIN[each.codes])
    if not mixed.any():
        return joined
    texts = each.text().filter(pa.array(mixed)).to_pylist()
    return pc.replace_with_mask(joined, pa.array(mixed), pa.array([_mixed_sound(text) for text in texts], pa.string()))


def _mixed_sound(name: str) -> str:
    words = re.findall(r"[A-Z]+|.", name)
    found = [(segmented(word) or (word,)) if word.isascii() else readings(word)[:1] for word in words]
    if not words[0].isascii():
        found[0] = surname_readings(words[0])[:1]
    return " ".join(syllable for each in found for syllable in each) if all(found) else ""
