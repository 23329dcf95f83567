from datetime import datetime

import pyarrow as pa

from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import arrow_schema
from suyuan.engine.protocol import Engine
from suyuan.resolve.lines import line_steps


def test_lines_of_two_files_share_an_event_copy_by_copy_and_lines_of_one_file_never(engine: Engine) -> None:
    schemas = {table: arrow_schema(contracts()[table]) for table in ("entry", "account", "entity")}
    base = {"account_id": "a-A", "effect": "out", "amount_fen": 5, "currency": "CNY", "booked_at": datetime(2024, 3, 5)}  # noqa: DTZ001
    told = [
        ("f:1:1", "S1"),
        ("f:1:2", "S1"),
        ("g:1:7", "S1"),
        ("f:1:3", None),
        ("g:1:8", None),
        ("f:1:4", "000"),
        ("g:1:9", "000"),
    ]
    rows = [
        dict.fromkeys(schemas["entry"].names) | base | {"row_id": row, "source": "x", "serial": serial}
        for row, serial in told
    ]
    for table, found in (("entry", rows), ("account", []), ("entity", [])):
        schema = pa.schema([field.with_nullable(True) for field in schemas[table]])
        engine.write(table, pa.Table.from_pylist(found, schema=schema))
    engine.run(line_steps())
    events = {row["row_id"]: row["event_id"] for row in engine.read("entry_event").to_pylist()}
    assert events["g:1:7"] == events["f:1:1"] == "f:1:1"
    assert all(events[row] == row for row, _ in told if row != "g:1:7")
    assert engine.read("entry_side").num_rows == 6
