"""Registers written by hand, laid on an engine as a run lays them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow as pa

from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import arrow_schema
from suyuan.domain.ids import resident
from suyuan.engine.protocol import Engine

MA, LI, LI_TOO = (
    resident.compose(region_code="620102", birth_on=born, sequence=sequence)
    for born, sequence in ((date(1980, 1, 1), 123), (date(1975, 3, 3), 221), (date(1960, 1, 1), 221))
)


def lay(engine: Engine, table: str, *rows: Mapping[str, Any]) -> None:
    """Lay `rows` as `table`; what they leave out is null."""
    schema = pa.schema([field.with_nullable(True) for field in arrow_schema(contracts()[table])])
    full = [
        {
            **dict.fromkeys(schema.names),
            "row_id": f"{n:016}:1:{n}",
            "source": str(row[f"{table}_id"]).split(":")[0],
            **row,
        }
        for n, row in enumerate(rows)
    ]
    engine.write(table, pa.Table.from_pylist(full, schema=schema))


def person(lake_id: str, name: str, **more: Any) -> dict[str, Any]:
    """Return a person; `birth` is a text."""
    birth = more.pop("birth", None)
    return {"person_id": lake_id, "name": name, "birth_on": date.fromisoformat(birth) if birth else None, **more}


def present(engine: Engine, *tables: str) -> dict[str, dict[str, str]]:
    """Return the columns of `tables`."""
    return {table: engine.columns(table) for table in tables}
