"""Makes the leads of a run out of its groups: named by lineage, scored, explained, measured, ranked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa

from suyuan.domain.contract import Contract, Label
from suyuan.domain.contract_arrow import arrow_schema
from suyuan.domain.say import Lang, say
from suyuan.engine.protocol import Engine
from suyuan.engine.step import Keep, Step
from suyuan.lead.explain import Explained, Fired, explain, fired_of
from suyuan.lead.group import group_steps
from suyuan.lead.lineage import Named, Overlap, name_groups, overlap_steps
from suyuan.lead.measure import measure_steps
from suyuan.lead.members import member_steps
from suyuan.lead.picture import picture_steps
from suyuan.typology.model import Typology

TABLES = ("lead", "lead_member", "lead_reason", "lead_signal", "lead_edge", "lead_day")

_MEMBERS = """
select l.lead_id, m.kind, m.member_id, m.name, m.role, m.role_basis, m.role_row_id, m.records, m.signals,
  m.evidence_rows
from group_member as m
join lead_name as l on l.group_id = m.group_id
"""

_SIGNALS = """
select l.lead_id, g.signal_id
from lead_group as g
join lead_name as l on l.group_id = g.group_id
"""


@dataclass(frozen=True, kw_only=True)
class Before:
    """The previous run's `lead` and `lead_member`, and the number of this run (1 for the first)."""

    number: int
    leads: pa.Table | None = None
    members: pa.Table | None = None


@dataclass(frozen=True, kw_only=True)
class _Amount:
    currency: str | None
    fen: int | None
    basis: str | None


@dataclass(frozen=True, kw_only=True)
class _Measured:
    """What `measure_steps` found, by group."""

    sums: Mapping[str, list[dict[str, Any]]]
    provinces: Mapping[str, list[str]]
    spans: Mapping[str, dict[str, Any]]
    reports: Mapping[str, int]
    counts: Mapping[str, dict[str, int]]  # `members`, `victims` (people and firms, not their accounts)
    firms: Mapping[str, list[str]]  # group → names of companies that fired, in order


@dataclass(frozen=True, kw_only=True)
class _Lead:
    lead_id: str
    group_id: str
    title: Label
    explained: Explained
    amount: _Amount
    signals: int


def lead_tables(
    engine: Engine,
    *,
    typologies: Mapping[str, Typology],
    contracts: Mapping[str, Contract],
    raise_at: float,
    before: Before,
) -> Mapping[str, str]:
    """Write `lead` and its tables (`TABLES`) from the run's signals; return merged leads' ids.

    Args:
        engine: Knows `signal`, `signal_evidence`, `entity`, `entity_redirect` and the views with entity ids.
        typologies: By id, at least those of the signals.
        contracts: By table.
        raise_at: A lead is raised when its score is at least this.
        before: What leads are continued.

    The amount of a lead is the largest of what its evidence shows of one kind (see `measure_steps`) and of what one
    signal counted: a lower bound in which no loan and no transfer counts twice. `hidden` is true when no police report
    and no complaint that is known names a member or an evidenced loan. Returns earlier lead → lead it went into.
    """
    engine.run([*group_steps(), *member_steps(), *measure_steps(contracts)])
    signals = _signals(engine)
    measured = _measured(engine)
    named = _named(engine, signals=signals, before=before)
    leads = [
        _lead(group, named.lead_of[group], fired, typologies=typologies, measured=measured)
        for group, fired in signals.items()
    ]
    leads.sort(key=lambda lead: (-lead.explained.scored.score, -(lead.amount.fen or 0), lead.lead_id))
    since = _since(before)
    rows = [
        _row(lead, rank=rank, raise_at=raise_at, measured=measured, since_no=since.get(lead.lead_id, before.number))
        for rank, lead in enumerate(leads, start=1)
    ]
    names = {"group_id": [lead.group_id for lead in leads], "lead_id": [lead.lead_id for lead in leads]}
    engine.write("lead_name", pa.table(names, schema=pa.schema([(name, pa.string()) for name in names])))
    engine.write("lead", _table(contracts["lead"], rows))
    engine.write("lead_reason", _table(contracts["lead_reason"], [row for lead in leads for row in _reasons(lead)]))
    engine.run(
        [
            Step(name="lead_member", sql=_MEMBERS, keep=Keep.TABLE),
            Step(name="lead_signal", sql=_SIGNALS, keep=Keep.TABLE),
            *picture_steps(),
        ]
    )
    return named.redirect


