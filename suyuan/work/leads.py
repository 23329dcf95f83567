"""`suyuan leads`: the ranked leads of a run; and muting one of them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from suyuan.domain.errors import NotFound
from suyuan.domain.say import spoken
from suyuan.domain.workspace import Workspace
from suyuan.lead.members import ROLES
from suyuan.lead.mute import Mute, mute, mutes_on, unmute
from suyuan.ledger.store import Ledger
from suyuan.work.run_store import RunInfo, latest

MOST_MEMBERS = 1000  # of each lead; `members_total` says how many there are


@dataclass(frozen=True, kw_only=True)
class Leads:
    """The leads of one run, best first."""

    run: RunInfo
    leads: tuple[Mapping[str, Any], ...]
    left_out: int  # not raised, or muted

    def to_json(self) -> list[Mapping[str, Any]]:
        """Return the list of leads."""
        return list(self.leads)


def leads(*, workspace: Workspace, now: datetime, as_of: date | None = None, everything: bool = False) -> Leads:
    """Return the leads of the run of `as_of` (see `latest`): those raised and not muted, or everything.

    Each is a mapping: `lead_id`, `title` (in the language spoken), `title_en`, `title_zh`, `rank`, `score`, `severity`,
    `raised`, `amount_fen`, `currency`, `amount_basis`, `typologies`, `members` (`kind`, `id`, `role`; at most 1,000,
    the ring before its victims), `members_total`, `provinces`, `first_at`, `last_at`, `hidden`, `reports`, `signals`,
    `muted` (null, or who, why and until when) and `run_id`.

    Raises:
        NotFound: There is no such run.
    """
    run = latest(workspace, as_of=as_of)
    held = mutes(workspace, on=as_of or now.date())
    rows = sorted(run.read("lead").to_pylist(), key=lambda row: int(row["rank"]))
    shown = [row for row in rows if everything or (row["raised"] and row["lead_id"] not in held)]
    members = _members(run, {row["lead_id"] for row in shown})
    told = [_told(row, members[row["lead_id"]], muted=held.get(row["lead_id"]), run=run) for row in shown]
    return Leads(run=run, leads=tuple(told), left_out=len(rows) - len(shown))


def mutes(workspace: Workspace, *, on: date) -> Mapping[str, Mute]:
    """Return the mutes that held at the end of the day `on`; none where nothing has been decided yet."""
    if not workspace.ledger.is_file():
        return {}
    with Ledger(workspace.ledger) as ledger:
        return mutes_on(ledger.events(kind="lead."), on=on)


def mute_lead(lead_id: str, *, workspace: Workspace, until_on: date, actor: str, why: str, now: datetime) -> Mute:
    """Record a mute of `lead_id`, which the last run must know.

    Raises:
        NotFound: The last run has no such lead.
        UsageError: There is no reason, or the day has passed.
    """
    _known(lead_id, workspace=workspace)
    with Ledger(workspace.ledger) as ledger:
        return mute(ledger, lead_id, until_on=until_on, actor=actor, why=why, now=now)


def unmute_lead(lead_id: str, *, workspace: Workspace, actor: str, why: str, now: datetime) -> None:
    """Take a mute away.

    Raises:
        NotFound: `lead_id` is not muted.
    """
    if lead_id not in mutes(workspace, on=now.date()):
        raise NotFound("lead.not_muted", lead_id=lead_id)
    with Ledger(workspace.ledger) as ledger:
        unmute(ledger, lead_id, actor=actor, why=why, now=now)


def _known(lead_id: str, *, workspace: Workspace) -> None:
    run = latest(workspace)
    if lead_id not in run.read("lead", columns=["lead_id"])["lead_id"].to_pylist():
        raise NotFound("lead.none", lead_id=lead_id, run_id=run.run_id)


def _members(run: RunInfo, wanted: set[str]) -> dict[str, list[dict[str, str]]]:
    place = {role: number for number, role in enumerate(ROLES)}
    columns = ["lead_id", "kind", "member_id", "role"]
    rows = [row for row in run.read("lead_member", columns=columns).to_pylist() if row["lead_id"] in wanted]
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["lead_id"], place[row["role"]], row["member_id"])):
        found[row["lead_id"]].append({"kind": row["kind"], "id": row["member_id"], "role": row["role"]})
    return found


_PLAIN = ("rank", "score", "severity", "raised", "amount_fen", "currency", "amount_basis", "typologies", "provinces")
_LAST = ("first_at", "last_at", "hidden", "reports", "signals")


def _told(
    row: Mapping[str, Any], members: list[dict[str, str]], *, muted: Mute | None, run: RunInfo
) -> Mapping[str, Any]:
    words = {"title": row[f"title_{spoken.get()}"], "title_en": row["title_en"], "title_zh": row["title_zh"]}
    return {
        "lead_id": row["lead_id"],
        **words,
        **{name: row[name] for name in _PLAIN},
        "members": members[:MOST_MEMBERS],
        "members_total": len(members),
        **{name: row[name] for name in _LAST},
        "muted": {"owner": muted.owner, "why": muted.why, "until_on": muted.until_on} if muted else None,
        "run_id": run.run_id,
    }
