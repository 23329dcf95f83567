"""`suyuan find`: where a phone, card, name, serial or id stands: in leads, in entities, in the lake."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from suyuan.domain.contract import Contract, contracts
from suyuan.domain.errors import NotFound, UsageError
from suyuan.domain.say import spoken
from suyuan.domain.workspace import Workspace
from suyuan.engine.duck import DuckEngine
from suyuan.engine.step import Step
from suyuan.lead.story import Cell, Origin
from suyuan.sources import lake
from suyuan.work.provenance import Origins, content_of
from suyuan.work.run_store import RunInfo, latest
from suyuan.work.views import known_step

SHORTEST = 2
MOST = 20  # of each group
_GAPS = re.compile(r"[\s　\-–—·]+")
_NUMBER = re.compile(r"\+?[0-9*]{2,}[xX]?")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_PROVENANCE = frozenset({"source", "loaded_at"})


@dataclass(frozen=True, kw_only=True)
class RowFound:
    """One row of the lake; `matched` names the columns that hold the text."""

    table: str
    row_id: str
    exact: bool
    matched: tuple[str, ...]
    row: Mapping[str, Cell]
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class EntityFound:
    """One entity and the leads it belongs to."""

    kind: str
    id: str
    name: str | None
    records: int
    leads: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LeadFound:
    """One lead."""

    lead_id: str
    title: str
    score: float


@dataclass(frozen=True, kw_only=True)
class Found:
    """What bears the text. `more` names the groups that were cut at 20."""

    text: str
    run_id: str | None
    leads: tuple[LeadFound, ...]
    entities: tuple[EntityFound, ...]
    rows: tuple[RowFound, ...]
    more: tuple[str, ...]


def normalised(text: str) -> str:
    """Return `text` as it is compared: blanks at the ends gone; a number also without gaps and in narrow digits.

    Examples:
        >>> normalised(" 139 0931-0000 "), normalised("６２２２"), normalised("张 三")
        ('13909310000', '6222', '张 三')
    """
    narrow = text.strip().translate(_WIDE)
    joined = _GAPS.sub("", narrow)
    return joined if _NUMBER.fullmatch(joined) else narrow


def find(text: str, *, workspace: Workspace, as_of: date | None = None) -> Found:
    """Return what bears `text`, whole (first) or as a part, at most 20 of each group.

    Numbers are compared without gaps; other text as it stands. Leads and entities are those of the last run, or of the
    run of `as_of` (`run_id` is null where there is none); rows those known at the end of that day.

    Raises:
        UsageError: `text` has fewer than two characters.
        DataError: A file cannot be read.
    """
    wanted = normalised(text)
    if len(wanted) < SHORTEST:
        raise UsageError("find.too_short", shortest=SHORTEST)
    try:
        run = latest(workspace, as_of=as_of)
    except NotFound:
        run = None
    engine = DuckEngine()
    try:
        rows = _rows(engine, wanted, workspace=workspace, as_of=as_of)
    finally:
        engine.close()
    leads = _leads(run, wanted) if run else []
    entities = _entities(run, wanted, rows=rows) if run else []
    groups: dict[str, Sequence[object]] = {"leads": leads, "entities": entities, "rows": rows}
    return Found(
        text=wanted,
        run_id=run.run_id if run else None,
        leads=tuple(leads[:MOST]),
        entities=tuple(entities[:MOST]),
        rows=tuple(rows[:MOST]),
        more=tuple(name for name, group in groups.items() if len(group) > MOST),
    )


def _holds(column: pa.ChunkedArray, wanted: str) -> pa.ChunkedArray:
    return pc.fill_null(pc.match_substring(column, wanted), False)


def _leads(run: RunInfo, wanted: str) -> list[LeadFound]:
    table = run.read("lead", columns=["lead_id", "title_en", "title_zh", "score", "rank"])
    chosen = pc.or_(_holds(table["lead_id"], wanted), _holds(table["title_en"], wanted))
    rows = table.filter(pc.or_(chosen, _holds(table["title_zh"], wanted))).sort_by("rank").to_pylist()
    title = f"title_{spoken.get()}"
    return [LeadFound(lead_id=row["lead_id"], title=row[title], score=row["score"]) for row in rows]


def _entities(run: RunInfo, wanted: str, *, rows: Sequence[RowFound]) -> list[EntityFound]:
    """Return entities that bear the text themselves or through a record of theirs."""
    table = run.read("entity")
    own = pc.or_(_holds(table["name"], wanted), _holds(table["key_value"], wanted))
    chosen = set(table.filter(pc.or_(own, _holds(table["entity_id"], wanted)))["entity_id"].to_pylist()[: MOST + 1])
    members = run.read("entity_member", columns=["entity_id", "member_row_id", "lake_id"])
    through = pc.is_in(members["member_row_id"], value_set=pa.array([row.row_id for row in rows], pa.string()))
    chosen |= set(
        members.filter(pc.or_(through, _holds(members["lake_id"], wanted)))["entity_id"].to_pylist()[: MOST + 1]
    )
    ids = pa.array(sorted(chosen), pa.string())
    leads: dict[str, list[str]] = {}
    joined = run.read("lead_member", columns=["lead_id", "member_id"])
    for row in joined.filter(pc.is_in(joined["member_id"], value_set=ids)).sort_by("lead_id").to_pylist():
        leads.setdefault(row["member_id"], []).append(row["lead_id"])
    found = table.filter(pc.is_in(table["entity_id"], value_set=ids)).to_pylist()
    found.sort(key=lambda row: (row["name"] != wanted, -len(leads.get(row["entity_id"], [])), row["entity_id"]))
    return [
        EntityFound(
            kind=row["kind"],
            id=row["entity_id"],
            name=row["name"],
            records=row["records"],
            leads=tuple(leads.get(row["entity_id"], [])),
        )
        for row in found
    ]


def _rows(engine: DuckEngine, wanted: str, *, workspace: Workspace, as_of: date | None) -> list[RowFound]:
    """Return rows of the lake that hold `wanted`, whole ones first, tables in the order of their names."""
    origins = Origins(workspace)
    found: list[RowFound] = []
    for table, files in lake.tables(workspace).items():
        if table in contracts():
            engine.scan(f"raw_{table}", files)
            found += _of_table(engine, contracts()[table], wanted, origins=origins, as_of=as_of)
    return sorted(found, key=lambda row: (not row.exact, row.table, row.row_id))


def _of_table(
    engine: DuckEngine, contract: Contract, wanted: str, *, origins: Origins, as_of: date | None
) -> list[RowFound]:
    raw, name = f"raw_{contract.table}", f"lake_{contract.table}"
    known = engine.columns(raw)
    engine.run([known_step(contract, columns=known, raw=raw, into=name, as_of=as_of)])
    texts = [
        column.name
        for column in contract.columns.values()
        if column.type == "text" and known.get(column.name) == "text" and column.name not in _PROVENANCE
    ]
    number = bool(_NUMBER.fullmatch(wanted))
    compared = [f"regexp_replace({one}, '[ -]', '', 'g')" if number and one != "row_id" else one for one in texts]
    whole = " or ".join(f"{one} = :wanted" for one in compared)
    part = " or ".join(f"contains({one}, :wanted)" for one in compared)
    sql = f"""select *, coalesce({whole}, false) as exact
from {name}
where {part}
order by exact desc, row_id
limit {MOST + 1}"""
    engine.run([Step(name="found", sql=sql, params={"wanted": wanted})])
    rows = engine.read("found")
    content = content_of(contract.table, rows, key="row_id")
    return [
        RowFound(
            table=contract.table,
            row_id=row["row_id"],
            exact=row["exact"],
            matched=tuple(one for one in texts if row[one] is not None and wanted in _compared(row[one], number)),
            row=content[row["row_id"]],
            origin=origins.of(row["row_id"]),
        )
        for row in rows.to_pylist()
    ]


def _compared(value: Any, number: bool) -> str:
    return re.sub("[ -]", "", str(value)) if number else str(value)
