"""Runs a model group and assembles what it finds: signals, their evidence, and what was skipped and why."""

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

import pyarrow as pa

from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import arrow_schema
from suyuan.domain.errors import DataError, UsageError
from suyuan.domain.tell import Tell
from suyuan.engine.protocol import Engine
from suyuan.engine.step import Scalar
from suyuan.engine.text import filled, literal
from suyuan.typology.model import HEAD, Group, Typology
from suyuan.typology.steps import MOST_EVIDENCE, evidence_sql, names, plan, values

PLACES = 6

Params = Mapping[str, Mapping[str, Scalar]]
"""Typology id → parameter → value."""


@dataclass(frozen=True, kw_only=True)
class Ran:
    """A typology that ran, with which parameters, and how many signals it gave."""

    id: str
    version: int
    params_digest: str
    signals: int


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """A typology that did not run. `key` (catalogue) and `values` say why."""

    id: str
    version: int
    key: str
    values: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What a model group found.

    Attributes:
        signals: By contract `signal`, ordered by typology and subject.
        evidence: By contract `signal_evidence`, ordered by typology, subject and falling weight.
        ran: In the order of the ids.
        skipped: In the order of the ids.
    """

    signals: pa.Table
    evidence: pa.Table
    ran: tuple[Ran, ...]
    skipped: tuple[Skipped, ...]


def why_skipped(typology: Typology, *, absent: Collection[str]) -> Skipped | None:
    """Return why `typology` cannot run when nothing is known of the tables `absent`; None when it can."""
    if not typology.runs:
        return Skipped(
            id=typology.id, version=typology.version, key="typology.skipped_status", values={"status": typology.status}
        )
    missing = ", ".join(sorted(typology.needs & set(absent)))
    if missing:
        return Skipped(
            id=typology.id, version=typology.version, key="typology.skipped_tables", values={"tables": missing}
        )
    return None


def find_signals(
    engine: Engine,
    group: Group,
    *,
    absent: Collection[str] = (),
    params: Params | None = None,
    tell: Tell | None = None,
) -> Findings:
    """Run every typology of `group` that can run, and return what they found.

    Args:
        engine: Holds the tables of the run under their own names. A table that a typology reads and the engine does not
            know counts as absent.
        group: The typologies, in the order in which they run.
        absent: Tables of which nothing is known, though they may be laid, empty.
        params: Other parameter values than the defaults.
        tell: Told the id of each typology, how many are done, and how many there are.

    Raises:
        DataError: A step failed, or a typology broke its promise (a score outside 0–1, a subject twice).
        UsageError: `params` names a typology or parameter that does not exist, or a value of another type.
    """
    chosen = _by_typology(group, params or {})
    ran: list[Ran] = []
    skipped: list[Skipped] = []
    signals: list[pa.Table] = []
    evidence: list[pa.Table] = []
    for done, typology in enumerate(group.typologies.values()):
        if tell is not None:
            tell(typology.id, done, len(group.typologies))
        missing = {*absent, *(table for table in typology.reads if not engine.has(table))}
        why = why_skipped(typology, absent=missing)
        if why is not None:
            skipped.append(why)
            continue
        found = find_one(engine, typology, params=chosen.get(typology.id, {}))
        signals.append(found[0])
        evidence.append(found[1])
        digest = params_digest(values(typology, chosen.get(typology.id, {})))
        ran.append(Ran(id=typology.id, version=typology.version, params_digest=digest, signals=found[0].num_rows))
    return Findings(
        signals=_joined(signals, "signal"),
        evidence=_joined(evidence, "signal_evidence"),
        ran=tuple(ran),
        skipped=tuple(skipped),
    )


def _by_typology(group: Group, params: Params) -> Params:
    for name in params:
        if name not in group.typologies:
            raise UsageError("typology.unknown", id=name, known=", ".join(group.typologies) or "–")
    return params


def find_one(engine: Engine, typology: Typology, *, params: Mapping[str, Scalar]) -> tuple[pa.Table, pa.Table]:
    """Run one typology and return its signals and its evidence, by the contracts `signal` and `signal_evidence`.

    Tables that it reads and the engine does not know are laid empty. Evidence is looked for only when somebody fires.

    Raises:
        DataError: A step failed, or the typology broke its promise.
        UsageError: `params` names what it lacks.
    """
    for table in sorted(typology.reads):
        if not engine.has(table):
            engine.write(table, arrow_schema(contracts()[table]).empty_table())
    fired_step, evidence_step = plan(typology, params=params)
    chosen = values(typology, params)
    engine.run([fired_step])
    fired = engine.read(names(typology)[0])
    if not fired.num_rows:
        return _joined([], "signal"), _joined([], "signal_evidence")
    engine.run([evidence_step])
    evidence = engine.read(names(typology)[1])
    rows = sorted(fired.to_pylist(), key=lambda row: str(row["subject_id"]))
    _promise(typology, rows)
    ids = {row["subject_id"]: signal_id(typology, params_digest(chosen), row["subject_id"]) for row in rows}
    totals = dict(
        zip(evidence.column("subject_id").to_pylist(), evidence.column("evidence_rows").to_pylist(), strict=True)
    )
    told = [_signal(typology, chosen, row, total=totals.get(row["subject_id"], 0)) for row in rows]
    return _table(told, "signal"), _evidence(evidence, ids)


def _promise(typology: Typology, rows: Sequence[Mapping[str, object]]) -> None:
    """Refuse what a signal may not be."""
    seen: set[object] = set()
    for row in rows:
        subject, score = row["subject_id"], row["score"]
        if subject is None:
            raise DataError("typology.no_subject", id=typology.id)
        if subject in seen:
            raise DataError("typology.subject_twice", id=typology.id, subject=subject)
        seen.add(subject)
        if not isinstance(score, float) or not 0 <= round(score, PLACES) <= 1:
            raise DataError("typology.score_outside", id=typology.id, subject=subject, score=score)


def _signal(
    typology: Typology, chosen: Mapping[str, Scalar], row: Mapping[str, object], *, total: int
) -> dict[str, object]:
    score, subject = row["score"], row["subject_id"]
    digest = params_digest(chosen)
    return {
        **{name: row[name] for name in HEAD},
        "signal_id": signal_id(typology, digest, str(subject)),
        "typology_id": typology.id,
        "typology_version": typology.version,
        "params_digest": digest,
        "subject_kind": typology.subject,
        "score": round(score, PLACES) if isinstance(score, float) else None,
        "probability": None,
        "facts": canonical({name: row[name] for name in typology.facts}),
        "evidence_rows": total,
        "evidence_query": rest_query(typology, chosen, str(subject)) if total > MOST_EVIDENCE else None,
    }


def rest_query(typology: Typology, chosen: Mapping[str, Scalar], subject_id: str) -> str:
    """Return the select (house dialect) that gives every evidence row of `subject_id`."""
    sql = filled(evidence_sql(typology.sql), chosen, step=typology.id)
    return f"{sql}\nwhere subject_id = {literal(subject_id)}\norder by weight desc, table_name, row_id"


def _evidence(rows: pa.Table, ids: Mapping[str, str]) -> pa.Table:
    told = rows.select(["subject_id", "table_name", "row_id", "why", "weight"]).to_pylist()
    for row in told:
        row["signal_id"] = ids[row["subject_id"]]
        row["weight"] = None if row["weight"] is None else round(float(row["weight"]), PLACES)
    told.sort(key=_strength)
    return _table(told, "signal_evidence")


def _strength(row: Mapping[str, object]) -> tuple[str, bool, float, str, str]:
    """Order of evidence: by subject, heaviest first (unknown weights last), then by table and row."""
    weight = row["weight"]
    known = isinstance(weight, float)
    return (
        str(row["subject_id"]),
        not known,
        -weight if isinstance(weight, float) else 0.0,
        str(row["table_name"]),
        str(row["row_id"]),
    )


def _table(rows: Sequence[Mapping[str, object]], contract: str) -> pa.Table:
    schema = arrow_schema(contracts()[contract])
    return pa.Table.from_pylist([dict(row) for row in rows], schema=schema)


def _joined(tables: Sequence[pa.Table], contract: str) -> pa.Table:
    return pa.concat_tables([arrow_schema(contracts()[contract]).empty_table(), *tables]).combine_chunks()


def canonical(facts: Mapping[str, object]) -> str:
    """Return `facts` as JSON with sorted keys, no spaces, doubles rounded to 6 digits, times in ISO.

    Examples:
        >>> canonical({"share": 0.1 + 0.2, "loans": 20, "since_on": date(2018, 9, 1)})
        '{"loans":20,"share":0.3,"since_on":"2018-09-01"}'
    """
    told = {name: plain(value) for name, value in facts.items()}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plain(value: object) -> object:
    """Return `value` as JSON has it: doubles rounded, what is not a number null, times in ISO."""
    match value:
        case float():
            return round(value, PLACES) + 0.0 if math.isfinite(value) else None
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case list():
            return [plain(each) for each in value]
        case _:
            return value


def params_digest(chosen: Mapping[str, Scalar]) -> str:
    """Return 16 hex that tell these parameter values from any others."""
    return sha256(canonical(chosen).encode()).hexdigest()[:16]


def signal_id(typology: Typology, digest: str, subject_id: str) -> str:
    """Return 16 hex that name the firing of this version with these parameters on this subject."""
    told = "\n".join([f"{typology.id}@{typology.version}", digest, typology.subject, subject_id])
    return sha256(told.encode()).hexdigest()[:16]
