"""What an ingest says of each file: one shape for the manifest, for programs and for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Status = Literal["ingested", "already", "refused", "asked"]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One thing a person must tell: the option to type, and why, in words."""

    option: str
    why: str


@dataclass(frozen=True, kw_only=True)
class SheetReport:
    """One grid of a file. `same_as` names an equal earlier sheet, which alone was read; `left` says it was no table."""

    sheet_no: int
    sheet: str | None
    rows_read: int = 0
    same_as: int | None = None
    left: bool = False


@dataclass(frozen=True, kw_only=True)
class TableReport:
    """Rows of one table from one file; `reasons` counts refused rows by `reason:column`."""

    table: str
    rows_read: int
    rows_kept: int
    rows_quarantined: int
    reasons: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class FileReport:
    """One file, or one member of an archive.

    The row counts are those of `table`, the file's main table; `tables` lists every table it filled. `rows_left_out`
    counts rows that the mapping's filters leave to no table. `checks` is what the kept rows say about themselves:
    `sums`, `in_fen`, `out_fen`, and for statements `balance`, `totals`, `duplicates`.
    """

    file: str
    status: Status
    sha256: str | None = None
    table: str | None = None
    mapping: str | None = None
    version: int | None = None
    source: str | None = None
    rows_read: int = 0
    rows_kept: int = 0
    rows_quarantined: int = 0
    rows_left_out: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    checks: Mapping[str, Any] = field(default_factory=dict)
    tables: tuple[TableReport, ...] = ()
    sheets: tuple[SheetReport, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    needs: tuple[Asked, ...] = ()
    why: str | None = None
    key: str | None = None
    harmless: bool = False

    @property
    def wants_attention(self) -> bool:
        """Whether something was refused or must be told before the file is in."""
        lost = self.status == "ingested" and not self.rows_kept
        return (self.status in ("refused", "asked") or lost) and not self.harmless

    def to_json(self) -> dict[str, Any]:
        """Return the report in JSON's types: always the counts, the rest where there is something to say."""
        told: dict[str, Any] = {
            "file": self.file,
            "sha256": self.sha256,
            "status": self.status,
            "table": self.table,
            "mapping": self.mapping,
            "version": self.version,
            "source": self.source,
            "rows_read": self.rows_read,
            "rows_kept": self.rows_kept,
            "rows_quarantined": self.rows_quarantined,
            "quarantine_reasons": dict(self.reasons),
            **self.checks,
        }
        if self.rows_left_out:
            told["rows_left_out"] = self.rows_left_out
        if len(self.tables) > 1:
            told["tables"] = [_table(each) for each in self.tables]
        if len(self.sheets) > 1:
            told["sheets"] = [_sheet(each) for each in self.sheets]
        if self.facts:
            told["facts"] = dict(self.facts)
        if self.notes:
            told["notes"] = list(self.notes)
        if self.needs:
            told["needs"] = [{"option": each.option, "why": each.why} for each in self.needs]
        if self.why:
            told |= {"why": self.why, "key": self.key}
        return told

    @classmethod
    def of_manifest(cls, manifest: Mapping[str, Any], *, file: str) -> "FileReport":
        """Return the report of a file that is in the lake already, under the name it bears now."""
        return cls(
            file=file,
            status="already",
            sha256=str(manifest["sha256"]),
            table=manifest.get("table"),
            mapping=manifest.get("mapping"),
            version=manifest.get("version"),
            source=manifest.get("source"),
            rows_read=int(manifest.get("rows_read", 0)),
            rows_kept=int(manifest.get("rows_kept", 0)),
            rows_quarantined=int(manifest.get("rows_quarantined", 0)),
            reasons=dict(manifest.get("quarantine_reasons", {})),
            checks={name: manifest[name] for name in CHECKS if name in manifest},
        )


CHECKS = ("sums", "in_fen", "out_fen", "balance", "totals", "duplicates")


def _table(told: TableReport) -> dict[str, Any]:
    return {
        "table": told.table,
        "rows_read": told.rows_read,
        "rows_kept": told.rows_kept,
        "rows_quarantined": told.rows_quarantined,
        "quarantine_reasons": dict(told.reasons),
    }


def _sheet(told: SheetReport) -> dict[str, Any]:
    shown: dict[str, Any] = {"sheet_no": told.sheet_no, "sheet": told.sheet, "rows_read": told.rows_read}
    if told.same_as is not None:
        shown["same_as"] = told.same_as
    if told.left:
        shown["left"] = True
    return shown


@dataclass(frozen=True, kw_only=True)
class IngestReport:
    """What one ingest did; `swept` files were rubbish of a command that was killed."""

    files: tuple[FileReport, ...]
    swept: int = 0

    @property
    def wants_attention(self) -> bool:
        """Whether any file was refused, must be asked about, or had not one row that could be kept."""
        return any(file.wants_attention for file in self.files)

    def to_json(self) -> dict[str, Any]:
        """Return the report in JSON's types; the sums over files count what this command added."""
        new = [file for file in self.files if file.status == "ingested"]
        return {
            "files": [file.to_json() for file in self.files],
            "rows_read": sum(file.rows_read for file in new),
            "rows_kept": sum(file.rows_kept for file in new),
            "rows_quarantined": sum(file.rows_quarantined for file in new),
            "by_status": {
                status: count
                for status in ("ingested", "already", "refused", "asked")
                if (count := sum(1 for file in self.files if file.status == status))
            },
        }


def merged_tables(tables: Sequence[TableReport]) -> tuple[TableReport, ...]:
    """Return `tables` with those of one name added up, in order of first appearance."""
    found: dict[str, TableReport] = {}
    for told in tables:
        before = found.get(told.table)
        found[told.table] = told if before is None else _added(before, told)
    return tuple(found.values())


def _added(one: TableReport, other: TableReport) -> TableReport:
    reasons = dict(one.reasons)
    for reason, count in other.reasons.items():
        reasons[reason] = reasons.get(reason, 0) + count
    return replace(
        one,
        rows_read=one.rows_read + other.rows_read,
        rows_kept=one.rows_kept + other.rows_kept,
        rows_quarantined=one.rows_quarantined + other.rows_quarantined,
        reasons=reasons,
    )


def merged_checks(checks: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what the grids of one file say together: sums added, agreement where all that can be checked agree."""
    if len(checks) < 2:
        return dict(checks[0]) if checks else {}
    sums: dict[str, dict[str, int]] = {}
    for told in checks:
        for currency, flow in told.get("sums", {}).items():
            total = sums.setdefault(currency, {"in": 0, "out": 0, "rows": 0})
            for name in total:
                total[name] += flow[name]
    main = main_currency(sums)
    merged: dict[str, Any] = {
        "sums": sums,
        "in_fen": sums[main]["in"] if main else None,
        "out_fen": sums[main]["out"] if main else None,
    }
    for name, agree in (("balance", "closes"), ("totals", "agree")):
        parts = [each[name] for each in checks if name in each]
        if parts:
            merged[name] = _together(parts, agree)
    if any("duplicates" in each for each in checks):
        merged["duplicates"] = sum(int(each.get("duplicates", 0)) for each in checks)
    return merged


def _together(told: Sequence[Mapping[str, Any]], agree: str) -> Mapping[str, Any]:
    """Return the first that disagrees, else the first that agrees, else the first."""
    for wanted in (False, True):
        for each in told:
            if each[agree] is wanted:
                return each
    return told[0]


def main_currency(sums: Mapping[str, object]) -> str | None:
    """Return the currency that `in_fen` and `out_fen` speak of: CNY, or the only one; null when neither."""
    if "CNY" in sums:
        return "CNY"
    return next(iter(sums)) if len(sums) == 1 else None
