"""What is told of one lead: everything that a page, a printer or a program shows of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from suyuan.domain.contract import Label
from suyuan.typology.model import Severity

Cell = str | int | float | bool | date | datetime | list[str] | None


@dataclass(frozen=True, kw_only=True)
class Number:
    """One fact of a reason, worded with its unit."""

    label: Label
    value: Label


@dataclass(frozen=True, kw_only=True)
class ReasonTold:
    """One typology's part in a lead.

    `looks_like` says what it would be if it were honest, `blind_to` what the typology cannot see.
    """

    reason_no: int
    typology_id: str
    title: Label
    severity: Severity
    text: Label
    finds: Label
    contribution: float
    score: float
    currency: str | None
    amount_fen: int | None
    subjects: int
    evidence_rows: int
    numbers: tuple[Number, ...]
    looks_like: tuple[Label, ...]
    blind_to: tuple[Label, ...]


@dataclass(frozen=True, kw_only=True)
class MemberTold:
    """One member. `role_basis` and `role_row_id` name the column and the row that prove the role."""

    kind: str
    id: str
    name: str | None
    role: str
    role_basis: str
    role_row_id: str
    records: int
    signals: int
    evidence_rows: int


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a row came from. `file` is null when no manifest knows the row."""

    row_id: str
    file: str | None
    sheet_no: int | None
    row_no: int | None


@dataclass(frozen=True, kw_only=True)
class EvidenceTold:
    """One evidence row with its content, and the source rows that tell of it."""

    typology_id: str
    table: str
    row_id: str
    why: str | None
    weight: float | None
    told_at: datetime | None
    currency: str | None
    amount_fen: int | None
    row: Mapping[str, Cell]
    origins: tuple[Origin, ...]


@dataclass(frozen=True, kw_only=True)
class EdgeTold:
    """Rows of one kind from one member to another; `*` stands for all that were too many to list."""

    src_id: str
    dst_id: str
    kind: str
    told: int
    currency: str | None
    amount_fen: int | None


@dataclass(frozen=True, kw_only=True)
class DayTold:
    """What moved on one day in one direction."""

    moved_on: date
    flow: str
    currency: str
    told: int
    amount_fen: int | None


@dataclass(frozen=True, kw_only=True)
class Who:
    """Whom an id stands for, as far as it is known: an account's number, anybody's name."""

    kind: str
    id: str
    name: str | None
    number: str | None


@dataclass(frozen=True, kw_only=True)
class Story:
    """One lead, told.

    `members` and `evidence` may be cut short; their totals say how many there are. `who` names every id in members,
    edges and evidence that resolution knows.
    """

    lead_id: str
    rank: int
    title: Label
    score: float
    raised: bool
    severity: Severity
    currency: str | None
    amount_fen: int | None
    amount_basis: str | None
    typologies: tuple[str, ...]
    provinces: tuple[str, ...]
    first_at: datetime | None
    last_at: datetime | None
    hidden: bool
    reports: int
    signals: int
    reasons: tuple[ReasonTold, ...]
    members: tuple[MemberTold, ...]
    members_total: int
    victims: int  # people and firms; their accounts are members too
    roles: Mapping[str, int]
    evidence: tuple[EvidenceTold, ...]
    evidence_total: int
    edges: tuple[EdgeTold, ...]
    days: tuple[DayTold, ...]
    who: tuple[Who, ...]
