"""`suyuan lead show`: tells one lead, or several, with evidence, members and what would disprove it."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from suyuan.domain.contract import Label, contracts
from suyuan.domain.errors import NotFound
from suyuan.domain.say import Lang, say, spoken
from suyuan.domain.workspace import Workspace
from suyuan.lead.explain import numbers
from suyuan.lead.members import ROLES
from suyuan.lead.story import (
    Cell,
    DayTold,
    EdgeTold,
    EvidenceTold,
    MemberTold,
    Number,
    Origin,
    ReasonTold,
    Story,
    Who,
)
from suyuan.report.words import NEXT
from suyuan.report.words import ROLES as ROLE_WORDS
from suyuan.sources import lake
from suyuan.typology.group import load_group
from suyuan.typology.model import Typology
from suyuan.work.provenance import Origins, content_of, rows_of
from suyuan.work.run_inputs import typology_folders
from suyuan.work.run_store import RunInfo, latest

MOST_MEMBERS = 200
MOST_EVIDENCE = 12  # of each typology

Rows = list[dict[str, Any]]


def show_lead(
    lead_id: str, *, run: RunInfo, workspace: Workspace, typologies: Mapping[str, Typology], most: int = MOST_EVIDENCE
) -> Story:
    """Return the story of `lead_id` in `run`, or of the lead it was merged into.

    Raises:
        NotFound: The run has no such lead.
        DataError: A table of the run or a file of the lake cannot be read.
    """
    now = run.told.get("merged_leads", {}).get(lead_id, lead_id)
    told = stories([now], run=run, workspace=workspace, typologies=typologies, most=most)
    if not told:
        raise NotFound("lead.none", lead_id=lead_id, run_id=run.run_id)
    return told[0]


def stories(
    lead_ids: Sequence[str],
    *,
    run: RunInfo,
    workspace: Workspace,
    typologies: Mapping[str, Typology],
    most: int = MOST_EVIDENCE,
) -> list[Story]:
    """Return the stories of those of `lead_ids` that `run` has, best first, at most `most` evidence rows a typology."""
    wanted = pa.array(sorted(set(lead_ids)), pa.string())
    leads = sorted(_of(run.read("lead"), "lead_id", wanted).to_pylist(), key=lambda row: int(row["rank"]))
    by_lead = {
        table: _grouped(_of(run.read(table), "lead_id", wanted).to_pylist())
        for table in ("lead_reason", "lead_member", "lead_signal", "lead_edge", "lead_day")
    }
    teller = _Teller(run=run, files=lake.tables(workspace), workspace=workspace, typologies=typologies, most=most)
    teller.gather([row["signal_id"] for rows in by_lead["lead_signal"].values() for row in rows])
    return [teller.story(lead, **{table: rows[lead["lead_id"]] for table, rows in by_lead.items()}) for lead in leads]


def _of(table: pa.Table, column: str, wanted: pa.Array) -> pa.Table:
    return table.filter(pc.is_in(table[column], value_set=wanted))


def _grouped(rows: Rows) -> dict[str, Rows]:
    found: dict[str, Rows] = defaultdict(list)
    for row in rows:
        found[row["lead_id"]].append(row)
    return found


class _Teller:
    """Holds what all stories of one run need: signals, evidence rows and their content."""

    def __init__(
        self,
        *,
        run: RunInfo,
        files: Mapping[str, Sequence[Path]],
        workspace: Workspace,
        typologies: Mapping[str, Typology],
        most: int,
    ) -> None:
        self._run, self._files, self._typologies, self._most = run, files, typologies, most
        self._origins = Origins(workspace)
        self._signals: dict[str, dict[str, Any]] = {}
        self._evidence: dict[str, Rows] = {}
        self._content: dict[tuple[str, str], dict[str, Cell]] = {}
        self._witnesses: dict[str, list[str]] = defaultdict(list)

    def gather(self, signal_ids: Sequence[str]) -> None:
        """Read the signals, their strongest evidence and its content, each file once."""
        wanted = pa.array(sorted(set(signal_ids)), pa.string())
        self._signals = {
            row["signal_id"]: row for row in _of(self._run.read("signal"), "signal_id", wanted).to_pylist()
        }
        found: dict[str, Rows] = defaultdict(list)
        for row in _of(self._run.read("signal_evidence"), "signal_id", wanted).to_pylist():
            found[row["signal_id"]].append(row)
        self._evidence = {
            signal: sorted(rows, key=lambda row: (-(row["weight"] or 0), row["table_name"], row["row_id"]))[
                : self._most
            ]
            for signal, rows in found.items()
        }
        by_table: dict[str, set[str]] = defaultdict(set)
        for row in (row for rows in self._evidence.values() for row in rows):
            by_table[row["table_name"]].add(row["row_id"])
        for table, ids in by_table.items():
            content = self._transfers(ids) if table == "transfer" else rows_of(table, ids, files=self._files)
            self._content.update({(table, row_id): cells for row_id, cells in content.items()})
        self._with_entities()

    def _with_entities(self) -> None:
        """Put entity ids in place of lake ids in the rows that were read from the lake."""
        told = {cell for cells in self._content.values() for name, cell in cells.items() if name.endswith("_id")}
        wanted = pa.array(sorted(cell for cell in told if isinstance(cell, str)), pa.string())
        members = _of(self._run.read("entity_member", columns=["kind", "lake_id", "entity_id"]), "lake_id", wanted)
        entity_of = {(row["kind"], row["lake_id"]): row["entity_id"] for row in members.to_pylist()}
        for (table, _), cells in self._content.items():
            for column in contracts()[table].columns.values():
                kinds = [ref.split(".")[0] for ref in column.refs]
                found = [
                    entity_of[kind, cells[column.name]] for kind in kinds if (kind, cells.get(column.name)) in entity_of
                ]
                if found:
                    cells[column.name] = found[0]

    def _transfers(self, ids: set[str]) -> dict[str, dict[str, Cell]]:
        wanted = pa.array(sorted(ids), pa.string())
        for row in _of(self._run.read("transfer_witness"), "transfer_id", wanted).to_pylist():
            if row["witness_row_id"] not in self._witnesses[row["transfer_id"]]:
                self._witnesses[row["transfer_id"]].append(row["witness_row_id"])
        return content_of("transfer", _of(self._run.read("transfer"), "transfer_id", wanted), key="transfer_id")

    def story(
        self,
        lead: Mapping[str, Any],
        *,
        lead_reason: Rows,
        lead_member: Rows,
        lead_signal: Rows,
        lead_edge: Rows,
        lead_day: Rows,
    ) -> Story:
        """Return the story of one lead from its rows."""
        signals = [self._signals[row["signal_id"]] for row in lead_signal]
        lead_reason.sort(key=lambda row: int(row["reason_no"]))
        evidence = self._told(signals, order=lead["typologies"])
        place = {role: number for number, role in enumerate(ROLES)}
        lead_member.sort(key=lambda row: (place[row["role"]], -row["signals"], -row["evidence_rows"], row["member_id"]))
        return Story(
            **{name: lead[name] for name in _LEAD},
            title=Label(en=lead["title_en"], zh=lead["title_zh"]),
            typologies=tuple(lead["typologies"]),
            provinces=tuple(lead["provinces"]),
            reasons=tuple(self._reason(row, signals) for row in lead_reason),
            members=tuple(_member(row) for row in lead_member[:MOST_MEMBERS]),
            members_total=len(lead_member),
            victims=sum(1 for row in lead_member if row["role"] == "victim" and row["kind"] != "account"),
            roles=dict(Counter(row["role"] for row in lead_member)),
            evidence=tuple(evidence),
            evidence_total=sum(row["evidence_rows"] for row in signals),
            edges=tuple(_edge(row) for row in sorted(lead_edge, key=_edge_key)),
            who=self._who(lead_member, lead_edge, evidence),
            days=tuple(_day(row) for row in sorted(lead_day, key=_day_key)),
        )

    def _who(self, members: Rows, edges: Rows, evidence: Sequence[EvidenceTold]) -> tuple[Who, ...]:
        ids = {row["member_id"] for row in members[:MOST_MEMBERS]}
        ids |= {row[side] for row in edges for side in ("src_id", "dst_id")}
        ids |= {cell for one in evidence for name, cell in one.row.items() if name.endswith("_id")}
        wanted = pa.array(sorted(one for one in ids if isinstance(one, str)), pa.string())
        known = _of(self._run.read("entity"), "entity_id", wanted).to_pylist()
        return tuple(_named(row) for row in sorted(known, key=lambda row: str(row["entity_id"])))

    def _reason(self, row: Mapping[str, Any], signals: Rows) -> ReasonTold:
        typology = self._typologies[row["typology_id"]]
        signal = self._signals[row["signal_id"]]
        facts = json.loads(signal["facts"])
        worded = {lang: numbers(facts, typology=typology, lang=lang) for lang in _LANGS}
        fired = [one for one in signals if one["typology_id"] == row["typology_id"]]
        plain = ("reason_no", "typology_id", "severity", "contribution", "currency", "amount_fen", "evidence_rows")
        return ReasonTold(
            **{name: row[name] for name in plain},
            title=typology.title,
            text=Label(en=row["text_en"], zh=row["text_zh"]),
            finds=typology.finds,
            score=signal["score"],
            subjects=len({one["subject_id"] for one in fired}),
            numbers=tuple(
                Number(label=Label(en=en[0], zh=zh[0]), value=Label(en=en[1], zh=zh[1]))
                for en, zh in zip(worded["en"], worded["zh"], strict=True)
            ),
            looks_like=typology.looks_like,
            blind_to=typology.blind_to,
        )

    def _told(self, signals: Rows, *, order: Sequence[str]) -> list[EvidenceTold]:
        """Return the strongest rows of every typology of `order`, each row once."""
        found: dict[str, Rows] = defaultdict(list)
        for signal in signals:
            found[signal["typology_id"]] += self._evidence.get(signal["signal_id"], [])
        seen: set[tuple[str, str]] = set()
        told: list[EvidenceTold] = []
        for typology in order:
            rows = sorted(found[typology], key=lambda row: (-(row["weight"] or 0), row["table_name"], row["row_id"]))
            fresh = [row for row in rows if (row["table_name"], row["row_id"]) not in seen][: self._most]
            seen |= {(row["table_name"], row["row_id"]) for row in fresh}
            told += [self._evidence_row(typology, row) for row in fresh]
        return told

    def _evidence_row(self, typology: str, row: Mapping[str, Any]) -> EvidenceTold:
        table, row_id = row["table_name"], row["row_id"]
        content = self._content.get((table, row_id), {})
        contract = contracts()[table]
        happened = content.get(contract.event_time or "")
        paid = content.get("paid_out_at")
        amount = next((content[name] for name in _AMOUNTS if name in content), None)
        currency = content.get("currency")
        return EvidenceTold(
            typology_id=typology,
            table=table,
            row_id=row_id,
            why=row["why"],
            weight=row["weight"],
            told_at=_moment(paid if isinstance(paid, datetime) else happened),
            currency=currency if isinstance(currency, str) else None,
            amount_fen=amount if isinstance(amount, int) else None,
            row=content,
            origins=self._origins_of(table, row_id),
        )

    def _origins_of(self, table: str, row_id: str) -> tuple[Origin, ...]:
        rows = self._witnesses.get(row_id, []) if table == "transfer" else [row_id]
        return tuple(self._origins.of(one) for one in sorted(rows))


_LEAD = (
    *("lead_id", "rank", "score", "raised", "severity", "currency", "amount_fen", "amount_basis"),
    *("first_at", "last_at", "hidden", "reports", "signals"),
)
_LANGS: tuple[Lang, ...] = ("en", "zh")
_AMOUNTS = ("amount_fen", "received_fen", "principal_fen")


def _moment(value: Cell) -> datetime | None:
    if isinstance(value, datetime):
        return value
    return datetime.combine(value, time()) if isinstance(value, date) else None


def _member(row: Mapping[str, Any]) -> MemberTold:
    names = ("kind", "name", "role", "role_basis", "role_row_id", "records", "signals", "evidence_rows")
    return MemberTold(id=row["member_id"], **{name: row[name] for name in names})


def _named(row: Mapping[str, Any]) -> Who:
    """Return whom an entity stands for; an account joined by its number bears it (`number` or `number@bank`)."""
    numbered = row["kind"] == "account" and row["key_value"]
    number = str(row["key_value"]).split("@", maxsplit=1)[0] if numbered else None
    return Who(kind=row["kind"], id=row["entity_id"], name=row["name"], number=number)


def _edge(row: Mapping[str, Any]) -> EdgeTold:
    return EdgeTold(**{name: row[name] for name in ("src_id", "dst_id", "kind", "told", "currency", "amount_fen")})


def _edge_key(row: Mapping[str, Any]) -> tuple[int, str, str, str, str]:
    return -(row["amount_fen"] or 0), row["src_id"], row["dst_id"], row["kind"], row["currency"]


def _day(row: Mapping[str, Any]) -> DayTold:
    return DayTold(**{name: row[name] for name in ("moved_on", "flow", "currency", "told", "amount_fen")})


def _day_key(row: Mapping[str, Any]) -> tuple[date, str, str]:
    return row["moved_on"], row["flow"], row["currency"]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A story in the language now spoken."""

    story: Story
    run: RunInfo

    def to_json(self) -> dict[str, Any]:
        """Return the story as one document, with `timeline`, `disproof` and `next_step`, in the language spoken."""
        told: dict[str, Any] = _worded(asdict(self.story), spoken.get())
        title = self.story.title
        told["title_en"], told["title_zh"] = title.en, title.zh
        for member in told["members"]:
            member["role_told"] = _role_words(member["role"])
        told["timeline"] = told.pop("days")
        told["disproof"] = [like for reason in told["reasons"] for like in reason["looks_like"]]
        told["next_step"] = say(NEXT[self.story.severity])
        told["run_id"] = self.run.run_id
        return told


def _role_words(role: str) -> str:
    return say(ROLE_WORDS[role])


def _worded(value: Any, lang: Lang) -> Any:
    """Return `value` with every label in one language."""
    if isinstance(value, dict):
        if value.keys() == {"en", "zh"}:
            return value[lang]
        return {key: _worded(item, lang) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_worded(item, lang) for item in value]
    return value


def show(lead_id: str, *, workspace: Workspace, as_of: date | None = None) -> Shown:
    """Return what there is to tell of `lead_id` in the run of `as_of` (see `latest`).

    Raises:
        NotFound: There is no such run, or it has no such lead.
        DataError: A table of the run or a file of the lake cannot be read.
    """
    run = latest(workspace, as_of=as_of)
    group = load_group(*typology_folders(workspace), portable=False)
    return Shown(story=show_lead(lead_id, run=run, workspace=workspace, typologies=group.typologies), run=run)
