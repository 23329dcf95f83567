"""What a typology, its cases and a group of them are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from suyuan.domain.contract import Label
from suyuan.engine.step import Scalar

Status = Literal["draft", "trial", "production", "retired"]
Stage = Literal["warn", "intercept", "trace"]
Severity = Literal["context", "review", "urgent"]
Subject = Literal["person", "company", "account", "loan", "app", "post", "handle", "document", "device", "appraisal"]
ParamType = Literal["int", "double", "text", "boolean", "date"]
Role = Literal["threshold", "score"]
Cell = str | int | float | bool | date | datetime | list[str] | None

HEAD = ("subject_id", "score", "amount_fen", "window_from_at", "window_to_at", "first_evidence_at")
"""The columns that every typology's last select begins with; what follows are facts."""

EVIDENCE = ("subject_id", "table_name", "row_id", "why", "weight")
"""The columns of the CTE `evidence`."""


@dataclass(frozen=True, kw_only=True)
class Param:
    """One `:named` place. A `threshold` decides whether a subject fires; a `score` only shapes what is said of it."""

    name: str
    type: ParamType
    default: Scalar
    unit: str
    why: Label
    role: Role = "threshold"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """How a fact is labelled for people."""

    name: str
    unit: str
    label: Label


@dataclass(frozen=True, kw_only=True)
class Case:
    """Rows, and the subjects that must fire on them: all of them, and no other."""

    title: str
    given: Mapping[str, tuple[Mapping[str, Cell], ...]]
    expect: tuple[Mapping[str, Cell], ...] = ()
    covers: tuple[str, ...] = ()
    like: str | None = None  # how the entry of `looks_like` begins that this case shows
    params: Mapping[str, Scalar]


@dataclass(frozen=True, kw_only=True)
class Typology:
    """One typology, checked.

    Attributes:
        finds: What it sees, and what a score of 1.0 means.
        reads: Table → columns, exactly what the SQL reads.
        optional: Tables of `reads` that count as empty where nothing of them is known.
        facts: Columns of the last select after `HEAD`, in order → house type.
        labels: Labels for people, of the facts that have one.
        sql: As the author wrote it.
    """

    id: str
    version: int
    status: Status
    title: Label
    stage: tuple[Stage, ...]
    finds: Label
    severity: Severity
    grain: Label
    subject: Subject
    reads: Mapping[str, tuple[str, ...]]
    optional: frozenset[str]
    params: Mapping[str, Param]
    facts: Mapping[str, str]
    labels: Mapping[str, Fact]
    looks_like: tuple[Label, ...]
    blind_to: tuple[Label, ...]
    sources: tuple[str, ...]
    sql: str
    cases: tuple[Case, ...]

    @property
    def needs(self) -> frozenset[str]:
        """Tables without which it cannot say anything."""
        return frozenset(self.reads) - self.optional

    @property
    def runs(self) -> bool:
        """Whether a run uses it."""
        return self.status in {"trial", "production"}


@dataclass(frozen=True, kw_only=True)
class Group:
    """The model group: every typology of some folders by id, in the order of the ids."""

    typologies: Mapping[str, Typology]
    folders: tuple[Path, ...]
