"""What a report says of a run as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from suyuan.domain.contract import Label
from suyuan.typology.model import Severity


@dataclass(frozen=True, kw_only=True)
class TypologyTold:
    """A typology of the run: how often it fired, or why it did not run."""

    id: str
    version: int
    title: Label
    severity: Severity
    signals: int | None
    why_skipped: Label | None


@dataclass(frozen=True, kw_only=True)
class FileTold:
    """One ingested file. `reasons`: why rows were put aside, and how many."""

    file: str
    table: str
    rows_kept: int
    rows_quarantined: int
    reasons: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class TableTold:
    """One table of the lake and how many of its rows were known to the run."""

    table: str
    title: Label
    rows: int


@dataclass(frozen=True, kw_only=True)
class LeadLine:
    """One line of the ranking. `parts`: (typology title, contribution), largest first."""

    lead_id: str
    rank: int
    title: Label
    score: float
    raised: bool
    hidden: bool
    currency: str | None
    amount_fen: int | None
    members: int
    provinces: tuple[str, ...]
    parts: tuple[tuple[Label, float], ...]


@dataclass(frozen=True, kw_only=True)
class Overview:
    """A run, told. `leads` may be cut short; `leads_total` says how many there are."""

    run_id: str
    number: int
    as_of: date | None
    engine: str
    raise_at: float
    leads_total: int
    raised: int
    hidden: int
    amounts: Mapping[str, int]  # currency → sum over raised leads
    members: int  # of raised leads
    victims: int  # of raised leads
    leads: tuple[LeadLine, ...]
    typologies: tuple[TypologyTold, ...]
    files: tuple[FileTold, ...]
    files_total: int
    tables: tuple[TableTold, ...]
