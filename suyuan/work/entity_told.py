"""What institutions tell of an entity: under which ids, in which rows, and which of their words agree."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from suyuan.domain.contract import contracts
from suyuan.domain.ids import credit_code, resident
from suyuan.lead.story import Cell
from suyuan.resolve.judgement import Kind
from suyuan.work.provenance import rows_of

REGISTERS: Mapping[Kind, tuple[str, ...]] = {
    "person": ("person", "account"),
    "company": ("company", "account"),
    "account": ("account",),
}
"""Kind of entity → the tables whose rows describe one, the kind's own register first."""

MOST_ROWS = 3  # that one institution tells under one id; `told_in` counts them all
_ALIKE: Mapping[str, tuple[str, ...]] = {
    "person": ("id_number", "birth_on", "phone", "phone_2", "email", "address"),
    "company": ("credit_code", "legal_rep_id_no", "phone", "email", "address"),
    "account": ("number", "holder_id_no", "phone", "opened_device"),
}
"""Register → columns that point at one holder where two institutions tell the same."""
_NUMBER_IN: Mapping[tuple[Kind, str], tuple[str, ...]] = {
    ("person", "person"): ("id_number",),
    ("person", "account"): ("holder_id_no",),
    ("company", "company"): ("credit_code",),
    ("company", "account"): ("holder_id_no",),
}


_HOLDER = {
    "person": {"holder_name": "name", "holder_id_no": "id_number", "phone": "phone"},
    "company": {"holder_name": "name", "holder_id_no": "credit_code", "phone": "phone"},
}
"""What an account tells of its holder, in the columns of the holder's register."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """One id under which an institution knows the entity.

    `rows` are pairs of a register's name and what it says, unlike ones only; `told_in` counts the rows by table.
    """

    lake_id: str
    source: str
    rows: tuple[tuple[str, Mapping[str, Cell]], ...]
    told_in: Mapping[str, int]

    def to_json(self) -> dict[str, Any]:
        """Return it as one document; each row stands with its table, and so is masked by that table's contract."""
        return {
            "lake_id": self.lake_id,
            "source": self.source,
            "records": [{"table": table, "row": dict(row)} for table, row in self.rows],
            "told_in": dict(self.told_in),
        }


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Something that several ids tell alike: `column` of `table` holds `value` in the rows of `lake_ids`."""

    table: str
    column: str
    value: Cell
    lake_ids: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as one document, masked as a row of its table."""
        told_by = [{"lake_id": lake_id} for lake_id in self.lake_ids]
        return {"table": self.table, "row": {self.column: self.value}, "column": self.column, "told_by": told_by}


def told_of(
    members: Sequence[Mapping[str, Any]], *, kind: Kind, files: Mapping[str, Sequence[Path]], most_rows: int = MOST_ROWS
) -> list[Told]:
    """Return what `members` (rows of `entity_member`, all of `kind`) tell, one entry an id, by institution and id.

    Args:
        members: In the order in which they are to be told.
        kind: Decides which tables describe.
        files: Table → its files in the lake; only those that hold a record are opened.
        most_rows: Of each id.

    Raises:
        DataError: A file cannot be read.
    """
    by_id: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    wanted: dict[str, set[str]] = defaultdict(set)
    for member in members:
        by_id[member["source"], member["lake_id"]].append(member)
        if member["table_name"] in REGISTERS[kind]:
            wanted[member["table_name"]].add(member["member_row_id"])
    content = {table: rows_of(table, ids, files=files) for table, ids in wanted.items()}
    return [
        Told(
            lake_id=lake_id,
            source=source,
            rows=_unlike(rows, kind=kind, content=content)[:most_rows],
            told_in=_counted(rows),
        )
        for (source, lake_id), rows in sorted(by_id.items())
    ]


def _unlike(
    members: Sequence[Mapping[str, Any]], *, kind: Kind, content: Mapping[str, Mapping[str, Mapping[str, Cell]]]
) -> tuple[tuple[str, Mapping[str, Cell]], ...]:
    """Return the rows of registers that say different things, the kind's own register first."""
    found: list[tuple[str, Mapping[str, Cell]]] = []
    for table in REGISTERS[kind]:
        for member in members:
            row = content.get(table, {}).get(member["member_row_id"]) if member["table_name"] == table else None
            shown = {name: cell for name, cell in (row or {}).items() if name in _describing(table, kind)}
            if shown and (table, shown) not in found:
                found.append((table, shown))
    return tuple(found)


def _describing(table: str, kind: Kind) -> frozenset[str]:
    """Return the columns of `table` that describe an entity of `kind`; of an account those of its holder."""
    if table == "account" and kind != "account":
        return frozenset({"holder_name", "holder_id_no", "phone"})
    return frozenset(name for name in contracts()[table].columns if name != f"{table}_id")


def _counted(members: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for member in members:
        counts[member["table_name"]] += 1
    return dict(sorted(counts.items()))


def alike(told: Sequence[Told]) -> list[Alike]:
    """Return what at least two ids tell in the same words, by table and column, the most widely told first."""
    bearers: dict[tuple[str, str, Cell], set[str]] = defaultdict(set)
    for one in told:
        for table, row in one.rows:
            for column in _ALIKE[table]:
                if column in row:
                    bearers[table, column, row[column]].add(one.lake_id)
    place = {(table, column): turn for table, columns in _ALIKE.items() for turn, column in enumerate(columns)}
    found = [
        Alike(table=table, column=column, value=value, lake_ids=tuple(sorted(ids)))
        for (table, column, value), ids in bearers.items()
        if len(ids) > 1
    ]
    return sorted(found, key=lambda one: (one.table, place[one.table, one.column], -len(one.lake_ids), one.lake_ids))


def number_of(told: Told, *, kind: Kind) -> str | None:
    """Return the valid resident number or credit code under one id, the id's own text included; None without one."""
    cells = [row.get(column) for table, row in told.rows for column in _NUMBER_IN.get((kind, table), ())]
    texts = [*(cell for cell in cells if isinstance(cell, str)), told.lake_id.partition(":")[2]]
    for text in texts:
        if kind == "person" and resident.valid(text):
            return resident.parse(text).number_18
        if kind == "company" and credit_code.valid(text):
            return credit_code.parse(text).code
    return None


def of_one_number(told: Sequence[Told], *, kind: Kind) -> list[tuple[str, str]]:
    """Return pairs of ids that one certain number joins."""
    first: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    for one in told:
        number = number_of(one, kind=kind)
        if number:
            pairs.append((first.setdefault(number, one.lake_id), one.lake_id))
    return pairs


def card(told: Told, *, kind: Kind) -> dict[str, Cell]:
    """Return what is told under one id in the columns of the register of `kind`: of each the first that is told."""
    found: dict[str, Cell] = {}
    for table, row in told.rows:
        names = _HOLDER[kind] if table == "account" and kind != "account" else {name: name for name in row}
        for name, cell in row.items():
            found.setdefault(names[name], cell)
    return found


def odd(cards: Sequence[Mapping[str, Cell]]) -> list[tuple[str, ...]]:
    """Return for each of `cards` the columns in which it tells other than most do; none where it tells alone.

    Of values told equally often the least counts as that of most.
    """
    counts: dict[str, Counter[Cell]] = defaultdict(Counter)
    for one in cards:
        for column, cell in one.items():
            counts[column][cell] += 1
    most = {column: min(told, key=lambda cell: (-told[cell], str(cell))) for column, told in counts.items()}
    return [tuple(column for column, cell in one.items() if cell != most[column]) for one in cards]
