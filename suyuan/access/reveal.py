"""Shows what is hidden to somebody who says why, and writes down that he looked before he sees it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from suyuan.access.mask import Revealed, mask_json, mask_text
from suyuan.domain.errors import UsageError
from suyuan.ledger.event import Json
from suyuan.ledger.store import Ledger

KIND = "access.revealed"


def reveal(
    payload: Any, *, subject: str, fields: Sequence[str] = (), ledger: Ledger, actor: str, why: str, now: datetime
) -> Revealed:
    """Return `payload` to be printed unmasked, after the look was written to `ledger`.

    Args:
        payload: What is shown.
        subject: What is looked at: a lead, an entity, a search. Written down masked.
        fields: Which parts are shown in clear; empty means all.
        ledger: Gets one event `access.revealed`.
        actor: Who looks.
        why: The reason; never empty.
        now: When.

    Raises:
        UsageError: `why` or `actor` is empty.
        DataError: The ledger cannot be written; then nothing is shown.
    """
    if not why.strip():
        raise UsageError("access.no_reason")
    body: dict[str, Json] = {"fields": [str(field) for field in fields], "masked": mask_json(_sample(payload))}
    ledger.append(KIND, mask_text(subject), body, actor=actor, now=now, why=why)
    return Revealed(payload)


def _sample(payload: Any) -> Any:
    """Return what tells later which records were seen: identities, not contents."""
    found = payload if isinstance(payload, list) else [payload]
    keys = ("lead_id", "entity_id", "kind", "id", "table", "row_id")
    return [
        {key: record[key] for key in keys if isinstance(record.get(key), str)}
        for record in found[:1000]
        if isinstance(record, dict)
    ]
