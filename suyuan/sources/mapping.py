"""Mapping files: how an institution's table becomes contracted tables, in a YAML that an analyst owns.

The form is described for people in `docs/mappings.md`. A file that cannot be trusted does not load, and says everything
that is wrong with it, where.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from suyuan.domain.content import content_dir
from suyuan.domain.contract import Contract, contracts
from suyuan.domain.contract_shape import provenance
from suyuan.domain.errors import DataError
from suyuan.domain.fault import Fault, Faults
from suyuan.domain.yamlfile import read_yaml
from suyuan.sources.formula import Formula, parse

_NOT_OURS = {"statement"}  # word lists of other readers that lie in the same folder
_PROVENANCE = {column.name for column in provenance()}

Words = Annotated[str, Field(min_length=1)]


class _Border(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Title(_Border):
    en: Words
    zh: Words


class _Recognise(_Border):
    columns: Annotated[list[Words], Field(min_length=1)]
    without: list[Words] = []
    file: Words | None = None


class _Table(_Border):
    columns: Annotated[dict[Words, Words | int | float | bool], Field(min_length=1)]
    where: Words | None = None
    refuse: dict[Words, Words] = {}


class _Mapping(_Border):
    mapping: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    version: Annotated[int, Field(ge=1)]
    title: _Title
    recognise: _Recognise
    optional: list[Words] = []
    drop: list[Words] = []
    source: Words
    constants: dict[Words, Words | int | float | bool] = {}
    tables: Annotated[dict[Words, _Table], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class MappedTable:
    """How one table is filled. `columns` leaves out the contract columns that the source does not tell."""

    table: str
    columns: Mapping[str, Formula]
    where: Formula | None = None
    refuse: tuple[tuple[str, Formula], ...] = ()


@dataclass(frozen=True, kw_only=True)
class TableMapping:
    """One mapping file, judged against the contracts.

    Attributes:
        columns: Source columns that must stand in the header for the mapping to be taken.
        without: Source columns that must not.
        pattern: Glob of file names; only among several fitting mappings does it decide.
        optional: Further source columns that may be read; null where a file lacks them.
        drop: Source columns that are never read (labels of test data, for instance).
        tables: The first is the one a file is reported under.
    """

    name: str
    version: int
    source: str
    columns: tuple[str, ...]
    without: tuple[str, ...]
    pattern: str | None
    optional: tuple[str, ...]
    drop: tuple[str, ...]
    tables: tuple[MappedTable, ...]
    title: Mapping[str, str] = field(default_factory=dict)


@cache
def shipped() -> Mapping[str, TableMapping]:
    """Return the shipped mappings by name.

    Raises:
        DataError: A shipped file is faulty.
    """
    return load_mappings(content_dir("mappings"))


def load_mappings(*folders: Path) -> Mapping[str, TableMapping]:
    """Return the mappings in `folders` (`*.yml`) by name, in the order of the names; folders that are absent are empty.

    Raises:
        DataError: Any file is faulty; every fault is listed with file and place.
    """
    faults: list[Fault] = []
    found: dict[str, tuple[str, TableMapping]] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.yml")):
            if path.stem in _NOT_OURS:
                continue
            loaded = _read(path, path.name, contracts(), faults)
            if loaded and loaded.name in found:
                faults.append(Fault(path.name, "mapping", "mapping.twice", {"other": found[loaded.name][0]}))
            elif loaded:
                found[loaded.name] = (path.name, loaded)
    if faults:
        raise DataError("mapping.refused", count=len(faults), faults=Faults(faults))
    return {name: found[name][1] for name in sorted(found)}


def load_mapping(path: Path) -> TableMapping:
    """Return the mapping in the file `path`.

    Raises:
        DataError: It is faulty; every fault is listed with its place.
    """
    faults: list[Fault] = []
    found = _read(path, path.name, contracts(), faults)
    if found is None or faults:
        raise DataError("mapping.refused", count=len(faults), faults=Faults(faults))
    return found


def _read(path: Path, name: str, known: Mapping[str, Contract], faults: list[Fault]) -> TableMapping | None:
    """Return the mapping in `path`, or None after noting why there is none."""
    try:
        model = _Mapping.model_validate(read_yaml(path))
    except ValidationError as wrong:
        for error in wrong.errors(include_url=False):
            place = ".".join(str(part) for part in error["loc"] if part != "[key]")
            faults.append(Fault(name, place, "mapping.shape", {"given": error.get("input"), "told": error["msg"]}))
        return None
    except (ValueError, OSError) as wrong:
        faults.append(Fault(name, "", "mapping.unreadable", {"told": str(wrong)}))
        return None
    own: list[Fault] = []
    tables = tuple(_table(name, model, table, known, own) for table in model.tables)
    own += _check_names(name, model)
    faults += own
    if own:
        return None
    return TableMapping(
        name=model.mapping,
        version=model.version,
        source=model.source,
        columns=tuple(model.recognise.columns),
        without=tuple(model.recognise.without),
        pattern=model.recognise.file,
        optional=tuple(model.optional),
        drop=tuple(model.drop),
        tables=tables,
        title={"en": model.title.en, "zh": model.title.zh},
    )


def _check_names(name: str, model: _Mapping) -> Iterator[Fault]:
    for dropped in model.drop:
        if dropped in model.optional:
            yield Fault(name, "drop", "mapping.dropped_read", {"column": dropped})
    for column in model.constants:
        if not any(column in (contracts()[table].columns if table in contracts() else ()) for table in model.tables):
            yield Fault(name, f"constants.{column}", "mapping.idle_constant", {"column": column})


def _table(name: str, model: _Mapping, table: str, known: Mapping[str, Contract], faults: list[Fault]) -> MappedTable:
    """Return one table of `model`, noting every fault; what is faulty is left out."""
    place, given = f"tables.{table}", model.tables[table]
    contract = known.get(table)
    if contract is None or contract.is_output:
        faults.append(Fault(name, place, "mapping.no_table", {"table": table}))
        return MappedTable(table=table, columns={})
    constants = {column: value for column, value in model.constants.items() if column in contract.columns}
    told: dict[str, Any] = {**{column: _constant(value) for column, value in constants.items()}, **given.columns}
    columns: dict[str, Formula] = {}
    for column, text in told.items():
        if column not in contract.columns or column in _PROVENANCE:
            faults.append(Fault(name, f"{place}.columns.{column}", "mapping.no_column", {"table": table}))
            continue
        formula = _formula(name, model, f"{place}.columns.{column}", text, faults)
        if formula:
            columns[column] = formula
    faults += [
        Fault(name, f"{place}.columns", "mapping.needed", {"column": needed})
        for needed in needed_columns(contract)
        if needed not in told
    ]
    where = _formula(name, model, f"{place}.where", given.where, faults) if given.where else None
    refuse = [
        (reason, formula)
        for reason, text in given.refuse.items()
        if (formula := _formula(name, model, f"{place}.refuse.{reason}", text, faults))
    ]
    return MappedTable(table=table, columns=columns, where=where, refuse=tuple(refuse))


def needed_columns(contract: Contract) -> list[str]:
    """Return the columns that whoever fills `contract` must tell: never null, not provenance, not the sole key."""
    return [
        column.name
        for column in contract.columns.values()
        if column.not_null and column.name not in _PROVENANCE and contract.key != (column.name,)
    ]


def _constant(value: object) -> str:
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value).lower()


def _formula(name: str, model: _Mapping, place: str, text: object, faults: list[Fault]) -> Formula | None:
    readable = {*model.recognise.columns, *model.optional} - set(model.drop)
    formula, wrong = parse(text if isinstance(text, str) else _constant(text), known=readable.__contains__)
    for each in wrong:
        dropped = each.key == "mapping.no_source_column" and each.values.get("column") in model.drop
        faults.append(Fault(name, place, "mapping.dropped_read" if dropped else each.key, each.values))
    return formula
