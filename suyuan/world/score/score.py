"""Every number about one run against the truth of its world, in one pass over an engine that knows both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suyuan.engine.protocol import Engine
from suyuan.world.score.early import EarlyScores, Look, early_scores, harms
from suyuan.world.score.entities import EntityScores, entity_scores
from suyuan.world.score.found import found_steps
from suyuan.world.score.look_alikes import AlikeScores, alike_scores
from suyuan.world.score.members import (
    ControllerScores,
    MemberScores,
    RoleScores,
    controller_scores,
    member_scores,
    role_scores,
    told_controllers,
    told_roles,
    true_controllers,
    true_roles,
)
from suyuan.world.score.money import MoneyScores, money_scores
from suyuan.world.score.rings import Overlap, RingScores, overlaps, planted, ring_scores
from suyuan.world.score.transfers import TransferScores, transfer_scores
from suyuan.world.score.truth import truth_steps
from suyuan.world.score.typologies import TypologyScores, typology_scores


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the tool says at all: a number about what it does not say is null, never 0.

    `typologies`: those that ran; null when the tool tells of no signals.
    """

    entities: bool
    typologies: frozenset[str] | None
    roles: bool
    controllers: bool


@dataclass(frozen=True, kw_only=True)
class LeadScores:
    """The part of the scores that leads alone decide: what an ablation compares."""

    rings: RingScores
    alike: AlikeScores


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Every number. A part that the tool does not speak of is null; `tied`: entities whose records tie."""

    told: Told
    rings: RingScores
    alike: AlikeScores
    members: MemberScores
    money: MoneyScores
    tied: int | None
    entities: Mapping[str, EntityScores] | None
    transfers: TransferScores | None
    roles: RoleScores | None
    controllers: ControllerScores | None
    typologies: Mapping[str, TypologyScores] | None
    early: EarlyScores | None
    without: Mapping[str, LeadScores] | None


def score(
    engine: Engine,
    *,
    told: Told,
    looks: Sequence[Look] | None = None,
    without: Mapping[str, LeadScores] | None = None,
) -> Scores:
    """Return every number.

    Args:
        engine: Knows the truth as `truth_<file>` and what was found as `found_lead`, `found_member`, and, as far as
            `told` says so, `found_entity` and `found_signal` (see `found_steps`, `typology_scores`); where the tool
            tells of transfers, `found_witness`.
        told: What the tool says at all.
        looks: What a replay saw; None: there was none.
        without: Typology → scores of the leads that the other typologies make.

    Deterministic. Cost: linear in records and members.
    """
    alone = lead_scores(engine, entities=told.entities)
    best, amounts = alone.rings.best, _amounts(engine)
    return Scores(
        told=told,
        rings=alone.rings,
        alike=alone.alike,
        members=member_scores(engine),
        money=money_scores(best=best, true=_true_amounts(engine), told=amounts),
        tied=sum(engine.read("score_named")["tied"].to_pylist()) if told.entities else None,
        entities=entity_scores(engine) if told.entities else None,
        transfers=transfer_scores(engine) if engine.has("found_witness") and engine.has("truth_transfers") else None,
        roles=role_scores(best=best, true=true_roles(engine), told=told_roles(engine)) if told.roles else None,
        controllers=controller_scores(best=best, true=true_controllers(engine), told=told_controllers(engine))
        if told.controllers
        else None,
        typologies=None if told.typologies is None else typology_scores(engine, ran=told.typologies),
        early=None if looks is None else early_scores(rings=harms(engine), looks=looks),
        without=without,
    )


def lead_scores(engine: Engine, *, entities: bool) -> LeadScores:
    """Return what the leads alone decide. The arguments are those of `score`."""
    found = bring(engine, entities=entities)
    rings = ring_scores(rings=planted(engine), raised=raised(engine), overlaps=found)
    return LeadScores(rings=rings, alike=alike_scores(engine))


def bring(engine: Engine, *, entities: bool) -> list[Overlap]:
    """Bring what was found to the ids of the truth, and return how raised leads and rings overlap.

    The truth is readied once, however often something else is found.
    """
    if not engine.has("score_record"):
        engine.run(truth_steps())
    engine.run(found_steps(entities=entities))
    return overlaps(engine)


def raised(engine: Engine) -> list[str]:
    """Return the raised leads, best first; those of one place in the order of their ids."""
    rows = engine.read("found_lead", columns=["lead_id", "place", "raised"]).to_pylist()
    chosen = [(row["place"], row["lead_id"]) for row in rows if row["raised"]]
    return [lead_id for _, lead_id in sorted(chosen)]


def _amounts(engine: Engine) -> dict[str, int | None]:
    rows = engine.read("found_lead", columns=["lead_id", "raised", "amount_fen"]).to_pylist()
    return {row["lead_id"]: row["amount_fen"] for row in rows if row["raised"]}


def _true_amounts(engine: Engine) -> dict[str, int]:
    rows = engine.read("truth_rings", columns=["ring_id", "amount_fen"]).to_pylist()
    return {row["ring_id"]: row["amount_fen"] or 0 for row in rows}
