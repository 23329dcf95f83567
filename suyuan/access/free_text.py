"""Finds identifiers of people in free text and hides them.

Hidden: resident ids (18 and 15 characters, whatever their check digit: a mistyped one still points at somebody), mobile
and landline numbers, bank cards and other account numbers of 13 digits and more, e-mail addresses; also in full-width
digits and grouped by blanks or dashes. Left: credit codes of organisations (a public register; one of digits only looks
like a card and is hidden), moments written as 14 or 17 digits, digests. Names are hidden by column, not here: no
pattern tells a name from a word.
"""

import re

from suyuan.domain.ids import credit_code
from suyuan.domain.ids.written import starred

_D = "[0-9０-９]"
_GAP = "[ \u00a0-]"

_CANDIDATE = re.compile(
    rf"""
    (?<![A-Za-z0-9._%+-])(?P<email>[A-Za-z0-9._%+-]++@(?=[A-Za-z0-9]))
    | (?<![0-9A-Za-z])(?P<digest>(?=[0-9]*[a-f])
          (?:[0-9a-f]{{64}}|[0-9a-f]{{40}}|[0-9a-f]{{32}}|[0-9a-f]{{16}}))(?![0-9A-Za-z])
    | (?<![0-9A-Za-z])(?P<credit>(?=[0-9]*[A-Z])[0-9A-HJ-NPQRTUWXY]{{18}})(?![0-9A-Za-z])
    | (?<!{_D})(?<!\*{{4}})(?P<grouped>
          [1１][3-9３-９]{_D}{_GAP}{_D}{{4}}{_GAP}{_D}{{4}}
        | {_D}{{3,4}}{_GAP}{_D}{{7,8}}
        | {_D}{{6}}{_GAP}{_D}{{8}}{_GAP}{_D}{{3}}[0-9０-９XxＸｘ]
        | {_D}{{6}}{_GAP}{_D}{{4}}{_GAP}{_D}{{4}}{_GAP}{_D}{{3}}[0-9０-９XxＸｘ]
        | {_D}{{4}}(?:{_GAP}{_D}{{4}}){{2,4}}(?:{_GAP}{_D}{{1,4}})?
      )(?!{_D}|\*{{4}})
    | (?P<run>{_D}{{17}}[XxＸｘ]|{_D}{{11,}}+)
    """,
    re.VERBOSE,
)
MAYBE = r"@|[0-9０-９][0-9０-９ \x{a0}-]{9}[0-9０-９]"
"""What any text with something to hide matches (RE2), to leave the rest of a column alone quickly."""

_WIDE = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx")
_SEPARATORS = re.compile(_GAP)
_MOBILE = re.compile("(?:0086|86|0|17951|17911|17901|12593|10193)?(1[3-9][0-9]{9})")
_RESIDENT = re.compile(
    "[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]"
    "|[1-9][0-9]{5}[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}"
)
_MOMENT = re.compile(
    "(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])(?:[0-5][0-9]){2}(?:[0-9]{3})?"
)
_LANDLINE = re.compile("0[1-9][0-9]{9,10}")


def mask_text(text: str) -> str:
    """Return `text` with every identifier of a person in it hidden; masking twice changes nothing more.

    >>> mask_text("张三 139 0931 0000 转 6222005865412565805")
    '张三 139****0000 转 622200*********5805'
    """
    return _CANDIDATE.sub(_hidden, text)


def _hidden(found: re.Match[str]) -> str:
    told = found[0]
    match found.lastgroup:
        case "email":
            return f"{told[0]}***@"
        case "digest":
            return told
        case "credit" if credit_code.valid(told):
            return told
        case "grouped":
            return _number(_SEPARATORS.sub("", told), else_=told)
        case _:
            return _number(told, else_=told)


def _number(told: str, *, else_: str) -> str:
    """Return the digits `told` hidden, or `else_` where they point at nobody."""
    digits = told.translate(_WIDE).upper()
    mobile = _MOBILE.fullmatch(digits)
    if mobile:
        return starred(mobile[1], first=3, last=4)
    if _RESIDENT.fullmatch(digits):
        return starred(digits, first=3, last=4)
    if _LANDLINE.fullmatch(digits):
        return starred(digits, first=4, last=2)
    if _MOMENT.fullmatch(digits):
        return else_
    return starred(digits, first=6, last=4) if len(digits) >= 13 else else_
