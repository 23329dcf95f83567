"""`suyuan evaluate --entities`: which records a tool took for one, against the truth of the world they are of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv

from suyuan.domain.errors import DataError, UsageError
from suyuan.work.evaluate import truth_engine, world_told
from suyuan.work.evaluate_run import require_shared_sources
from suyuan.world.score.entities import KINDS, EntityScores, entity_scores
from suyuan.world.score.told import entities_json
from suyuan.world.score.truth import truth_steps

NEEDED = ("entity_id", "source", "source_key")


@dataclass(frozen=True, kw_only=True)
class EvaluatedEntities:
    """What was scored against which truth. `among`: the institutions whose records are counted; null: all."""

    truth: Path
    world: Mapping[str, Any]
    kind: str
    among: tuple[str, ...] | None
    scores: EntityScores

    def to_json(self) -> dict[str, Any]:
        """Return the scores of the one kind under `entities`, and what they are about."""
        about = {"truth": str(self.truth), "world": dict(self.world), "kind": self.kind}
        among = None if self.among is None else list(self.among)
        return {**about, "among": among, **entities_json({self.kind: self.scores})}


def evaluate_entities(
    *, entities: Path, truth: Path, kind: str = "person", among: Collection[str] | None = None
) -> EvaluatedEntities:
    """Score a CSV of `entity_id,source,source_key` (as `suyuan entities export` writes it) against the folder `truth`.

    Args:
        entities: A row for each record of `kind`: UTF-8, further columns do no harm.
        truth: What `suyuan world build` wrote beside the sources.
        kind: person, company or account.
        among: The institutions whose records are counted; None: all.

    Raises:
        UsageError: There is no such kind.
        DataError: The truth lacks a file or a column, the CSV cannot be read or lacks one, or it names no institution
            of the truth.
    """
    if kind not in KINDS:
        raise UsageError("evaluate.bad_kind", kind=kind)
    told = _read(entities)
    with TemporaryDirectory(prefix="suyuan-") as aside, truth_engine(truth, spill=Path(aside)) as engine:
        kinds = pa.DictionaryArray.from_arrays(pa.array([0] * told.num_rows, pa.int32()), [kind]).cast(pa.string())
        engine.write("found_entity", told.append_column("kind", kinds))
        require_shared_sources(engine)
        engine.run(truth_steps())
        scores = entity_scores(engine, among=among)[kind]
    chosen = None if among is None else tuple(sorted(among))
    return EvaluatedEntities(truth=truth, world=world_told(truth), kind=kind, among=chosen, scores=scores)


def _read(path: Path) -> pa.Table:
    """Return the columns of the CSV `path`, all as they stand."""
    kept = pa_csv.ConvertOptions(
        column_types=dict.fromkeys(NEEDED, pa.string()), strings_can_be_null=False, include_columns=list(NEEDED)
    )
    try:
        return pa_csv.read_csv(path, convert_options=kept)
    except pa.ArrowKeyError as fault:
        raise DataError("evaluate.entities_lack", file=path.name, columns=", ".join(NEEDED)) from fault
    except (OSError, pa.ArrowInvalid) as fault:
        raise DataError("evaluate.members_unread", file=path.name, why=str(fault)) from fault
