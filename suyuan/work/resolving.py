"""The stage that answers who is who, for `suyuan resolve` and as the first stage of a run."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from suyuan.domain.contract import Contract
from suyuan.domain.workspace import Workspace
from suyuan.engine.disk import flush, flush_folder, move, staging
from suyuan.engine.protocol import Engine
from suyuan.ledger.store import Ledger
from suyuan.resolve.judgement import Judgement, judgements
from suyuan.resolve.resolve import resolve
from suyuan.resolve.standing import Weighed
from suyuan.work.entity_store import TABLES, TOLD, ResolutionInfo, resolutions, write_weighed
from suyuan.work.kept import previous_of, that_stands, write_json, write_table
from suyuan.work.run_inputs import inputs_digest, run_id_of, weighing


@dataclass(frozen=True, kw_only=True)
class Resolving:
    """A resolution that is wanted, settled before anything is done.

    `known` is the one that stands already for the same inputs, None where there is none; `previous` the one whose ids
    live on.
    """

    home: Workspace
    inputs: str
    number: int
    as_of: date | None
    judged: tuple[Judgement, ...]
    known: ResolutionInfo | None
    previous: ResolutionInfo | None
    tables: Mapping[str, Contract]

    @property
    def resolution_id(self) -> str:
        """Its folder's name: 12 hex over its inputs and the one before it."""
        if self.known:
            return self.known.resolution_id
        return run_id_of(self.inputs, previous=self.previous.resolution_id if self.previous else None)


def planned(
    workspace: Workspace,
    *,
    home: Workspace,
    lake: Sequence[str],
    contracts: Mapping[str, Contract],
    as_of: date | None,
) -> Resolving:
    """Return the resolution of what `lake` holds.

    Args:
        workspace: Its ledger tells what people judged.
        home: Holds the resolutions.
        lake: Its files, as `lake_lines` gives them.
        contracts: By table.
        as_of: What was known or judged later plays no part; None: everything counts.

    Raises:
        DataError: The ledger or a resolution cannot be read.
    """
    judged = _judged(workspace, as_of=as_of)
    said = json.dumps([[one.kind, one.left, one.right, one.answer] for one in judged], ensure_ascii=False)
    inputs = inputs_digest(
        lake=lake,
        contracts=contracts,
        typologies={},
        parameters={"judged": hashlib.sha256(said.encode()).hexdigest()},
        as_of=as_of,
    )
    done = resolutions(home)
    return Resolving(
        home=home,
        inputs=inputs,
        number=done[-1].number + 1 if done else 1,
        as_of=as_of,
        judged=judged,
        known=that_stands(done, inputs=inputs, as_of=as_of),
        previous=previous_of(done, as_of=as_of),
        tables=contracts,
    )


def _judged(workspace: Workspace, *, as_of: date | None) -> tuple[Judgement, ...]:
    if not workspace.ledger.is_file():
        return ()
    with Ledger(workspace.ledger) as ledger:
        return judgements(ledger.events(), as_of=as_of)


def resolved(plan: Resolving, engine: Engine, *, present: Mapping[str, Mapping[str, str]]) -> ResolutionInfo:
    """Make `entity`, `entity_member`, `entity_redirect`, `entity_anchor` and `entity_pair` known to `engine`.

    Args:
        plan: What is wanted.
        engine: Knows the tables `present`, with lake ids.
        present: Table → column → house type.

    Returns:
        The resolution: what stood already, or the one that was made now and written to `entities/` in one rename.

    Raises:
        DataError: A stage refused, or a file of the one before cannot be read.
    """
    if plan.known:
        for table in TABLES:
            engine.write(table, plan.known.read(table))
        return plan.known
    standing = plan.previous.standing() if plan.previous else None
    weighed = resolve(engine, present, number=plan.number, standing=standing, judgements=plan.judged)
    return _written(plan, engine, weighed)


def _written(plan: Resolving, engine: Engine, weighed: Weighed) -> ResolutionInfo:
    with staging(plan.home) as aside:
        counts = {
            table: write_table(aside / f"{table}.parquet", engine.read(table), contract=plan.tables[table])
            for table in TABLES
        }
        write_weighed(aside, weighed)
        told = {**_told(plan, engine, counts, models=sorted(weighed.models)), "left_out": _left_out(weighed)}
        write_json(aside / TOLD, told)
        target = _published(aside, plan.home.entities / plan.resolution_id)
    return ResolutionInfo(
        resolution_id=plan.resolution_id,
        number=plan.number,
        as_of=plan.as_of,
        inputs=plan.inputs,
        folder=target,
        told=told,
    )


def _left_out(weighed: Weighed) -> list[dict[str, object]]:
    return [
        {"kind": kind, "block": block, "values": values, "profiles": profiles}
        for kind, blocks in sorted(weighed.left_out.items())
        for block, (values, profiles) in sorted(blocks.items())
    ]


def _published(aside: Path, target: Path) -> Path:
    for path in sorted(aside.iterdir()):
        flush(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    move(aside, target)
    flush_folder(target.parent)
    return target


def _told(plan: Resolving, engine: Engine, counts: Mapping[str, int], *, models: Sequence[str]) -> dict[str, object]:
    """Return `resolution.json`; no clock."""
    pairs = engine.read("entity_pair", columns=["kind", "decision", "why"]).group_by(["kind", "decision", "why"])
    kinds = (
        engine.read("entity", columns=["kind", "records"])
        .group_by("kind")
        .aggregate([("records", "count"), ("records", "sum")])
    )
    return {
        "resolution_id": plan.resolution_id,
        "number": plan.number,
        "previous": plan.previous.resolution_id if plan.previous else None,
        "as_of": plan.as_of.isoformat() if plan.as_of else None,
        "inputs": plan.inputs,
        "weighing": weighing(),
        "models": list(models),
        "judgements": len(plan.judged),
        "rows": dict(counts),
        "entities": {
            row["kind"]: {"entities": row["records_count"], "records": row["records_sum"]}
            for row in sorted(kinds.to_pylist(), key=lambda row: row["kind"])
        },
        "pairs": sorted(
            (
                {"kind": row["kind"], "decision": row["decision"], "why": row["why"], "pairs": row["count_all"]}
                for row in pairs.aggregate([([], "count_all")]).to_pylist()
            ),
            key=lambda row: (row["kind"], row["decision"], row["why"] or ""),
        ),
    }
