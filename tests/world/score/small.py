"""Small random worlds with what some tool found in them, and the same numbers reckoned naively from plain rows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine

Row = dict[str, Any]
TEXT, COUNT, BOOL, FLOAT = pa.string(), pa.int64(), pa.bool_(), pa.float64()
SCHEMAS: dict[str, dict[str, pa.DataType]] = {
    "truth_rings": {
        "ring_id": TEXT,
        "kind": TEXT,
        "hidden": BOOL,
        "amount_fen": COUNT,
        "first_crime_at": pa.timestamp("s"),
        "last_at": pa.timestamp("s"),
    },
    "truth_members": {
        "ring_id": TEXT,
        "truth_id": TEXT,
        "kind": TEXT,
        "role": TEXT,
        "core": BOOL,
        "controller_rank": COUNT,
    },
    "truth_victims": {"ring_id": TEXT, "truth_id": TEXT},
    "truth_holders": {"account_id": TEXT, "holder_id": TEXT},
    "truth_loss": {"ring_id": TEXT, "day": pa.date32(), "loss_fen": COUNT},
    "truth_shows": {"ring_id": TEXT, "typology_id": TEXT, "subject_kind": TEXT, "truth_id": TEXT},
    "truth_lookalikes": {"kind": TEXT, "instance": COUNT, "truth_id": TEXT, "role": TEXT},
    "truth_records": {
        "source": TEXT,
        "table_name": TEXT,
        "source_key": TEXT,
        "kind": TEXT,
        "truth_id": TEXT,
        "id_no": TEXT,
    },
    "truth_rows": {"source": TEXT, "table_name": TEXT, "source_key": TEXT, "broken": TEXT},
    "found_lead": {"lead_id": TEXT, "place": COUNT, "score": FLOAT, "raised": BOOL, "amount_fen": COUNT},
    "found_member": {
        "lead_id": TEXT,
        "kind": TEXT,
        "member_id": TEXT,
        "role": TEXT,
        "signals": COUNT,
        "controller_rank": COUNT,
        "source": TEXT,
        "source_key": TEXT,
    },
    "found_entity": {
        "kind": TEXT,
        "entity_id": TEXT,
        "table_name": TEXT,
        "row_id": TEXT,
        "source": TEXT,
        "source_key": TEXT,
    },
    "found_signal": {"typology_id": TEXT, "subject_kind": TEXT, "subject_id": TEXT, "score": FLOAT},
}
NOT_CORE = {"victim", "straw_borrower", "unrelated_service"}
START = datetime(2023, 7, 1)  # noqa: DTZ001


@dataclass
class Small:
    """Rows by table; a table that is not given is empty."""

    tables: dict[str, list[Row]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> list[Row]:
        return self.tables.setdefault(name, [])

    def lay(self, engine: Engine) -> None:
        for name, columns in SCHEMAS.items():
            rows = [{column: row.get(column) for column in columns} for row in self[name]]
            engine.write(name, pa.Table.from_pylist(rows, schema=pa.schema(list(columns.items()))))


@contextmanager
def laid(small: Small) -> Iterator[Engine]:
    engine = DuckEngine(memory="1GiB", threads=2)
    try:
        small.lay(engine)
        yield engine
    finally:
        engine.close()


def add_ring(small: Small, ring_id: str, roles: dict[str, str], *, kind: str = "lanzhou", hidden: bool = False) -> None:
    """Add a ring of `roles` (truth id → role), which commits its first crime on the first day."""
    small["truth_rings"].append(
        {
            "ring_id": ring_id,
            "kind": kind,
            "hidden": hidden,
            "amount_fen": 1000,
            "first_crime_at": START,
            "last_at": START,
        }
    )
    for who, role in roles.items():
        row = {"ring_id": ring_id, "truth_id": who, "kind": who.split(":")[0], "role": role}
        small["truth_members"].append({**row, "core": role not in NOT_CORE, "controller_rank": None})


def add_record(small: Small, truth_id: str, *, entity: str | None = None, key: str | None = None) -> None:
    """Add one record of `truth_id`, which the tool takes for `entity` (default: the truth id itself)."""
    kind, key = truth_id.split(":", maxsplit=1)[0], key or truth_id
    record = {"source": "s", "table_name": kind, "source_key": key}
    small["truth_records"].append({**record, "kind": kind, "truth_id": truth_id})
    small["truth_rows"].append({**record, "broken": None})
    small["found_entity"].append({**record, "kind": kind, "entity_id": entity or truth_id})


def add_lead(small: Small, lead_id: str, members: dict[str, str | None], *, raised: bool = True) -> None:
    """Add a lead of `members` (entity → role), ranked after those that are there."""
    place = len(small["found_lead"]) + 1
    small["found_lead"].append({"lead_id": lead_id, "place": place, "score": 0.9, "raised": raised, "amount_fen": 700})
    for who, role in members.items():
        row = {"lead_id": lead_id, "kind": who.split(":")[0], "member_id": who, "role": role, "signals": 0}
        small["found_member"].append(row)


ROLES = ("operator", "collection", "nominee", "victim", "straw_borrower", "unrelated_service")
LEAD_ROLES = ("operator", "operator", "collection", "nominee", "victim", "unknown", "straw_borrower", None)
PEOPLE = tuple(f"person:{n}" for n in range(6))
FIRMS = tuple(f"company:{n}" for n in range(3))
ACCOUNTS = tuple(f"account:{n}" for n in range(5))
APPS = ("app:0", "app:1")
TYPOLOGIES = ("lending.routine_loan", "funds.pass_through")


@st.composite
def smalls(draw: st.DrawFn) -> Small:
    """Draw a world in which anything may be wrong with what was found."""
    small = Small()
    for account in ACCOUNTS:
        holder = draw(st.sampled_from([*PEOPLE, *FIRMS, None]))
        small["truth_holders"].extend([{"account_id": account, "holder_id": holder}] if holder else [])
    for number in range(draw(st.integers(0, 3))):
        _draw_ring(draw, small, f"r{number}")
    for number in range(draw(st.integers(0, 3))):
        for who in draw(st.lists(st.sampled_from([*PEOPLE, *FIRMS]), min_size=1, max_size=2)):
            kind, role = draw(st.sampled_from(["market", "incubator"])), draw(st.sampled_from(["main", "crowd"]))
            small["truth_lookalikes"].append({"kind": kind, "instance": number, "truth_id": who, "role": role})
    for truth_id in (*PEOPLE, *FIRMS, *ACCOUNTS, *APPS):
        for number in range(draw(st.sampled_from([1, 2, 3, 0]))):
            _draw_record(draw, small, truth_id, number)
    known = sorted({(row["kind"], row["entity_id"]) for row in small["found_entity"]})
    subjects = [*known, ("app", "s:app:0-0"), ("app", "s:app:1-0"), ("person", "nobody knows")]
    for number in range(draw(st.integers(0, 4))):
        _draw_lead(draw, small, f"l{number}", subjects)
    fired = st.tuples(st.sampled_from(TYPOLOGIES), st.sampled_from(subjects))
    for typology, (kind, subject) in draw(st.lists(fired, max_size=8, unique=True)):
        score = draw(st.sampled_from([0.1, 0.5, 0.5, 0.9]))
        row = {"typology_id": typology, "subject_kind": kind, "subject_id": subject, "score": score}
        small["found_signal"].append(row)
    return small


def _draw_ring(draw: st.DrawFn, small: Small, ring_id: str) -> None:
    actors = draw(st.lists(st.sampled_from([*PEOPLE, *FIRMS]), min_size=1, max_size=5, unique=True))
    first = START + timedelta(days=draw(st.integers(0, 40)))
    small["truth_rings"].append(
        {
            "ring_id": ring_id,
            "kind": draw(st.sampled_from(["lanzhou", "surrender"])),
            "hidden": draw(st.booleans()),
            "amount_fen": draw(st.integers(0, 1000)),
            "first_crime_at": draw(st.sampled_from([first, None])),
            "last_at": first + timedelta(days=60),
        }
    )
    for place, who in enumerate(actors):
        roles = draw(st.lists(st.sampled_from(ROLES), min_size=1, max_size=2, unique=True))
        rank = draw(st.sampled_from([None, 1, 2])) if place < 2 else None
        for role in roles:
            row = {"ring_id": ring_id, "truth_id": who, "kind": who.split(":")[0], "role": role}
            core = any(each not in NOT_CORE for each in roles)
            small["truth_members"].append({**row, "core": core, "controller_rank": rank})
    for typology in draw(st.lists(st.sampled_from(["routine_loan", "funds.pass_through"]), unique=True)):
        for who in draw(st.lists(st.sampled_from([*actors, *ACCOUNTS, *APPS]), unique=True, max_size=3)):
            row = {"ring_id": ring_id, "typology_id": typology, "subject_kind": who.split(":")[0], "truth_id": who}
            small["truth_shows"].append(row)
    for day in range(0, draw(st.integers(0, 60)), 9):
        on = date(2023, 7, 1) + timedelta(days=day)
        small["truth_loss"].append({"ring_id": ring_id, "day": on, "loss_fen": draw(st.integers(-50, 100))})


def _draw_record(draw: st.DrawFn, small: Small, truth_id: str, number: int) -> None:
    kind = truth_id.split(":", maxsplit=1)[0]
    record = {"source": "s", "source_key": f"{truth_id}-{number}"}
    small["truth_records"].append({**record, "table_name": kind, "kind": kind, "truth_id": truth_id})
    broken = draw(st.sampled_from([None, None, None, "wrong_type:name"]))
    small["truth_rows"].append({**record, "table_name": kind, "broken": broken})
    entity = draw(st.sampled_from([truth_id, truth_id, truth_id, f"{kind}:0", f"{kind}:9"]))
    if draw(st.sampled_from([True, True, True, False])) and kind != "app":
        small["found_entity"].append({**record, "kind": kind, "entity_id": entity})


def _draw_lead(draw: st.DrawFn, small: Small, lead_id: str, subjects: list[tuple[str, str]]) -> None:
    small["found_lead"].append(
        {
            "lead_id": lead_id,
            "place": draw(st.integers(1, 4)),
            "score": 0.5,
            "raised": draw(st.sampled_from([True, True, False])),
            "amount_fen": draw(st.sampled_from([None, 10, 500, 2000])),
        }
    )
    members = draw(st.lists(st.sampled_from(subjects), max_size=4, unique=True))
    rings = sorted({row["ring_id"] for row in small["truth_members"]})
    if rings and draw(st.sampled_from([True, True, False])):  # a lead that is likely to find something
        ring = draw(st.sampled_from(rings))
        mine = sorted({(row["kind"], row["truth_id"]) for row in small["truth_members"] if row["ring_id"] == ring})
        members = sorted({*members[:1], *draw(st.lists(st.sampled_from(mine), min_size=1, unique=True))})
    for kind, member in members:
        row = {"lead_id": lead_id, "kind": kind, "member_id": member, "role": draw(st.sampled_from(LEAD_ROLES))}
        signals, rank = draw(st.sampled_from([0, 1, None])), draw(st.sampled_from([None, None, 1, 2, 3]))
        small["found_member"].append({**row, "signals": signals, "controller_rank": rank})


class Naive:
    """The same numbers, from plain rows with loops: slow, short, and written apart from the scorer."""

    def __init__(self, small: Small) -> None:
        self.small = small
        self.broken = {
            key
            for key in {self._key(row) for row in small["truth_rows"]}
            if all(row["broken"] is not None for row in small["truth_rows"] if self._key(row) == key)
        }
        self.records = {
            (row["kind"], row["source"], row["source_key"], row["truth_id"])
            for row in small["truth_records"]
            if self._key(row) not in self.broken
        }
        self.ring_core = {
            ring["ring_id"]: {
                row["truth_id"]
                for row in small["truth_members"]
                if row["ring_id"] == ring["ring_id"] and row["core"] and row["kind"] in ("person", "company")
            }
            for ring in small["truth_rings"]
        }
        self.raised = [
            row["lead_id"]
            for row in sorted(small["found_lead"], key=lambda row: (row["place"], row["lead_id"]))
            if row["raised"]
        ]
        self.core = {lead: self.lead_core(lead) for lead in self.raised}

    @staticmethod
    def _key(row: Row) -> tuple[str, str, str]:
        return row["source"], row["table_name"], row["source_key"]

    def truth_of(self, kind: str, entity: str) -> str | None:
        keys = {
            (row["source"], row["source_key"])
            for row in self.small["found_entity"]
            if row["kind"] == kind and row["entity_id"] == entity
        }
        votes = Counter(who for k, s, key, who in self.records if k == kind and (s, key) in keys)
        return min((who for who in votes if votes[who] == max(votes.values())), default=None)

    def holder_of(self, account: str) -> str | None:
        rows = self.small["truth_holders"]
        return next((row["holder_id"] for row in rows if row["account_id"] == account), None)

    def who(self, kind: str, entity: str) -> str:
        found = self.truth_of(kind, entity)
        if found is None:
            return f"?{kind}:{entity}"
        return (self.holder_of(found) or found) if kind == "account" else found

    def members(self, lead: str) -> list[tuple[str, Row]]:
        return [
            (self.who(row["kind"], row["member_id"]), row)
            for row in self.small["found_member"]
            if row["lead_id"] == lead and row["kind"] in ("person", "company", "account")
        ]

    def lead_core(self, lead: str) -> set[str]:
        out = {"victim", "straw_borrower", "borrower", "unrelated_service"}
        return {
            who
            for who, row in self.members(lead)
            if row["role"] not in out and not (row["role"] == "unknown" and not row["signals"])
        }

    def about(self, lead: str, ring: str) -> bool:
        both = self.core[lead] & self.ring_core[ring]
        return bool(both) and len(both) / len(self.core[lead]) >= 0.5

    def finds(self, lead: str, ring: str) -> bool:
        both = self.core[lead] & self.ring_core[ring]
        return self.about(lead, ring) and len(both) / len(self.ring_core[ring]) >= 0.5

    def jaccard(self, lead: str, ring: str) -> float:
        return len(self.core[lead] & self.ring_core[ring]) / len(self.core[lead] | self.ring_core[ring])

    def found(self) -> set[str]:
        return {ring for ring in self.ring_core if any(self.finds(lead, ring) for lead in self.raised)}

    def best(self) -> dict[str, str]:
        return {
            ring: max(
                (lead for lead in self.raised if self.finds(lead, ring)),
                key=lambda lead: (self.jaccard(lead, ring), -self.raised.index(lead)),
            )
            for ring in self.found()
        }

    def precision_at(self, k: int) -> float | None:
        seen: set[str] = set()
        for lead in self.raised[:k]:
            new = [ring for ring in self.ring_core if self.finds(lead, ring) and ring not in seen]
            if new:
                seen.add(min(new, key=lambda ring: (-self.jaccard(lead, ring), ring)))
        return len(seen) / len(self.raised[:k]) if self.raised else None

    def pairs(self, kind: str) -> tuple[float | None, float | None, float | None]:
        """Return pairwise precision, recall and F1, from every pair of records."""
        items = sorted(record for record in self.records if record[0] == kind)
        true, found = self._clusters(items, kind)
        true_pairs = {pair for group in true for pair in combinations(sorted(group), 2)}
        found_pairs = {pair for group in found for pair in combinations(sorted(group), 2)}
        both = len(true_pairs & found_pairs)
        total = len(true_pairs) + len(found_pairs)
        return (
            both / len(found_pairs) if found_pairs else None,
            both / len(true_pairs) if true_pairs else None,
            2 * both / total if total else None,
        )

    def cluster_f1(self, kind: str) -> float | None:
        true, found = self._clusters(sorted(record for record in self.records if record[0] == kind), kind)
        return 2 * len(true & found) / (len(true) + len(found)) if true or found else None

    def _clusters(self, items: Sequence[tuple[str, ...]], kind: str) -> tuple[set[frozenset[Any]], set[frozenset[Any]]]:
        def entity(item: tuple[str, ...]) -> str:
            told = Counter(
                row["entity_id"]
                for row in self.small["found_entity"]
                if row["kind"] == kind and (row["source"], row["source_key"]) == item[1:3]
            )
            best = [name for name in told if told[name] == max(told.values())]
            return min(best) if best else f"?{item[1]}:{item[2]}"

        def grouped(names: list[str]) -> set[frozenset[Any]]:
            pairs = list(zip(names, items, strict=True))
            return {frozenset(item for other, item in pairs if other == name) for name in names}

        return grouped([item[3] for item in items]), grouped([entity(item) for item in items])

    def flagged(self) -> dict[str, tuple[int, int]]:
        """Return kind → cases, flagged."""
        core = {who for lead in self.raised for who in self.core[lead]}
        rows = [row for row in self.small["truth_lookalikes"] if row["role"] == "main"]
        cases = {(row["kind"], row["instance"]) for row in rows}
        hit = {(row["kind"], row["instance"]) for row in rows if row["truth_id"] in core}
        return {
            kind: (sum(k == kind for k, _ in cases), sum(k == kind for k, _ in hit)) for kind in {k for k, _ in cases}
        }

    def fired(self, typology: str) -> dict[str, float]:
        strange = {f"{source}:{key}": who for kind, source, key, who in self.records if kind == "app"}
        scores: dict[str, float] = {}
        for row in self.small["found_signal"]:
            if row["typology_id"] == typology:
                kind, subject = row["subject_kind"], row["subject_id"]
                named = strange.get(subject) if kind == "app" else self.truth_of(kind, subject)
                who = named or f"?{kind}:{subject}"
                scores[who] = max(row["score"], scores.get(who, 0.0))
        return scores

    def shown(self, typology: str) -> set[str]:
        last = typology.rsplit(".", maxsplit=1)[-1]
        rows = self.small["truth_shows"]
        return {row["truth_id"] for row in rows if row["typology_id"].endswith(last)}

    def average_precision(self, typology: str) -> float | None:
        """Return the area below recall × precision, read off at every score as a threshold."""
        fired, shown = self.fired(typology), self.shown(typology)
        if not shown:
            return None
        area, before = 0.0, 0.0
        for bar in sorted(set(fired.values()), reverse=True):
            taken = {who for who, score in fired.items() if score >= bar}
            recall = len(taken & shown) / len(shown)
            area += (recall - before) * len(taken & shown) / len(taken)
            before = recall
        return area
