"""A small lake of three institutions and a resolution of it, written by hand: who is who is given, not found."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from suyuan.domain.contract import contracts
from suyuan.domain.workspace import Workspace
from suyuan.resolve.model.weights import SHAPES, Model
from suyuan.sources import lake
from suyuan.sources.statement import Hints
from suyuan.work.entity_book import TABLES
from suyuan.work.ingest import Wanted, ingest
from suyuan.work.init import init
from suyuan.work.kept import write_json, write_table
from tests.ring import NOW

MA = "620102198001011239"
LI = "620102197503032211"
PRIOR = 2**-10 / (1 + 2**-10)
SAME_NAME = "name=9;birth=-1;phone=3"

PEOPLE: Sequence[Mapping[str, str]] = (
    {"source": "bank", "person_id": "bank:M1", "name": "马建国", "id_number": MA, "phone": "13909310001"},
    {"source": "wallet", "person_id": "wallet:M2", "name": "马建国", "id_number": MA, "phone": "13909310001"},
    {"source": "telecom", "person_id": "telecom:M3", "name": "马建囯", "phone": "13909310001"},
    {"source": "wallet", "person_id": "wallet:M4", "name": "马建", "phone": "13909310001"},
    {"source": "bank", "person_id": "bank:L1", "name": "李福", "id_number": LI, "phone": "13909310002"},
    {"source": "telecom", "person_id": "telecom:Z1", "name": "周一", "phone": "13909310003"},
    {"source": "wallet", "person_id": "wallet:Z2", "name": "周一", "phone": "13909310004"},
)
MA_ENTITY, LI_ENTITY, M4_ENTITY = "p-00000000000000a1", "p-00000000000000a2", "p-00000000000000a3"
Z1_ENTITY, Z2_ENTITY, OLD_ENTITY = "p-00000000000000a4", "p-00000000000000a5", "p-00000000000000a9"
FIRM_ENTITY = "c-00000000000000a1"
MEMBERS = {
    MA_ENTITY: ("bank:M1", "wallet:M2", "telecom:M3"),
    LI_ENTITY: ("bank:L1",),
    M4_ENTITY: ("wallet:M4",),
    Z1_ENTITY: ("telecom:Z1",),
    Z2_ENTITY: ("wallet:Z2",),
    FIRM_ENTITY: ("bank:F1",),
}
NUMBERS = {MA_ENTITY: ("resident_id", MA), LI_ENTITY: ("resident_id", LI)}


def pair(left: str, right: str, probability: float, decision: str, **more: Any) -> dict[str, Any]:
    """Return a row of `entity_pair` between two ids of `MEMBERS`."""
    home = {lake_id: entity for entity, ids in MEMBERS.items() for lake_id in ids}
    left, right = sorted((left, right))
    ends = {"left_entity_id": home[left], "right_entity_id": home[right]}
    plain = {"kind": "person", "left_lake_id": left, "right_lake_id": right, "why": None, "levels": SAME_NAME}
    return {**plain, **ends, "weight": 8.0, "probability": probability, "decision": decision, **more}


PAIRS = (
    pair("bank:M1", "telecom:M3", 0.97, "joined", weight=5.0),
    pair("wallet:M4", "bank:M1", 0.6, "undecided", weight=0.6),
    pair("wallet:M4", "telecom:M3", 0.5, "undecided", weight=0.0),
    pair("bank:L1", "bank:M1", 0.99, "cut", why="two_numbers", weight=7.0),
    pair("telecom:Z1", "wallet:Z2", 0.4, "undecided", weight=-0.6),
)


def read_people(workspace: Workspace, folder: Path) -> dict[str, str]:
    """Ingest `PEOPLE` and one firm; return lake id → row id."""
    init(workspace)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "person.csv", PEOPLE)
    _write(folder / "company.csv", [{"source": "bank", "company_id": "bank:F1", "name": "捷融网络科技有限公司"}])
    ingest(workspace, [folder], wanted=Wanted(hints=Hints()), actor="test", now=NOW, tell=lambda *_: None)
    found: dict[str, str] = {}
    for table, files in lake.tables(workspace).items():
        for path in files:
            rows = pa.parquet.read_table(path).to_pylist()
            found |= {row[f"{table}_id"]: row["row_id"] for row in rows}
    return found


def _write(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)


def resolved_people(root: Path, *, pairs: Sequence[Mapping[str, Any]] = PAIRS) -> Workspace:
    """Return a workspace below `root` with a lake and one resolution: the entities `MEMBERS` and `pairs`."""
    workspace = Workspace(root=root / "w")
    row_ids = read_people(workspace, root / "files")
    folder = workspace.entities / "abc123abc123"
    folder.mkdir(parents=True)
    names = {row["person_id"]: row["name"] for row in PEOPLE}
    rows: dict[str, Sequence[Mapping[str, Any]]] = {
        "entity": [
            {
                "entity_id": entity,
                "kind": "company" if entity == FIRM_ENTITY else "person",
                "name": names.get(ids[0], "捷融网络科技有限公司"),
                "key_kind": NUMBERS.get(entity, (None, None))[0],
                "key_value": NUMBERS.get(entity, (None, None))[1],
                "since_no": 1,
                "records": len(ids),
            }
            for entity, ids in MEMBERS.items()
        ],
        "entity_member": [
            {
                "entity_id": entity,
                "kind": "company" if entity == FIRM_ENTITY else "person",
                "table_name": "company" if entity == FIRM_ENTITY else "person",
                "member_row_id": row_ids[lake_id],
                "source": lake_id.partition(":")[0],
                "source_key": lake_id.partition(":")[2],
                "lake_id": lake_id,
            }
            for entity, ids in MEMBERS.items()
            for lake_id in ids
        ],
        "entity_redirect": [{"old_id": OLD_ENTITY, "entity_id": MA_ENTITY}],
        "entity_pair": pairs,
    }
    for table in TABLES:
        contract = contracts()[table]
        schema = pa.schema([(name, _TYPES[column.type]) for name, column in contract.columns.items()])
        write_table(folder / f"{table}.parquet", pa.Table.from_pylist(list(rows[table]), schema), contract=contract)
    (folder / "model_person.json").write_text(person_model().to_json(), encoding="utf-8")
    write_json(
        folder / "resolution.json", {"number": 1, "as_of": None, "inputs": "x", "weighing": "x", "models": ["person"]}
    )
    return workspace


_TYPES = {"text": pa.string(), "bigint": pa.int64(), "double": pa.float64()}


def person_model() -> Model:
    """Return a model of persons that weighs as its ladders start, with a prior of -10 bits."""
    shape = SHAPES["person"]
    return Model(
        kind="person",
        prior=PRIOR,
        weights={one.name: tuple((level.m, level.u) for level in one.levels) for one in shape.comparisons},
        rarities={column: {} for column in shape.rarities},
        blocks=("phone",),
        evidence={},
    )
