"""The contradictions a contract may not hold, by itself and with the others."""

from collections.abc import Iterator, Mapping

from suyuan.domain.contract_shape import Column, Contract
from suyuan.domain.fault import Fault
from suyuan.domain.keywords import FORBIDDEN

_COUNTED = ("int", "bigint", "double")
_SUFFIX_TYPES = {"_on": ("date",), "_at": ("timestamp",), "_fen": ("bigint",), "_days": ("int", "bigint")}
_SUFFIX_UNITS = {"_fen": "fen", "_days": "days"}


def check_one(file: str, contract: Contract) -> list[Fault]:
    """Return what is wrong with `contract` by itself."""
    faults = list(_check_head(file, contract))
    seen: dict[tuple[str, str], str] = {}
    for column in contract.columns.values():
        place = f"columns.{column.name}"
        faults += [Fault(file, place, key, values) for key, values in _check_column(column)]
        for lang in ("en", "zh"):
            other = seen.setdefault((lang, getattr(column.label, lang)), column.name)
            if other != column.name:
                faults.append(Fault(file, f"{place}.{lang}", "contract.label_twice", {"other": other}))
    return faults


def _check_head(file: str, contract: Contract) -> Iterator[Fault]:
    if contract.table in FORBIDDEN:
        yield Fault(file, "table", "contract.keyword", {"name": contract.table})
    yield from _check_key(file, contract)
    yield from _check_times(file, contract)
    columns = contract.columns.values()
    if contract.is_output and any(column.later for column in columns):
        yield Fault(file, "columns", "contract.later_output", {})
    if contract.ftm is None and any(column.ftm for column in columns):
        yield Fault(file, "ftm", "contract.ftm_schema", {})
    money = [column.name for column in columns if column.unit == "fen"]
    if money and not contract.is_output and "currency" not in contract.columns:
        yield Fault(file, "columns", "contract.no_currency", {"column": money[0]})


def _check_key(file: str, contract: Contract) -> Iterator[Fault]:
    for name in contract.key:
        column = contract.columns.get(name)
        if column is None:
            yield Fault(file, "key", "contract.no_such_column", {"column": name})
        elif not column.not_null:
            yield Fault(file, "key", "contract.key_null", {"column": name})


def _check_times(file: str, contract: Contract) -> Iterator[Fault]:
    for place, name in (("event_time", contract.event_time), ("known_time", contract.known_time)):
        if name is None:
            continue
        column = contract.columns.get(name)
        if column is None:
            yield Fault(file, place, "contract.no_such_column", {"column": name})
        elif column.type not in ("date", "timestamp"):
            yield Fault(file, place, "contract.not_a_time", {"column": name, "type": column.type})
        elif column.later:
            yield Fault(file, place, "contract.later_early", {"column": name})


def _check_column(column: Column) -> Iterator[tuple[str, dict[str, object]]]:
    name = column.name
    if name in FORBIDDEN:
        yield "contract.keyword", {"name": name}
    yield from _check_unit(column)
    if column.later and column.not_null:
        yield "contract.later_never", {}
    if column.values and column.type != "text":
        yield "contract.values_text", {}
    if len(set(column.values)) != len(column.values):
        yield "contract.values_twice", {}
    if column.refs and column.type != "text":
        yield "contract.refs_text", {"type": column.type}
    if column.mask != "none" and column.type not in ("text", "text[]"):
        yield "contract.mask_text", {"type": column.type}
    if column.grade == "C3" and column.mask == "none":
        yield "contract.grade_mask", {"grade": column.grade}
    if column.grade == "C2" and column.mask == "none" and column.type in ("text", "text[]") and not column.values:
        yield "contract.grade_mask", {"grade": column.grade}
    if column.grade == "C1" and column.mask not in ("none", "key", "text"):
        yield "contract.mask_grade", {"mask": column.mask}


def _check_unit(column: Column) -> Iterator[tuple[str, dict[str, object]]]:
    name, unit = column.name, column.unit
    for suffix, types in _SUFFIX_TYPES.items():
        wanted = _SUFFIX_UNITS.get(suffix)
        if name.endswith(suffix) and column.type not in types:
            yield "contract.suffix_type", {"suffix": suffix, "wanted": types[0], "type": column.type}
        elif name.endswith(suffix) and unit != wanted:
            yield "contract.suffix_unit", {"suffix": suffix, "wanted": wanted or "-", "unit": unit or "-"}
    if column.type == "timestamp" and not name.endswith("_at"):
        yield "contract.time_name", {"suffix": "_at"}
    if column.type == "date" and not name.endswith("_on"):
        yield "contract.time_name", {"suffix": "_on"}
    if unit == "fen" and not name.endswith("_fen"):
        yield "contract.fen_name", {}
    if column.type in _COUNTED and unit is None:
        yield "contract.no_unit", {"type": column.type}
    if column.type not in _COUNTED and unit is not None:
        yield "contract.idle_unit", {"unit": unit, "type": column.type}


def check_between(found: Mapping[str, Contract]) -> list[Fault]:
    """Return what contracts (by file) get wrong about each other: references and titles."""
    tables = {contract.table: contract for contract in found.values()}
    faults: list[Fault] = []
    titles: dict[tuple[str, str], str] = {}
    for file, contract in found.items():
        for lang in ("en", "zh"):
            other = titles.setdefault((lang, getattr(contract.title, lang)), contract.table)
            if other != contract.table:
                faults.append(Fault(file, f"title.{lang}", "contract.label_twice", {"other": other}))
        for column in contract.columns.values():
            faults += _check_refs(file, column, tables)
    return faults


def _check_refs(file: str, column: Column, tables: Mapping[str, Contract]) -> Iterator[Fault]:
    place = f"columns.{column.name}.refs"
    for ref in column.refs:
        table, _, target = ref.partition(".")
        if table not in tables:
            yield Fault(file, place, "contract.ref_table", {"table": table})
        elif target not in tables[table].columns:
            yield Fault(file, place, "contract.ref_column", {"table": table, "column": target})
        elif tables[table].columns[target].type != column.type:
            other = tables[table].columns[target].type
            yield Fault(file, place, "contract.ref_type", {"ref": ref, "other": other, "type": column.type})
        elif tables[table].columns[target].mask != column.mask:
            hidden = tables[table].columns[target].mask
            yield Fault(file, place, "contract.ref_mask", {"ref": ref, "other": hidden, "mask": column.mask})
