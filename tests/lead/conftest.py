"""Small worlds for leads: contracted tables laid on an engine with the rows that matter."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa
import pytest

from suyuan.domain.contract import Label, contracts
from suyuan.domain.contract_arrow import arrow_schema
from suyuan.engine.protocol import Engine
from suyuan.typology.model import Fact, Severity, Typology

Lay = Callable[..., None]


@pytest.fixture
def lay() -> Lay:
    """Return a function that lays every contracted table on an engine: empty, or with the rows given by table."""

    def _lay(engine: Engine, **tables: Sequence[Mapping[str, Any]]) -> None:
        for name, contract in contracts().items():
            schema = pa.schema([field.with_nullable(True) for field in arrow_schema(contract)])
            engine.write(name, pa.Table.from_pylist([_full(name, row) for row in tables.get(name, [])], schema=schema))

    return _lay


def _full(table: str, row: Mapping[str, Any]) -> Mapping[str, Any]:
    if table == "signal":
        told = {"typology_version": 1, "params_digest": "p", "evidence_rows": 1, "score": 1.0, **row}
        window = {
            "window_from_at": datetime(2024, 1, 1),  # noqa: DTZ001
            "window_to_at": datetime(2024, 2, 1),  # noqa: DTZ001
        }
        return {**window, **told, "facts": json.dumps(row.get("facts", {}))}
    if table == "signal_evidence":
        return {"why": "x", "weight": 1.0, **row}
    return {"currency": "CNY", "row_id": row.get(f"{table}_id"), **row}


@pytest.fixture
def typology() -> Callable[..., Typology]:
    """Return a function that makes a typology with the facts `loans` and `head_cut`."""

    def _typology(name: str, severity: Severity = "review") -> Typology:
        return Typology(
            id=name,
            version=1,
            status="production",
            title=Label(en=f"Title of {name}", zh=f"{name} 的名称"),
            stage=("warn",),
            finds=Label(en="finds", zh="发现"),
            severity=severity,
            grain=Label(en="one row per subject", zh="每个主体一行"),
            subject="account",
            reads={},
            optional=frozenset(),
            params={},
            facts={"currency": "text", "loans": "bigint", "head_cut": "double", "over_fen": "bigint"},
            labels={"loans": Fact(name="loans", unit="count", label=Label(en="loans", zh="借款笔数"))},
            looks_like=(Label(en="a payroll account", zh="代发工资账户"),),
            blind_to=(),
            sources=(),
            sql="",
            cases=(),
        )

    return _typology
