"""A world of rows that mean nothing: every table, every column, every listed value; to try files and their mappings."""

from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.domain.contract import Column, contracts
from suyuan.domain.contract_arrow import ARROW_TYPES
from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import NOBODY, TOKENS, Why, first_id
from suyuan.world.frame.world import World
from suyuan.world.institutions.houses import figures, institutions

TEXTS = ["甲", '乙说"好"', "a,b;c", "两行\n文字", "<&>", "反\\斜杠", "陇原银行"]
FIRST = np.datetime64("2023-07-01T00:00:00")
_OWN = ("person", "company", "account", "app")


def any_world(rows: int = 300, *, seed: int = 7) -> World:
    """Return a world with `rows` rows in every table that somebody hands over; one ring is hidden, one is not."""
    world = World(options=Options(seed=seed))
    for number, hidden in enumerate((True, False), start=1):
        world.truths.ring(kind="lanzhou", number=number, hidden=hidden, story={"strike": 1})
    for table in (*_OWN, *figures()["routes"]):
        chance = world.chance("any", table)
        for why, n in ((Why(), rows - 20), (Why(ring=0, step="strike"), 10), (Why(ring=1, step="strike"), 10)):
            world.add(table, why, n, **_columns(table, chance, n, rows), **_private(table, n))
    return world


def _columns(table: str, chance: np.random.Generator, n: int, rows: int) -> dict[str, Any]:
    contract = contracts()[table]
    names = [name for name in contract.columns if name not in ("row_id", "source", "loaded_at", contract.key[0])]
    told = {name: _values(contract.columns[name], chance, n, rows) for name in names}
    match table:
        case "person":
            told["id_number"] = pa.array([f"62010219900101{k:04d}" for k in chance.integers(0, 10_000, n)])
        case "company":
            told["credit_code"] = pa.array([f"9162010{k:011d}" for k in chance.integers(0, 10**9, n)])
        case "account":
            told["number"] = pa.array([f"621625{k:013d}" for k in chance.integers(0, 10**9, n)])
            told["bank"] = pa.array([each.told_name or "别处银行" for each in institutions()]).take(
                pa.array(chance.integers(0, 20, n))
            )
    return told


def _private(table: str, n: int) -> dict[str, Any]:
    if table != "company":
        return {}
    trades = sorted({each.trade for each in institutions() if each.trade})
    return {"_trade": pa.array([trades[k % len(trades)] for k in range(n)])}


def _values(column: Column, chance: np.random.Generator, n: int, rows: int) -> Any:
    null = chance.integers(0, 5, n) == 0 if not column.not_null else np.zeros(n, np.bool_)
    if column.refs:
        tables = [ref.split(".")[0] for ref in column.refs]
        firsts = np.array([first_id(table) for table in tables])[chance.integers(0, len(tables), n)]
        return np.where(null, NOBODY, firsts + chance.integers(0, rows, n))
    if column.name in TOKENS:
        first = first_id("sim") if column.name.endswith("_sim") else 0
        return np.where(null, NOBODY, first + chance.integers(0, rows, n))
    if column.values:
        return pa.array([column.values[k] for k in chance.integers(0, len(column.values), n)], mask=null)
    return pa.array(_drawn(column, chance, n), ARROW_TYPES[column.type], mask=null)


def _drawn(column: Column, chance: np.random.Generator, n: int) -> Any:
    whole = chance.integers(0, 300_000_000_000 if column.unit == "fen" else 100, n)
    if column.type in ("text", "text[]"):
        return [TEXTS[k % len(TEXTS)] for k in whole] if column.type == "text" else [["甲", "乙"]] * n
    if column.type == "date":
        return (FIRST.astype("datetime64[D]") + whole).astype(object)
    if column.type == "timestamp":
        return FIRST + whole * 400_000
    return {"boolean": whole % 2 == 1, "double": whole / 100}.get(column.type, whole)
