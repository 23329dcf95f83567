"""Stable stand-ins for ids and source keys: equal ids look equal, and nobody reads a card number out of one.

A stand-in is `~` and 16 letters, after the institution where the id names one (`icbc:~kbna…`). It is a
keyed digest: without the workspace's key nobody can try all phone numbers until one fits. Ids that the house makes
itself (`c-3fa9…`, row ids) say nothing about a person and stay.
"""

import hashlib
import re
import secrets
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from suyuan.domain.workspace import Workspace

KEY_FILE = "mask.key"
_KEY_BYTES = 32
_NO_KEY = b""  # outside a workspace there are no ids to hide

mask_key: ContextVar[bytes] = ContextVar("mask_key", default=_NO_KEY)
"""The key in use; `use_key` sets it."""

OWN = r"[a-z]-[0-9a-f]{16}|(?:lead|ring)-[0-9a-f]{12}|(?:[^:\s0-9]+:)?~[a-p]{16}"
"""Ids of entities, transfers, leads and rings, and stand-ins: what stays (Python and RE2; `is_own` knows more)."""

_OWN = re.compile(OWN)
_ROW = re.compile(r"[0-9a-f]{16}(?:-[0-9]+)?(?::[0-9]+)+|(?=[0-9]*[a-f])[0-9a-f]{16,64}")
_STAND_IN = re.compile(r"([^:\s]{1,40}):~[a-p]{16}")
_NAMED = re.compile(r"(?=[^:]*[^\W\d])([^:\s]{1,40}):(.+)", re.DOTALL)
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")  # without digits, never taken for a number
_LONG_NUMBER = re.compile(r"[0-9]{6}")


def make_key(workspace: Workspace) -> None:
    """Write the workspace's key, once; a key that stands is left alone, or stand-ins would change."""
    path = _path(workspace)
    if not path.exists():
        path.write_text(secrets.token_hex(_KEY_BYTES) + "\n", encoding="ascii")
        path.chmod(0o600)


def use_key(workspace: Workspace) -> None:
    """Make stand-ins with the key of `workspace` from here on; without one they are digests without a key."""
    path = _path(workspace)
    mask_key.set(bytes.fromhex(path.read_text(encoding="ascii").strip()) if path.is_file() else _NO_KEY)


def _path(workspace: Workspace) -> Path:
    return workspace.root / KEY_FILE


def pseudonym(value: str) -> str:
    """Return the stand-in of the id `value`; an id of the house's own and a stand-in stay as they are."""
    return _pseudonym(value, mask_key.get())


def is_own(value: str) -> bool:
    """Return whether `value` is an id that the house made itself, a row id, a digest or a stand-in."""
    if _OWN.fullmatch(value) or _ROW.fullmatch(value):
        return True
    hidden = _STAND_IN.fullmatch(value)
    return hidden is not None and not _LONG_NUMBER.search(hidden[1])


@lru_cache(maxsize=65536)
def _pseudonym(value: str, key: bytes) -> str:
    if not value or is_own(value):
        return value
    named = _NAMED.fullmatch(value)
    if named and _ROW.fullmatch(named[2]):
        return value  # an id that reading made of a row, because the institution gave none
    if named and not _LONG_NUMBER.search(named[1]):
        return f"{named[1]}:{_digest(named[2], key)}"
    return _digest(value, key)


def _digest(value: str, key: bytes) -> str:
    digest = hashlib.blake2b(value.encode(errors="surrogatepass"), key=key, digest_size=8).hexdigest()
    return "~" + digest.translate(_LETTERS)