def _table(contract: Contract, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=arrow_schema(contract))


def _signals(engine: Engine) -> dict[str, list[Fired]]:
    """Return the signals of every group, groups in the order of their ids."""
    group_of = {row["signal_id"]: row["group_id"] for row in engine.read("lead_group").to_pylist()}
    found: dict[str, list[Fired]] = defaultdict(list)
    columns = (
        "signal_id",
        "typology_id",
        "subject_kind",
        "subject_id",
        "score",
        "amount_fen",
        "evidence_rows",
        "facts",
    )
    for fired in fired_of(engine.read("signal", columns=columns).to_pylist()):
        found[group_of[fired.signal_id]].append(fired)
    return {group: sorted(found[group], key=lambda fired: fired.signal_id) for group in sorted(found)}


def _measured(engine: Engine) -> _Measured:
    sums: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in engine.read("group_sum").to_pylist():
        sums[row["group_id"]].append(row)
    provinces: dict[str, list[str]] = defaultdict(list)
    for row in engine.read("group_province").to_pylist():
        provinces[row["group_id"]].append(row["province"])
    counted = """select group_id, count(*) as members,
  sum(case when role = 'victim' and kind <> 'account' then 1 else 0 end) as victims
from group_member
group by group_id"""
    firms = "select group_id, name from group_member where kind = 'company' and signals > 0 and name is not null"
    engine.run([Step(name="group_count", sql=counted), Step(name="group_firm", sql=firms)])
    named: dict[str, list[str]] = defaultdict(list)
    for row in engine.read("group_firm").to_pylist():
        named[row["group_id"]].append(row["name"])
    return _Measured(
        sums=sums,
        provinces={group: sorted(codes) for group, codes in provinces.items()},
        spans={row["group_id"]: row for row in engine.read("group_span").to_pylist()},
        reports={row["group_id"]: row["reports"] for row in engine.read("group_reported").to_pylist()},
        counts={row["group_id"]: row for row in engine.read("group_count").to_pylist()},
        firms={group: sorted(names) for group, names in named.items()},
    )


def _since(before: Before) -> dict[str, int]:
    return {row["lead_id"]: row["since_no"] for row in before.leads.to_pylist()} if before.leads else {}


def _named(engine: Engine, *, signals: Mapping[str, Sequence[Fired]], before: Before) -> Named:
    overlaps: list[Overlap] = []
    if before.members is not None:
        engine.write("previous_member", before.members)
        engine.run(overlap_steps())
        overlaps = [Overlap(**row) for row in engine.read("lead_overlap").to_pylist()]
    firsts = {group: min(f"{one.subject_kind}:{one.subject_id}" for one in fired) for group, fired in signals.items()}
    since = _since(before)
    return name_groups(firsts, overlaps=overlaps, since=since, taken=frozenset(since))


def _lead(
    group: str, lead_id: str, fired: Sequence[Fired], *, typologies: Mapping[str, Typology], measured: _Measured
) -> _Lead:
    explained = explain(fired, typologies=typologies)
    title = Label(
        en=_title(group, explained, fired, typologies=typologies, measured=measured, lang="en"),
        zh=_title(group, explained, fired, typologies=typologies, measured=measured, lang="zh"),
    )
    amount = _amount(fired, measured.sums.get(group, []))
    return _Lead(lead_id=lead_id, group_id=group, title=title, explained=explained, amount=amount, signals=len(fired))


