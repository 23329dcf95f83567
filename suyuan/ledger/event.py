"""One event of the ledger and the digest that chains it to the one before."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

START = "0" * 64
"""What the first event names as its predecessor's digest."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that a person or a program did, as it was told then.

    Attributes:
        seq: 1 for the first event of a ledger, without gaps.
        recorded_at: Naive, UTC+8, to the microsecond.
        kind: Dotted word owned by the room that folds it, such as `case.opened`; the ledger knows none of them.
        subject: What it is about, in the words of that room.
        before: Digest of the event before (`START` for the first).
        digest: SHA-256 over everything else, see `digest_of`.
    """

    seq: int
    recorded_at: datetime
    actor: str
    kind: str
    subject: str
    why: str
    body: Mapping[str, Json]
    before: str
    digest: str


def canonical(value: Json | Mapping[str, Json]) -> str:
    """Return the one JSON text of `value`: keys sorted, no blanks, characters as themselves.

    Raises:
        ValueError: A number is not finite.
        TypeError: Something in it has no JSON form.

    >>> canonical({"b": 1, "a": "金"})
    '{"a":"金","b":1}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def time_text(moment: datetime) -> str:
    """Return `moment` as it is stored and digested: ISO 8601 with microseconds and +08:00."""
    return moment.isoformat(timespec="microseconds") + "+08:00"


def digest_of(
    *, seq: int, recorded_at: str, actor: str, kind: str, subject: str, why: str, body: str, before: str
) -> str:
    """Return the SHA-256 (64 hex) of an event's parts; `body` is canonical JSON text."""
    parts: list[Json] = [seq, recorded_at, actor, kind, subject, why, body, before]
    return hashlib.sha256(canonical(parts).encode()).hexdigest()
