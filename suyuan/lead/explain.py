"""Says why a lead stands where it stands: one reason a typology, with the numbers that its strongest signal found.

The words come from the typology's own files (title, labels of its facts) and from the catalogue; nothing here knows a
typology by name.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from suyuan.domain.contract import Label
from suyuan.domain.say import Lang, say
from suyuan.lead.score import Hit, Scored, score
from suyuan.typology.model import Severity, Typology

Value = str | int | float | bool | None

MOST_NUMBERS = 6  # a reason is one line; the signal keeps the rest

SEVERITIES: tuple[Severity, ...] = get_args(Severity)  # mildest first


@dataclass(frozen=True, kw_only=True)
class Fired:
    """A signal, as far as a lead needs it. `facts` by name; `evidence_rows` counts all, also those not kept."""

    signal_id: str
    typology_id: str
    subject_kind: str
    subject_id: str
    score: float
    amount_fen: int | None
    evidence_rows: int
    facts: Mapping[str, Value]

    @property
    def currency(self) -> str | None:
        """Currency of `amount_fen`, where the typology tells one."""
        told = self.facts.get("currency")
        return told if isinstance(told, str) else None


@dataclass(frozen=True, kw_only=True)
class Reason:
    """What one typology adds to a lead. The contributions of a lead's reasons sum to its score."""

    typology_id: str
    severity: Severity
    signal_id: str
    text: Label
    contribution: float
    currency: str | None
    amount_fen: int | None
    evidence_rows: int


@dataclass(frozen=True, kw_only=True)
class Explained:
    """The score of a group and its reasons, strongest first."""

    scored: Scored
    severity: Severity
    reasons: tuple[Reason, ...]


def fired_of(rows: Sequence[Mapping[str, object]]) -> list[Fired]:
    """Return rows of `signal` as values, their `facts` read from JSON."""
    names = ("signal_id", "typology_id", "subject_kind", "subject_id", "score", "amount_fen", "evidence_rows")
    return [Fired(**{name: row[name] for name in names}, facts=json.loads(str(row["facts"]))) for row in rows]  # type: ignore[arg-type]


def explain(signals: Sequence[Fired], *, typologies: Mapping[str, Typology]) -> Explained:
    """Return the score of the group that `signals` (at least one) make, and a reason for each of their typologies."""
    strongest: dict[str, Fired] = {}
    subjects: dict[str, set[str]] = {}
    rows: dict[str, int] = {}
    for one in sorted(signals, key=lambda fired: (-fired.score, fired.signal_id)):
        strongest.setdefault(one.typology_id, one)
        subjects.setdefault(one.typology_id, set()).add(one.subject_id)
        rows[one.typology_id] = rows.get(one.typology_id, 0) + one.evidence_rows
    hits = [
        Hit(typology_id=name, severity=typologies[name].severity, score=one.score) for name, one in strongest.items()
    ]
    scored = score(hits)
    reasons = [
        Reason(
            typology_id=name,
            severity=typologies[name].severity,
            signal_id=one.signal_id,
            text=reason_text(one, typology=typologies[name], others=len(subjects[name]) - 1),
            contribution=scored.contributions[name],
            currency=one.currency,
            amount_fen=one.amount_fen,
            evidence_rows=rows[name],
        )
        for name, one in strongest.items()
    ]
    reasons.sort(key=lambda reason: (-reason.contribution, reason.typology_id))
    severity = max((reason.severity for reason in reasons), key=SEVERITIES.index)
    return Explained(scored=scored, severity=severity, reasons=tuple(reasons))


def reason_text(fired: Fired, *, typology: Typology, others: int) -> Label:
    """Return what `fired` found in one line of each language; `others` is how many more subjects fired the same."""
    return Label(
        en=_line(fired, typology=typology, others=others, lang="en"),
        zh=_line(fired, typology=typology, others=others, lang="zh"),
    )


def _line(fired: Fired, *, typology: Typology, others: int, lang: Lang) -> str:
    told = [
        say("lead.number", lang=lang, label=label, value=value)
        for label, value in numbers(fired.facts, typology=typology, lang=lang)[:MOST_NUMBERS]
    ]
    parts = say("lead.between_numbers", lang=lang).join(told)
    text = say("lead.reason", lang=lang, title=_in(typology.title, lang), numbers=parts)
    return text + (say("lead.more_subjects", lang=lang, count=others) if others else "")


def _in(label: Label, lang: Lang) -> str:
    return label.zh if lang == "zh" else label.en


def numbers(facts: Mapping[str, Value], *, typology: Typology, lang: Lang) -> list[tuple[str, str]]:
    """Return (label, value) of every fact that is known, in the order of the typology, values with their units."""
    found: list[tuple[str, str]] = []
    for name in typology.facts:
        value = facts.get(name)
        if value is None or name == "currency":
            continue
        label = typology.labels.get(name)
        shown = _in(label.label, lang) if label else name.removesuffix("_fen").replace("_", " ")
        unit = label.unit if label else unit_of(name)
        found.append((shown, told_in(value, unit=unit, lang=lang, currency=facts.get("currency"))))
    return found


_UNITS = {"fen": "fen", "share": "share", "cut": "share", "rate": "rate", "cost": "rate", "days": "days"}


def unit_of(name: str) -> str:
    """Return the unit that the last word of a column's name carries; "count" when none.

    Examples:
        >>> unit_of("over_fen"), unit_of("head_cut"), unit_of("loans")
        ('fen', 'share', 'count')
    """
    return _UNITS.get(name.rsplit("_", 1)[-1], "count")


def told_in(value: Value, *, unit: str, lang: Lang, currency: Value = None) -> str:
    """Return `value` as people write it: money with its currency, shares in percent, counts with separators."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return say("lead.yes" if value else "lead.no", lang=lang)
    if unit == "fen":
        return f"¥{money(int(value))}" if currency in {None, "CNY"} else f"{money(int(value))} {currency}"
    shown = f"{value * 100:,.1f}%" if unit in {"share", "rate"} else plain(value)
    words = {"days": "lead.days", "hours": "lead.hours", "ratio": "lead.times"}
    return say(words[unit], lang=lang, number=shown) if unit in words else shown


def plain(value: float) -> str:
    """Return a number with separators, and with at most one decimal."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def money(fen: int) -> str:
    """Return an amount of 1/100 units as people write it.

    Examples:
        >>> money(123456), money(-5)
        ('1,234.56', '-0.05')
    """
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
