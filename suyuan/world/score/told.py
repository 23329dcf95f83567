"""The scores as a program reads them: stable keys, and beside every null the reason for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from suyuan.domain.say import Lang, say
from suyuan.world.score.entities import EntityScores
from suyuan.world.score.members import Tally
from suyuan.world.score.number import wilson
from suyuan.world.score.score import LeadScores, Scores
from suyuan.world.score.typologies import TypologyScores

PLACES = 6


@dataclass
class _Document:
    """A document under construction; a number that is null is entered with its reason."""

    why: dict[str, str] = field(default_factory=dict)

    def number(self, path: str, value: float | None, why: str) -> float | None:
        if value is None:
            self.why[path] = why
            return None
        return round(value, PLACES)

    def reasons(self) -> dict[str, dict[str, str]]:
        return {path: {lang: say(self.why[path], lang=lang) for lang in get_args(Lang)} for path in sorted(self.why)}


def as_json(scores: Scores) -> dict[str, Any]:
    """Return the scores as a document of stable keys; `why` says of every number that is null why it is.

    Shares are rounded to 6 digits, amounts are fen, intervals `[low, high]`.
    """
    document = _Document()
    told = {
        "rings": _rings(document, scores),
        "leads": _leads(document, scores),
        "members": _members(document, scores),
        "hidden": {
            "planted": scores.rings.hidden,
            "found": scores.rings.hidden_found,
            "recall": document.number("hidden.recall", scores.rings.hidden_recall, "evaluate.why_no_hidden"),
            "interval": _interval(wilson(scores.rings.hidden_found, scores.rings.hidden)),
        },
        "lookalikes": _alike(document, scores),
        "controllers": _controllers(document, scores),
        "roles": _roles(document, scores),
        "entities": _entities(document, scores),
        "transfers": _transfers(document, scores),
        "money": _money(document, scores),
        "early": _early(document, scores),
        "typologies": _typologies(document, scores),
    }
    return {**told, "why": document.reasons()}


def _interval(ends: tuple[float, float] | None) -> list[float] | None:
    return None if ends is None else [round(end, PLACES) for end in ends]


def _rings(document: _Document, scores: Scores) -> dict[str, Any]:
    rings = scores.rings
    of_leads = "evaluate.why_none_raised"
    return {
        "planted": rings.planted,
        "found": rings.found,
        "recall": document.number("rings.recall", rings.recall, "evaluate.why_no_rings"),
        "interval": _interval(wilson(rings.found, rings.planted)),
        "seen": rings.seen,
        "core_held": document.number("rings.core_held", rings.core_held, "evaluate.why_no_rings"),
        "precision": document.number("rings.precision", rings.precision, of_leads),
        "jaccard": document.number("rings.jaccard", rings.jaccard, "evaluate.why_none_found"),
        "leads_per_found_ring": document.number(
            "rings.leads_per_found_ring", rings.leads_per_found_ring, "evaluate.why_none_found"
        ),
        "by_kind": {
            kind: {
                "planted": one.planted,
                "found": one.found,
                "recall": document.number(f"rings.by_kind.{kind}.recall", one.recall, "evaluate.why_no_rings"),
                "interval": _interval(one.interval),
            }
            for kind, one in rings.by_kind.items()
        },
    }


def _leads(document: _Document, scores: Scores) -> dict[str, Any]:
    told = {
        f"precision_at_{k}": document.number(f"leads.precision_at_{k}", value, "evaluate.why_none_raised")
        for k, value in scores.rings.precision_at.items()
    }
    return {"raised": scores.rings.raised, **told}


def _members(document: _Document, scores: Scores) -> dict[str, Any]:
    members = scores.members

    def tallies(path: str, found: Mapping[str, Tally], name: str) -> dict[str, Any]:
        return {
            role: {
                "members": one.members,
                name: document.number(f"members.{path}.{role}.{name}", one.share, "evaluate.why_no_rings"),
            }
            for role, one in found.items()
        }

    return {
        "precision": document.number("members.precision", members.precision, "evaluate.why_none_raised"),
        "recall": document.number("members.recall", members.recall, "evaluate.why_no_rings"),
        "f1": document.number("members.f1", members.f1, "evaluate.why_none_raised"),
        "recall_by_role": tallies("recall_by_role", members.by_true_role, "recall"),
        "precision_by_role": tallies("precision_by_role", members.by_lead_role, "precision"),
    }


def _alike(document: _Document, scores: Scores) -> dict[str, Any]:
    alike = scores.alike
    return {
        "cases": alike.cases,
        "flagged": alike.flagged,
        "flagged_share": document.number("lookalikes.flagged_share", alike.share, "evaluate.why_no_look_alikes"),
        "interval": _interval(wilson(alike.flagged, alike.cases)),
        "by_kind": {
            kind: {
                "cases": one.cases,
                "flagged": one.flagged,
                "share": document.number(f"lookalikes.by_kind.{kind}.share", one.share, "evaluate.why_no_look_alikes"),
                "interval": _interval(wilson(one.flagged, one.cases)),
            }
            for kind, one in alike.by_kind.items()
        },
    }


def _controllers(document: _Document, scores: Scores) -> dict[str, Any]:
    found = scores.controllers
    why = "evaluate.why_not_told_controllers" if found is None else "evaluate.why_none_found"
    return {
        "rings": None if found is None else found.rings,
        "hit_at_1": document.number("controllers.hit_at_1", None if found is None else found.hit_at_1, why),
        "hit_at_3": document.number("controllers.hit_at_3", None if found is None else found.hit_at_3, why),
    }


def _roles(document: _Document, scores: Scores) -> dict[str, Any]:
    found = scores.roles
    why = "evaluate.why_not_told_roles" if found is None else "evaluate.why_none_found"
    by_role = {} if found is None else {role: round(value, PLACES) for role, value in found.by_role.items()}
    return {
        "macro_f1": document.number("roles.macro_f1", None if found is None else found.macro_f1, why),
        "f1_by_role": by_role,
    }


_PAIRS = {
    "precision": "evaluate.why_no_pairs_found",
    "recall": "evaluate.why_no_pairs_true",
    "f1": "evaluate.why_no_pairs_true",
    "cluster_f1": "evaluate.why_no_records",
    "purity": "evaluate.why_no_pairs_found",
}


def entities_json(scores: Mapping[str, EntityScores]) -> dict[str, Any]:
    """Return the part of the document about `scores` alone, kind by kind, with `why`."""
    document = _Document()
    told = {kind: _kind(document, kind, one) for kind, one in scores.items()}
    return {"entities": told, "why": document.reasons()}


def _entities(document: _Document, scores: Scores) -> dict[str, Any]:
    kinds = ("person", "company", "account")
    told = {kind: _kind(document, kind, None if scores.entities is None else scores.entities[kind]) for kind in kinds}
    return {**told, "tied": scores.tied}


def _kind(document: _Document, kind: str, one: EntityScores | None) -> dict[str, Any]:
    if one is not None and one.two_ids is None:
        document.why[f"entities.{kind}.two_ids"] = (
            "evaluate.why_many_numbers" if kind == "account" else "evaluate.why_no_numbers"
        )
    return {
        **{name: None if one is None else getattr(one, name) for name in ("records", "known", "clusters")},
        **{
            name: document.number(
                f"entities.{kind}.{name}",
                None if one is None else getattr(one, name),
                why if one else "evaluate.why_not_told_entities",
            )
            for name, why in _PAIRS.items()
        },
        "two_ids": None if one is None else one.two_ids,
    }


def _transfers(document: _Document, scores: Scores) -> dict[str, Any]:
    one = scores.transfers
    found = "evaluate.why_not_told_transfers" if one is None else "evaluate.why_no_lines_joined"
    true = "evaluate.why_not_told_transfers" if one is None else "evaluate.why_no_lines_shared"
    return {
        **{name: None if one is None else getattr(one, name) for name in ("lines", "known", "pairs")},
        "precision": document.number("transfers.precision", None if one is None else one.precision, found),
        "recall": document.number("transfers.recall", None if one is None else one.recall, true),
        "f1": document.number("transfers.f1", None if one is None else one.f1, true),
    }


def _money(document: _Document, scores: Scores) -> dict[str, Any]:
    money = scores.money
    why = "evaluate.why_not_told_amounts" if money.true_fen else "evaluate.why_no_money"
    return {
        "true_fen": money.true_fen,
        "found_fen": money.found_fen,
        "amount_found_share": document.number("money.amount_found_share", money.amount_found_share, why),
        "over_share": document.number("money.over_share", money.over_share, why),
        "rest_found_share": document.number("money.rest_found_share", None, "evaluate.why_not_told_rest"),
    }


def _early(document: _Document, scores: Scores) -> dict[str, Any]:
    early = scores.early
    none = "evaluate.why_no_replay"
    unseen = none if early is None else "evaluate.why_none_seen"
    lossless = none if early is None else "evaluate.why_no_loss"
    days = None if early is None else early.median_days
    if days is None:
        document.why["early.median_days"] = unseen
    return {
        "looks": None if early is None else early.looks,
        "step_days": None if early is None else early.step_days,
        "rings": None if early is None else early.rings,
        "seen": None if early is None else early.seen,
        "median_days": None if days is None else list(days),
        "median_loss_share": document.number(
            "early.median_loss_share", None if early is None else early.median_loss_share, lossless
        ),
        "seen_before_30pct": document.number(
            "early.seen_before_30pct", None if early is None else early.seen_before_30pct, lossless
        ),
        "by_ring": [] if early is None else [_plain(vars(one)) for one in early.by_ring],
    }


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: round(value, PLACES) if isinstance(value, float) else value for name, value in row.items()}


def _typologies(document: _Document, scores: Scores) -> dict[str, Any]:
    if scores.typologies is None:
        document.why["typologies"] = "evaluate.why_not_told_signals"
        return {}
    return {name: _typology(document, name, one, scores) for name, one in scores.typologies.items()}


def _typology(document: _Document, name: str, one: TypologyScores, scores: Scores) -> dict[str, Any]:
    of_truth = "evaluate.why_not_run" if not one.ran else "evaluate.why_not_shown"
    of_fired = of_truth if not one.ran or not one.shown else "evaluate.why_not_fired"
    path = f"typologies.{name}"
    return {
        "fired": one.fired,
        "shown": one.shown,
        "precision": document.number(f"{path}.precision", one.precision, of_fired),
        "recall": document.number(f"{path}.recall", one.recall, of_truth),
        "ap": document.number(f"{path}.ap", one.ap, of_truth),
        "involved": document.number(
            f"{path}.involved", one.involved, "evaluate.why_not_fired" if one.ran else "evaluate.why_not_run"
        ),
        "without": _without(document, f"{path}.without", scores.without, name),
    }


def _without(
    document: _Document, path: str, without: Mapping[str, LeadScores] | None, name: str
) -> dict[str, float | None] | None:
    if without is None or name not in without:
        document.why[path] = "evaluate.why_no_ablation" if without is None else "evaluate.why_not_fired"
        return None
    one = without[name]
    rings, number = one.rings, document.number
    return {
        "rings_recall": number(f"{path}.rings_recall", rings.recall, "evaluate.why_no_rings"),
        "rings_precision": number(f"{path}.rings_precision", rings.precision, "evaluate.why_none_raised"),
        "precision_at_50": number(f"{path}.precision_at_50", rings.precision_at[50], "evaluate.why_none_raised"),
        "flagged_share": number(f"{path}.flagged_share", one.alike.share, "evaluate.why_no_look_alikes"),
    }


def nulls(told: Mapping[str, Any], *, leave: Sequence[str] = ("why", "by_ring", "interval")) -> list[str]:
    """Return the dotted path of every null in a document of scores; counts that were not told aside."""
    found: list[str] = []
    for key, value in told.items():
        if key in leave:
            continue
        if isinstance(value, Mapping):
            found += [f"{key}.{inner}" for inner in nulls(value, leave=leave)]
        elif value is None:
            found.append(str(key))
    return found
