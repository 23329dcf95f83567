"""Check characters."""

_MOD_11_2 = "10X98765432"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100: digits and capitals without I, O, S, V and Z."""
_CREDIT_VALUE = {character: value for value, character in enumerate(CREDIT_ALPHABET)}
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def mod_11_2(body: str) -> str:
    """Return the check character of the digits `body`.

    Source: ISO 7064 MOD 11-2, as used by GB 11643-1999.

    >>> mod_11_2("11010519491231002")
    'X'
    """
    return _MOD_11_2[sum(int(digit) * pow(2, len(body) - place, 11) for place, digit in enumerate(body)) % 11]


def mod_31(body: str) -> str:
    """Return the check character of the 17 characters `body` of a unified social credit code.

    Raises:
        KeyError: A character is outside `CREDIT_ALPHABET`.

    Source: GB 32100-2015, section 4 (weights 3^(i-1) mod 31).

    >>> mod_31("91350100M000100Y4")
    '3'
    """
    total = sum(_CREDIT_VALUE[character] * pow(3, place, 31) for place, character in enumerate(body))
    return CREDIT_ALPHABET[-total % 31]


def organisation(body: str) -> str:
    """Return the check character of the 8 characters `body` of an organisation code (digits and A–Z).

    Source: GB 11714-1997 (MOD 11, weights 3 7 9 10 5 8 4 2).

    >>> organisation("M000100Y")
    '4'
    """
    total = sum(int(character, 36) * weight for character, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def luhn(body: str) -> str:
    """Return the check digit of the digits `body` of a card number.

    Source: ISO/IEC 7812-1, annex B.

    >>> luhn("411111111111111")
    '1'
    """
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)
