"""The scores of a run as one HTML file: the numbers with their reasons, rings and look-alikes by kind, how early."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from suyuan.domain.say import Lang, say
from suyuan.report.shell import dress, environment
from suyuan.report.words import both

MOST_RINGS = 60
"""Rings that the picture of early sight shows; the table tells of all."""
EARLY = 0.3

NUMBERS: Mapping[str, str] = {
    "rings.recall": "evaluate.n_rings_recall",
    "rings.core_held": "evaluate.n_core_held",
    "rings.precision": "evaluate.n_rings_precision",
    "rings.jaccard": "evaluate.n_jaccard",
    "rings.leads_per_found_ring": "evaluate.n_leads_per_ring",
    "leads.precision_at_10": "evaluate.n_at_10",
    "leads.precision_at_50": "evaluate.n_at_50",
    "hidden.recall": "evaluate.n_hidden",
    "lookalikes.flagged_share": "evaluate.n_alike",
    "members.precision": "evaluate.n_members_precision",
    "members.recall": "evaluate.n_members_recall",
    "controllers.hit_at_1": "evaluate.n_hit_at_1",
    "controllers.hit_at_3": "evaluate.n_hit_at_3",
    "roles.macro_f1": "evaluate.n_roles",
    "money.amount_found_share": "evaluate.n_money",
    "early.median_loss_share": "evaluate.n_loss_share",
    "early.seen_before_30pct": "evaluate.n_before_30",
    "entities.person.f1": "evaluate.n_people",
    "entities.company.f1": "evaluate.n_firms",
    "entities.account.f1": "evaluate.n_accounts",
    "entities.person.purity": "evaluate.n_people_pure",
    "entities.company.purity": "evaluate.n_firms_pure",
    "transfers.f1": "evaluate.n_transfers",
}
"""Numbers that are shown first, by their path in the document, with the words for each."""


def at(told: Mapping[str, Any], path: str) -> Any:
    """Return what stands at the dotted `path`; null where nothing does."""
    found: Any = told
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def score_page(told: Mapping[str, Any], *, lang: Lang, names: Mapping[str, Mapping[str, str]]) -> str:
    """Return the page.

    Args:
        told: The JSON of `suyuan evaluate`.
        lang: What is shown first.
        names: Kind of ring, role or look-alike → its name in both languages; others are shown as they are.
    """
    rings = told["early"]["by_ring"]
    page = environment().get_template("score.html")
    return page.render(
        told=told,
        numbers=[(key, at(told, path), told["why"].get(path)) for path, key in NUMBERS.items()],
        shown=shown,
        called=lambda key: both(names.get(key, {"zh": key, "en": key})),
        picture=early_picture(rings[:MOST_RINGS]) if rings else None,
        left_out=max(0, len(rings) - MOST_RINGS),
        **dress(lang=lang),
        plain_title=say("evaluate.title", lang=lang),
    )


def shown(value: float | None) -> str:
    """Return a share with three places; a dash for null."""
    return "–" if value is None else f"{value:.3f}"


def early_picture(rings: Sequence[Mapping[str, Any]]) -> Markup:
    """Return a bar for every ring: the part of its loss that had happened when it was first seen.

    Args:
        rings: At least one; those seen early are green, the others amber, those without a loss have no bar.
    """
    left, wide, step = 120, 220, 16
    high = step * len(rings) + 24
    line = left + EARLY * wide
    rows = Markup("").join(_bar(ring, y=20 + step * place, left=left, wide=wide) for place, ring in enumerate(rings))
    return Markup(
        '<svg class="flow" viewBox="0 0 424 {high}" role="img"><text x="{line}" y="12" text-anchor="middle">30 %</text>'
        '{rows}<line class="grid" x1="{line}" y1="16" x2="{line}" y2="{high}"/></svg>'
    ).format(high=high, line=f"{line:.1f}", rows=rows)


def _bar(ring: Mapping[str, Any], *, y: int, left: int, wide: int) -> Markup:
    share = ring["loss_share"]
    css = "in" if share is not None and share < EARLY else "out"
    drawn = Markup("")
    if share is not None:
        drawn = Markup('<rect class="{css}" x="{x}" y="{y}" width="{w:.1f}" height="10" rx="1.5"/>').format(
            css=css, x=left, y=y, w=max(1.0, wide * min(1.0, max(0.0, share)))
        )
    words = _days(ring)
    return Markup(
        '<text x="0" y="{base}">{name}</text>{drawn}<text x="424" y="{base}" text-anchor="end">{words}</text>'
    ).format(base=y + 9, name=ring["ring_id"], drawn=drawn, words=words)


def _days(ring: Mapping[str, Any]) -> str:
    if not ring["seen"]:
        return "–"
    return "" if ring["by_days"] is None else f"{ring['after_days']} … {ring['by_days']} d"
