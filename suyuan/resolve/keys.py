"""Joining keys as expressions of the house dialect: what makes two records one for certain.

Every key is read from `given`, the text laid bare (`bare`). A key is null where the text is none: masked, cut, mistyped
or missing. Nothing here guesses.
"""

from string import ascii_lowercase, ascii_uppercase

from suyuan.domain.ids.check import CREDIT_ALPHABET

GLOBAL_DIGITS = 12
"""Account numbers of fewer digits repeat from bank to bank and are keys only together with the bank."""

_RESIDENT_WEIGHTS = tuple(pow(2, 18 - place, 11) for place in range(1, 18))
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def bare(column: str) -> str:
    """Return the expression of `column` in capitals (of ASCII) without blanks, quotes, dashes and tabs."""
    dropped = " \t\r\n\u00a0\u3000''\"`=—–·.-"
    return f"translate({column}, '{ascii_lowercase}{dropped}', '{ascii_uppercase}')"


def capitals(column: str) -> str:
    """Return the expression of `column` in capitals of ASCII, which every engine writes alike."""
    return f"translate({column}, '{ascii_lowercase}', '{ascii_uppercase}')"


def account_number(*, given: str, scope: str) -> str:
    """Return the expression of the full account number in `given`; null when it is masked or no number.

    Exports add `_1` or `_CNY` to a number; that tail goes. A number of fewer than 12 digits, and a wallet's name
    (e-mail, letters), is a key only within `scope`, an expression naming its institution.
    """
    number = f"regexp_replace({given}, '_[0-9A-Z]{{1,3}}$', '', 'g')"
    return (
        f"case when regexp_matches({number}, '^[0-9]{{{GLOBAL_DIGITS},32}}$') then {number}"
        f" when regexp_matches({number}, '^[0-9A-Z@_]{{6,64}}$') and regexp_matches({number}, '[0-9@]')"
        f" and not regexp_matches({number}, 'X{{3}}')"
        f" then {number} || '@' || {scope} end"
    )


def resident_body(given: str) -> str:
    """Return the expression of the first 17 characters of the resident number in `given`, an old one written out.

    Of the 15-digit form the sequences 996 to 999 (born before 1900) are left out.
    """
    old = f"regexp_matches({given}, '^[1-9][0-9]{{14}}$') and substr({given}, 13, 2) <> '99'"
    new = f"regexp_matches({given}, '^[1-9][0-9]{{16}}[0-9X]$')"
    written_out = f"substr({given}, 1, 6) || '19' || substr({given}, 7, 9)"
    return f"case when {old} then {written_out} when {new} then substr({given}, 1, 17) end"


def resident_id(*, given: str, body: str) -> str:
    """Return the expression of the valid resident number in `given`, 18 characters; `body` is its `resident_body`.

    Source: GB 11643-1999; ISO 7064 MOD 11-2.
    """
    rest = f"{_checked(body, digits='0123456789', weights=_RESIDENT_WEIGHTS)} % 11"
    whens = " ".join(f"when {worth} then '{check}'" for worth, check in enumerate("10X98765432"))
    right = f"strpos('10X98765432', substr({given}, 18, 1)) = {rest} + 1"
    century, month, day = (f"substr({body}, {at}, 2)" for at in (7, 11, 13))
    dated = (
        f"{century} >= '18' and {century} <= '20' and {month} >= '01' and {month} <= '12'"
        f" and {day} >= '01' and {day} <= '31'"
    )
    return (
        f"case when {dated} and length({given}) = 15 then {body} || case {rest} {whens} end"
        f" when {dated} and length({given}) = 18 and {right} then {given} end"
    )


def credit_code(*, given: str) -> str:
    """Return the expression of the valid unified social credit code in `given`.

    Source: GB 32100-2015.
    """
    total = _checked(given, digits=CREDIT_ALPHABET, weights=_CREDIT_WEIGHTS)
    right = f"strpos('{CREDIT_ALPHABET}', substr({given}, 18, 1)) = (31 - {total} % 31) % 31 + 1"
    shape = f"regexp_matches({given}, '^[{CREDIT_ALPHABET}]{{18}}$')"
    return f"case when {shape} and {right} then {given} end"


def _checked(body: str, *, digits: str, weights: tuple[int, ...]) -> str:
    """Return the expression of the weighted sum of the characters of `body`, each worth its place in `digits`."""
    terms = (
        f"(strpos('{digits}', substr({body}, {place}, 1)) - 1) * {weight}"
        for place, weight in enumerate(weights, start=1)
    )
    return f"({' + '.join(terms)})"
