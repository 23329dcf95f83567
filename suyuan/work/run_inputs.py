"""What a run depends on, as one digest: the lake, the versions, the parameters, the day."""

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from suyuan import __version__
from suyuan.domain.content import content_dir
from suyuan.domain.contract import Contract
from suyuan.domain.errors import DataError
from suyuan.domain.workspace import Workspace
from suyuan.lead.score import RAISE_AT
from suyuan.typology.model import Group

PACKAGE = Path(__file__).parent.parent


def raise_at(workspace: Workspace) -> float:
    """Return `[lead] raise_at` of `suyuan.toml`, or the shipped default.

    Raises:
        DataError: The file is no TOML, or the value is no number from 0 to 1.
    """
    if not workspace.config.is_file():
        return RAISE_AT
    try:
        told = tomllib.loads(workspace.config.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise DataError("run.bad_config", file=workspace.config.name, told=str(fault)) from fault
    section = told.get("lead", {})
    value = section.get("raise_at", RAISE_AT) if isinstance(section, dict) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise DataError("run.bad_raise_at", file=workspace.config.name, value=value)
    return float(value)


def typology_folders(workspace: Workspace) -> list[Path]:
    """Return where the model group lies: what is shipped, and what the workspace adds."""
    folders = [content_dir("typologies"), workspace.root / "typologies"]
    return [folder for folder in folders if folder.is_dir()]


def lake_lines(lake: Mapping[str, Sequence[Path]]) -> list[str]:
    """Return one line a file of the lake, in order: table, name (digest of its source file), rows, schema's digest.

    What a file holds follows from the bytes of its source and from what read it; `loaded_at`, which does not, plays no
    part, so two workspaces that read the same files have the same lines.

    Raises:
        DataError: A file cannot be read.
    """
    lines: list[str] = []
    for table in sorted(lake):
        for path in sorted(lake[table]):
            try:
                told = pq.read_metadata(path)
            except (OSError, pa.ArrowInvalid) as fault:
                raise DataError("run.broken_lake", file=f"{table}/{path.name}", told=str(fault)) from fault
            lines.append(f"{table}/{path.name} {told.num_rows} {','.join(sorted(told.schema.names))}")
    return lines


def versions() -> dict[str, str]:
    """Return the versions that decide what a run finds; `code` is a digest of the package's own files."""
    return {
        "suyuan": __version__,
        "code": _code(),
        "duckdb": duckdb.__version__,
        "pyarrow": pa.__version__,
    }


def weighing() -> str:
    """Return a digest of what decides the weight of a pair: what was weighed by another is weighed anew."""
    return _code("resolve")


@cache
def _code(room: str = "") -> str:
    told = hashlib.sha256()
    for path in sorted((PACKAGE / room).rglob("*")):
        if path.suffix in {".py", ".yml", ".csv", ".html", ".css", ".json"} and path.is_file():
            told.update(path.relative_to(PACKAGE).as_posix().encode())
            told.update(path.read_bytes())
    return told.hexdigest()[:16]


def fingerprints(group: Group) -> dict[str, str]:
    """Return typology → `version:digest` over its SQL, defaults, severity and words."""
    found: dict[str, str] = {}
    for name, typology in group.typologies.items():
        params = {key: str(param.default) for key, param in typology.params.items()}
        parts = [typology.sql, str(sorted(params.items())), typology.severity, typology.status, str(typology.title)]
        parts += [str(sorted(typology.labels.items(), key=lambda item: item[0])), str(typology.looks_like)]
        found[name] = f"{typology.version}:{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:16]}"
    return found


def inputs_digest(
    *,
    lake: Sequence[str],
    contracts: Mapping[str, Contract],
    typologies: Mapping[str, str],
    parameters: Mapping[str, str | float],
    as_of: date | None,
) -> str:
    """Return 64 hex over everything a run depends on, the previous run left aside."""
    told = {
        "lake": list(lake),
        "contracts": {table: contract.version for table, contract in contracts.items()},
        "typologies": dict(typologies),
        "versions": versions(),
        "parameters": dict(parameters),
        "as_of": as_of.isoformat() if as_of else None,
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def run_id_of(inputs: str, *, previous: str | None) -> str:
    """Return the id of a run: 12 hex over its inputs and the run before it."""
    return hashlib.sha256(f"{inputs}\n{previous or ''}".encode()).hexdigest()[:12]
