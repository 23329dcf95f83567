"""Reads the model group from its folders and collects every fault of every file before refusing."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from suyuan.domain.contract import Contract, Label, contracts
from suyuan.domain.errors import DataError
from suyuan.domain.fault import Fault, Faults
from suyuan.domain.yamlfile import read_yaml
from suyuan.engine.twin import Twin
from suyuan.typology.check import bind, check_cases, check_reads, check_sql
from suyuan.typology.model import HEAD, Case, Fact, Group, Typology
from suyuan.typology.shape import CaseFile, CasesFile, TypologyFile, label


def load_group(*folders: Path, known: Mapping[str, Contract] | None = None, portable: bool = True) -> Group:
    """Return the typologies of `folders` (`<family>/<name>.yml` with its `.sql` and `.cases.yml`).

    Args:
        folders: A later folder may not repeat an id of an earlier one.
        known: Contracts to check against; None takes the shipped ones.
        portable: Also translate each for Spark, which takes most of the time; a run on DuckDB does without.

    Raises:
        DataError: Any file cannot be read, or contradicts itself, its siblings, the contracts or the house dialect;
            every fault is listed with its file and place.
    """
    tables = contracts() if known is None else known
    faults: list[Fault] = []
    found: dict[str, Typology] = {}
    twin = Twin()
    for folder in folders:
        for stem in sorted({path.parent / path.name.split(".")[0] for path in folder.glob("*/*.*")}):
            typology = _read(stem, faults)
            if typology is None:
                continue
            if typology.id in found:
                faults.append(Fault(_name(stem, ".yml"), "id", "typology.id_twice", {"id": typology.id}))
                continue
            found[typology.id] = _checked(typology, stem, tables, twin, faults, portable=portable)
    twin.close()
    if faults:
        raise DataError("typology.refused", count=len(faults), faults=Faults(faults))
    return Group(typologies=MappingProxyType({key: found[key] for key in sorted(found)}), folders=folders)


def _name(stem: Path, ending: str) -> str:
    return f"{stem.parent.parent.name}/{stem.parent.name}/{stem.name}{ending}"


def _read(stem: Path, faults: list[Fault]) -> Typology | None:
    """Return what the three siblings say, or None after noting why they say nothing."""
    before = len(faults)
    told = _model(stem, ".yml", TypologyFile, faults)
    cases = _model(stem, ".cases.yml", CasesFile, faults)
    sql = ""
    try:
        sql = stem.with_name(f"{stem.name}.sql").read_text(encoding="utf-8")
    except (OSError, ValueError) as fault:
        faults.append(Fault(_name(stem, ".sql"), "", "typology.unreadable", {"told": str(fault)}))
    if isinstance(told, TypologyFile) and told.id != f"{stem.parent.name}.{stem.name}":
        wanted = f"{stem.parent.name}.{stem.name}"
        faults.append(Fault(_name(stem, ".yml"), "id", "typology.id_place", {"id": told.id, "wanted": wanted}))
    if len(faults) > before or not isinstance(told, TypologyFile) or not isinstance(cases, CasesFile):
        return None
    return _built(told, cases, sql)


def _model(
    stem: Path, ending: str, model: type[TypologyFile] | type[CasesFile], faults: list[Fault]
) -> TypologyFile | CasesFile | None:
    name = _name(stem, ending)
    try:
        given = read_yaml(stem.with_name(f"{stem.name}{ending}"))
        return model.model_validate({"cases": given} if model is CasesFile else given)
    except ValidationError as wrong:
        faults += [_fault(name, dict(error)) for error in wrong.errors(include_url=False)]
    except (ValueError, OSError) as wrong:
        faults.append(Fault(name, "", "typology.unreadable", {"told": str(wrong)}))
    return None


def _fault(name: str, error: dict[str, Any]) -> Fault:
    """Return pydantic's `error` in the words of the catalogue."""
    place = ".".join(str(part) for part in error["loc"] if part != "[key]")
    match error["type"]:
        case "missing":
            return Fault(name, place, "typology.missing", {})
        case "extra_forbidden":
            return Fault(name, place, "typology.extra", {})
        case _:
            return Fault(name, place, "typology.shape", {"given": error.get("input"), "told": error["msg"]})


def _built(told: TypologyFile, cases: CasesFile, sql: str) -> Typology:
    """Return the files' models as the plain frozen classes used inside."""
    return Typology(
        id=told.id,
        version=told.version,
        status=told.status,
        title=label(told.title),
        stage=tuple(told.stage),
        finds=label(told.finds),
        severity=told.severity,
        grain=label(told.grain),
        subject=told.subject,
        reads=MappingProxyType({table: tuple(columns) for table, columns in told.reads.items()}),
        optional=frozenset(told.optional),
        params=MappingProxyType({name: param.param(name) for name, param in told.params.items()}),
        facts=MappingProxyType({}),
        labels=MappingProxyType(
            {
                name: Fact(name=name, unit=fact.unit, label=Label(en=fact.en, zh=fact.zh))
                for name, fact in told.facts.items()
            }
        ),
        looks_like=tuple(label(words) for words in told.looks_like),
        blind_to=tuple(label(words) for words in told.blind_to),
        sources=tuple(told.sources),
        sql=sql,
        cases=tuple(_case(case) for case in cases.cases),
    )


def _case(told: CaseFile) -> Case:
    return Case(
        title=told.case,
        given=MappingProxyType({table: tuple(rows) for table, rows in told.given.items()}),
        expect=tuple(told.expect),
        covers=tuple(told.covers),
        like=told.like,
        params=MappingProxyType(dict(told.params)),
    )


def _checked(
    typology: Typology,
    stem: Path,
    tables: Mapping[str, Contract],
    twin: Twin,
    faults: list[Fault],
    *,
    portable: bool,
) -> Typology:
    """Note the faults of `typology` and return it with its facts."""
    before = len(faults)
    yml, sql, cases = (_name(stem, ending) for ending in (".yml", ".sql", ".cases.yml"))
    faults += [Fault(yml, place, key, values) for place, key, values in check_reads(typology, tables)]
    if len(faults) > before:
        return typology
    faults += [Fault(sql, place, key, values) for place, key, values in check_sql(typology, tables)]
    if len(faults) == before:
        columns, wrong = bind(typology, tables, twin, portable=portable)
        faults += [Fault(sql, place, key, values) for place, key, values in wrong]
        facts = {name: told for name, told in columns.items() if name not in HEAD}
        typology = replace(typology, facts=MappingProxyType(facts))
        for name in sorted(typology.labels.keys() - facts.keys() if not wrong else ()):
            faults.append(
                Fault(yml, f"facts.{name}", "typology.no_such_fact", {"fact": name, "known": ", ".join(facts)})
            )
        if not wrong:
            faults += [Fault(cases, place, key, values) for place, key, values in check_cases(typology, tables)]
    return typology
