"""Mutes: a person says why a lead need not be looked at for a while. The ledger keeps who, why and until when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from suyuan.domain.errors import UsageError
from suyuan.ledger.event import Event
from suyuan.ledger.store import Ledger

MUTED = "lead.muted"
UNMUTED = "lead.unmuted"


@dataclass(frozen=True, kw_only=True)
class Mute:
    """A mute that somebody answers for. It holds up to and including `until_on`."""

    lead_id: str
    owner: str
    why: str
    muted_at: datetime
    until_on: date


def mute(ledger: Ledger, lead_id: str, *, until_on: date, actor: str, why: str, now: datetime) -> Mute:
    """Record that `actor` mutes `lead_id` until the end of `until_on`; a later mute takes the place of an earlier one.

    Raises:
        UsageError: There is no reason, or the day has passed.
    """
    if not why.strip():
        raise UsageError("lead.mute_no_reason")
    if until_on < now.date():
        raise UsageError("lead.mute_past", day=until_on)
    event = ledger.append(MUTED, lead_id, {"until_on": until_on.isoformat()}, actor=actor, now=now, why=why)
    return _mute(event)


def unmute(ledger: Ledger, lead_id: str, *, actor: str, why: str, now: datetime) -> None:
    """Record that `actor` takes the mute of `lead_id` away."""
    ledger.append(UNMUTED, lead_id, {}, actor=actor, now=now, why=why)


def mutes_on(events: Iterable[Event], *, on: date) -> Mapping[str, Mute]:
    """Return the mutes that held at the end of the day `on`, by lead; what was recorded later plays no part.

    Args:
        events: Of the kinds `lead.…`, in order.
        on: A day.
    """
    held: dict[str, Mute] = {}
    for event in events:
        if event.recorded_at.date() > on:
            continue
        if event.kind == MUTED:
            held[event.subject] = _mute(event)
        elif event.kind == UNMUTED:
            held.pop(event.subject, None)
    return {lead_id: one for lead_id, one in held.items() if one.until_on >= on}


def _mute(event: Event) -> Mute:
    return Mute(
        lead_id=event.subject,
        owner=event.actor,
        why=event.why,
        muted_at=event.recorded_at,
        until_on=date.fromisoformat(str(event.body["until_on"])),
    )