def _amount(fired: Sequence[Fired], sums: Sequence[Mapping[str, Any]]) -> _Amount:
    """Return the largest sum of one kind in the currency of the strongest signal that tells one."""
    strongest = sorted(fired, key=lambda one: (-one.score, one.signal_id))
    most_rows = max(sums, key=lambda row: (row["told"], row["currency"] or ""), default=None)
    told = most_rows["currency"] if most_rows else None
    currency = next((one.currency for one in strongest if one.currency), told)
    found = [(row["amount_fen"], row["basis"]) for row in sums if row["currency"] == currency and row["amount_fen"]]
    found += [(one.amount_fen, "signal") for one in fired if one.amount_fen and one.currency in {currency, None}]
    if not found:
        return _Amount(currency=currency, fen=None, basis=None)
    fen, basis = max(found)
    return _Amount(currency=currency, fen=fen, basis=basis)


def _title(
    group: str,
    explained: Explained,
    fired: Sequence[Fired],
    *,
    typologies: Mapping[str, Typology],
    measured: _Measured,
    lang: Lang,
) -> str:
    """Return what fired on whom, without a person's name or an account's number."""
    labels = [typologies[reason.typology_id].title for reason in explained.reasons]
    titles = [label.zh if lang == "zh" else label.en for label in labels]
    who = _who(group, fired, measured=measured, lang=lang)
    victims = measured.counts[group]["victims"] if group in measured.counts else 0
    if victims:
        key = "lead.title.and_victims" if victims > 1 else "lead.title.and_victim"
        who = say(key, lang=lang, who=who, count=victims)
    between = say("lead.title.between", lang=lang)
    return say("lead.title", lang=lang, typologies=between.join(titles), who=who)


_COUNTED = {
    "person": ("lead.title.person", "lead.title.person_one"),
    "company": ("lead.title.company", "lead.title.company_one"),
    "account": ("lead.title.account", "lead.title.account_one"),
}


def _who(group: str, fired: Sequence[Fired], *, measured: _Measured, lang: Lang) -> str:
    subjects: dict[str, set[str]] = defaultdict(set)
    for one in fired:
        subjects[one.subject_kind].add(one.subject_id)
    firms = measured.firms.get(group, [])
    if firms:
        more = say("lead.title.and_more", lang=lang, who=firms[0], more=len(firms) - 1)
        return more if len(firms) > 1 else firms[0]
    kind = max(subjects, key=lambda kind: (kind in _COUNTED, len(subjects[kind]), kind))
    many, single = _COUNTED.get(kind, ("lead.title.other", "lead.title.other_one"))
    if len(subjects[kind]) > 1:
        return say(many, lang=lang, count=len(subjects[kind]))
    return say(single, lang=lang, tail=min(subjects[kind])[-4:])


def _row(lead: _Lead, *, rank: int, raise_at: float, measured: _Measured, since_no: int) -> dict[str, Any]:
    span = measured.spans[lead.group_id]
    reports = measured.reports.get(lead.group_id, 0)
    first_at: datetime | None = span["first_at"]
    last_at: datetime | None = span["last_at"]
    return {
        "lead_id": lead.lead_id,
        "ring_id": None,
        "rank": rank,
        "title_en": lead.title.en,
        "title_zh": lead.title.zh,
        "score": lead.explained.scored.score,
        "raised": lead.explained.scored.score >= raise_at,
        "severity": lead.explained.severity,
        "currency": lead.amount.currency,
        "amount_fen": lead.amount.fen,
        "amount_basis": lead.amount.basis,
        "typologies": [reason.typology_id for reason in lead.explained.reasons],
        "signals": lead.signals,
        "members": measured.counts[lead.group_id]["members"] if lead.group_id in measured.counts else 0,
        "provinces": measured.provinces.get(lead.group_id, []),
        "first_at": first_at,
        "last_at": last_at,
        "hidden": reports == 0,
        "reports": reports,
        "since_no": since_no,
    }


def _reasons(lead: _Lead) -> list[dict[str, Any]]:
    return [
        {
            "lead_id": lead.lead_id,
            "reason_no": number,
            "signal_id": reason.signal_id,
            "typology_id": reason.typology_id,
            "severity": reason.severity,
            "text_en": reason.text.en,
            "text_zh": reason.text.zh,
            "contribution": reason.contribution,
            "currency": reason.currency,
            "amount_fen": reason.amount_fen,
            "evidence_rows": reason.evidence_rows,
        }
        for number, reason in enumerate(lead.explained.reasons, start=1)
    ]
