"""What a run found, laid for the scorer; and its leads made anew without one typology after the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow.compute as pc

from suyuan.domain.contract import contracts
from suyuan.domain.errors import DataError
from suyuan.domain.say import say
from suyuan.domain.tell import Tell
from suyuan.domain.workspace import Workspace
from suyuan.engine.open import open_engine
from suyuan.engine.protocol import Engine
from suyuan.engine.step import Keep, Step
from suyuan.lead.lead import Before, lead_tables
from suyuan.sources import lake
from suyuan.typology.group import load_group
from suyuan.typology.model import Typology
from suyuan.work.run_inputs import typology_folders
from suyuan.work.run_store import RunInfo
from suyuan.work.views import entity_steps, lay_known
from suyuan.world.score.score import LeadScores, Told, lead_scores

_ENTITY = """
select kind, entity_id, table_name, member_row_id as row_id,
  case when starts_with(lake_id, source || ':') then source else split_part(lake_id, ':', 1) end as source,
  case when starts_with(lake_id, source || ':') then source_key
    else substr(lake_id, length(split_part(lake_id, ':', 1)) + 2) end as source_key
from run_entity_member
"""

_LEAD = """
select lead_id, rank as place, score, raised,
  case when coalesce(currency, 'CNY') = 'CNY' then amount_fen end as amount_fen
from {lead}
"""

_MEMBER = """
select lead_id, kind, member_id, role, signals, cast(null as bigint) as controller_rank from {member}
"""

_WITNESS = """
select transfer_id, table_name, witness_row_id as row_id from run_transfer_witness
"""

_SHARED = """
select count(*) as shared
from (select distinct source from found_entity) as f
join (select distinct source from truth_records) as t on t.source = f.source
"""

_SIGNAL = """
select typology_id, subject_kind, subject_id, score from run_signal
"""


def lay_found(engine: Engine, run: RunInfo) -> None:
    """Make what `run` found known as `found_…`, as `suyuan.world.score.found` wants it; its files may then go.

    Raises:
        DataError: A file of the run is gone or broken.
    """
    for table in ("entity_member", "lead", "lead_member", "signal"):
        engine.scan(f"run_{table}", [run.file(table)])
    found = {
        "found_entity": _ENTITY,
        "found_lead": _LEAD.format(lead="run_lead"),
        "found_member": _MEMBER.format(member="run_lead_member"),
        "found_signal": _SIGNAL,
    }
    engine.run([Step(name=name, sql=sql, keep=Keep.TABLE) for name, sql in found.items()])


def lay_witnesses(engine: Engine, run: RunInfo) -> None:
    """Make known as `found_witness` which lines `run` took for one transfer.

    Raises:
        DataError: A file of the run is gone or broken.
    """
    engine.scan("run_transfer_witness", [run.file("transfer_witness")])
    engine.run([Step(name="found_witness", sql=_WITNESS, keep=Keep.TABLE)])


def require_shared_sources(engine: Engine) -> None:
    """Refuse to score a run whose institutions are none of the truth's: every number would be a false zero.

    Raises:
        DataError: None is shared; the message says how a world is taken in.
    """
    engine.run([Step(name="found_shared", sql=_SHARED, keep=Keep.TABLE)])
    engine.run([Step(name="found_any", sql="select count(*) as found from found_entity", keep=Keep.TABLE)])
    shared, found = (engine.read(name).column(0)[0].as_py() for name in ("found_shared", "found_any"))
    if found and not shared:
        raise DataError("evaluate.other_sources")


def told_by(run: RunInfo) -> Told:
    """Return what `run` says at all: no roles in the words of the truth and no controllers yet."""
    ran = frozenset(one["id"] for one in run.told["typologies"]["ran"])
    return Told(entities=True, typologies=ran, roles=False, controllers=False)


@dataclass(frozen=True, kw_only=True)
class Ablation:
    """The leads of a run, made anew from fewer signals by the same room that made them."""

    run: RunInfo
    workspace: Workspace
    spill: Path

    @cached_property
    def typologies(self) -> Mapping[str, Typology]:
        """The model group, as the workspace has it now."""
        return load_group(*typology_folders(self.workspace)).typologies

    def scores(self, engine: Engine, *, tell: Tell) -> dict[str, LeadScores]:
        """Return typology → the scores of the leads that the other typologies make, for every typology that fired.

        Args:
            engine: Knows the truth; what was found is laid in it anew for each typology.
            tell: Told how many typologies are done.
        """
        fired = sorted(pc.unique(self.run.read("signal", columns=["typology_id"])["typology_id"]).to_pylist())
        if not fired:
            return {}
        lay_found(engine, self.run)
        maker = open_engine("duck", temp_dir=self.spill / "spill-leads")
        try:
            self.lay(maker)
            found: dict[str, LeadScores] = {}
            for done, typology in enumerate(fired):
                tell(say("evaluate.leaving_out"), done, len(fired))
                self.lead_without(maker, typology, into=engine)
                found[typology] = lead_scores(engine, entities=True)
            tell(say("evaluate.leaving_out"), len(fired), len(fired))
            return found
        finally:
            maker.close()

    def lead_without(self, maker: Engine, typology: str | None, *, into: Engine) -> None:
        """Make the leads of all signals but those of `typology`, and lay them in `into`."""
        signal = self.run.read("signal")
        kept = signal if typology is None else signal.filter(pc.not_equal(signal["typology_id"], typology))
        evidence = self.run.read("signal_evidence")
        maker.write("signal", kept)
        maker.write(
            "signal_evidence",
            evidence.filter(pc.is_in(evidence["signal_id"], value_set=kept["signal_id"].combine_chunks())),
        )
        lead_tables(
            maker,
            typologies=self.typologies,
            contracts=contracts(),
            raise_at=self.run.told["raise_at"],
            before=Before(number=self.run.number),
        )
        into.write("made_lead", maker.read("lead"))
        into.write("made_member", maker.read("lead_member"))
        into.run(
            [
                Step(name="found_lead", sql=_LEAD.format(lead="made_lead")),
                Step(name="found_member", sql=_MEMBER.format(member="made_member")),
            ]
        )

    def lay(self, maker: Engine) -> None:
        """Lay what the lead room reads: the lake with the entity ids of the run, and what the run made of it."""
        tables = contracts()
        laid = lay_known(maker, lake=lake.tables(self.workspace), contracts=tables, as_of=self.run.as_of)
        for table in ("entity", "entity_member", "entity_redirect"):
            maker.scan(table, [self.run.file(table)])
        maker.run(entity_steps(tables, laid=laid))
        maker.scan("transfer", [self.run.file("transfer")])
