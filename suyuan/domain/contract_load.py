"""Reads contract files and collects every fault before refusing."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from suyuan.domain.contract_check import check_between, check_one
from suyuan.domain.contract_shape import (
    Chain,
    Column,
    Contract,
    Grade,
    Label,
    Mask,
    Null,
    Type,
    Unit,
    frozen_columns,
    provenance,
)
from suyuan.domain.errors import DataError
from suyuan.domain.fault import Fault, Faults
from suyuan.domain.yamlfile import read_yaml

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[str, Field(min_length=1)]


class _Border(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Words(_Border):
    en: Words
    zh: Words


class _Column(_Border):
    type: Type
    null: Null
    en: Words
    zh: Words
    grade: Grade
    unit: Unit | None = None
    ftm: Annotated[str, Field(pattern=r"^[a-z][A-Za-z]*$")] | None = None
    refs: list[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]] = []
    later: bool = False
    values: list[Words] = []
    mask: Mask = "none"

    @model_validator(mode="before")
    @classmethod
    def _null_is_a_word(cls, given: object) -> object:
        """Read the bare key `null`, which YAML takes for nothing, as the word it is here."""
        if isinstance(given, dict) and None in given:
            return {"null" if key is None else key: value for key, value in given.items()}
        return given


class _Contract(_Border):
    table: Name
    version: Annotated[int, Field(ge=1)]
    chain: Chain
    title: _Words
    grain: _Words
    key: Annotated[list[str], Field(min_length=1)]
    event_time: str | None = None
    known_time: str | None = None
    ftm: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z]*$")] | None = None
    columns: Annotated[dict[Name, _Column], Field(min_length=1)]


def load_contracts(*folders: Path) -> Mapping[str, Contract]:
    """Return the contracts of `folders` (searched at any depth for `*.yml`) by table name, in the order of the names.

    Raises:
        DataError: Any file cannot be read or contradicts itself or another; every fault is listed with file and place.
    """
    faults: list[Fault] = []
    found: dict[str, tuple[str, Contract]] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.yml")):
            name = path.relative_to(folder.parent).as_posix()
            contract = _read(path, name, faults)
            if contract is None:
                continue
            if contract.table in found:
                faults.append(Fault(name, "table", "contract.table_twice", {"other": found[contract.table][0]}))
                continue
            found[contract.table] = (name, contract)
    faults += check_between(dict(found.values()))
    if faults:
        raise DataError("contract.refused", count=len(faults), faults=Faults(faults))
    return MappingProxyType({table: found[table][1] for table in sorted(found)})


def _read(path: Path, name: str, faults: list[Fault]) -> Contract | None:
    """Return the contract in `path`, or None after noting why there is none."""
    try:
        model = _Contract.model_validate(read_yaml(path))
    except ValidationError as wrong:
        faults += [_fault(name, dict(error)) for error in wrong.errors(include_url=False)]
        return None
    except (ValueError, OSError) as wrong:
        faults.append(Fault(name, "", "contract.unreadable", {"told": str(wrong)}))
        return None
    contract = _build(model)
    faults += check_one(name, contract)
    for column in model.columns:
        if not contract.is_output and column in {own.name for own in provenance()}:
            faults.append(Fault(name, f"columns.{column}", "contract.provenance_implied", {}))
    if (path.parent.name, path.stem) != (contract.chain, contract.table):
        faults.append(Fault(name, "", "contract.misplaced", {"wanted": f"{contract.chain}/{contract.table}.yml"}))
    return contract


def _fault(name: str, error: dict[str, Any]) -> Fault:
    """Return pydantic's `error` in the words of the catalogue."""
    place = ".".join(str(part) for part in error["loc"] if part != "[key]")
    given = error.get("input")
    match error["type"]:
        case "missing":
            return Fault(name, place, "contract.missing", {})
        case "extra_forbidden":
            return Fault(name, place, "contract.extra", {})
        case "literal_error":
            return Fault(name, place, "contract.not_one_of", {"given": given, "allowed": error["ctx"]["expected"]})
        case _:
            return Fault(name, place, "contract.shape", {"given": given, "told": error["msg"]})


def _build(model: _Contract) -> Contract:
    """Return `model` as the plain frozen classes used inside."""
    columns = [] if model.chain == "output" else list(provenance())
    columns += [_column(name, column) for name, column in model.columns.items()]
    return Contract(
        table=model.table,
        version=model.version,
        chain=model.chain,
        title=Label(en=model.title.en, zh=model.title.zh),
        grain=Label(en=model.grain.en, zh=model.grain.zh),
        key=tuple(model.key),
        event_time=model.event_time,
        known_time=model.known_time,
        ftm=model.ftm,
        columns=frozen_columns(columns),
    )


def _column(name: str, column: _Column) -> Column:
    return Column(
        name=name,
        type=column.type,
        null=column.null,
        label=Label(en=column.en, zh=column.zh),
        grade=column.grade,
        mask=column.mask,
        unit=column.unit,
        refs=tuple(column.refs),
        later=column.later,
        values=tuple(column.values),
        ftm=column.ftm,
    )
