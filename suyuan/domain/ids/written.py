"""Identifiers as people and exports write them, brought to one form."""

import unicodedata

_AROUND = "\"'`=,;’‘“”，；、"
_INSIDE = str.maketrans("", "", " \t\r\n-‐‑‒–—−.·()\u00a0\u200b\u200c\u200d\u2060\ufeff")


def plain(text: str) -> str:
    """Return `text` in half-width capitals without blanks, dashes, brackets, quotes and invisible characters.

    Exports guard long numbers with a quote, a tab or `="…"`; people group digits by blanks or dashes.

    >>> plain('="6222 0058-6541 2565 805"')
    '6222005865412565805'
    """
    return unicodedata.normalize("NFKC", text).strip().strip(_AROUND).translate(_INSIDE).strip(_AROUND).upper()


def starred(text: str, *, first: int, last: int) -> str:
    """Return `text` with all but its `first` and `last` characters starred; too short a text is starred whole.

    At least four characters are always hidden, so that a mistyped or cut identifier does not show through.
    """
    if len(text) < first + last + 4:
        return "*" * len(text)
    return text[:first] + "*" * (len(text) - first - last) + (text[-last:] if last else "")


def digits_only(text: str) -> bool:
    """Return whether `text` is one or more of the ASCII digits 0–9 (`str.isdigit` also takes ² and ٣)."""
    return text.isascii() and text.isdigit()
