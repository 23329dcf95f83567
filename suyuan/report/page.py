"""Renders a run as one HTML file that needs nothing else: style and drawings inside, no script, no request.

Both languages stand in the file; the reader switches them, and light and dark, by the style alone. Everything is masked
before the first word is laid out, and every text is escaped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from jinja2 import Environment

from suyuan.access.mask import mask_json
from suyuan.domain.say import Lang, say
from suyuan.lead.story import Story
from suyuan.report import words
from suyuan.report.chart import ring
from suyuan.report.lead_view import LeadView, graph, moments, money_flow, stack, strip, tone
from suyuan.report.overview import Overview
from suyuan.report.shell import Theme, dress, environment


def render(overview: Overview, stories: Sequence[Story], *, lang: Lang, theme: Theme = "auto") -> str:
    """Return the page.

    Args:
        overview: The run as a whole.
        stories: The leads that get a section of their own, best first.
        lang: What is shown first; the other language is in the file as well.
        theme: What is shown first; "auto" follows the reader's system.

    Deterministic. Cost: about 10 ms a story.
    """
    run = mask_json(asdict(overview))
    told = [LeadView(mask_json(_plain(story))) for story in stories]
    page = _environment().get_template("report.html")
    return page.render(
        run=run,
        ran=[one for one in run["typologies"] if not one["why_skipped"]],
        stories=[view.told for view in told],
        views={view.told["lead_id"]: view for view in told},
        told={story.lead_id for story in stories},
        **dress(lang=lang, theme=theme),
        plain_title=say("report.title", lang=lang, run_id=run["run_id"], leads=run["leads_total"]),
        **_drawn({view.told["lead_id"]: view for view in told}),
    )


def _plain(story: Story) -> dict[str, Any]:
    told = asdict(story)
    told["edges"] = [edge for edge in told["edges"] if edge["src_id"] != "*"]
    return told


def _environment() -> Environment:
    made = environment()
    made.globals.update(
        points=words.points,
        money=words.money,
        big=words.big,
        day=words.day,
        moment=words.moment,
        provinces=words.provinces,
        severity=lambda value: words.named(words.SEVERITIES, value),
        basis=lambda value: words.named(words.BASES, value),
        role_name=lambda value: words.named(words.ROLES, value),
        role_tone=lambda role: _ROLE_TONES.get(role, ""),
        next_step=lambda lead: words.t(words.NEXT[lead["severity"]]),
        ring=ring,
        tone=tone,
        stack=stack,
        tail=words.tail,
    )
    return made


_ROLE_TONES = {
    "lender": "red",
    "payment": "amb",
    "collection": "amb",
    "beneficiary": "red",
    "funder": "amb",
    "conduit": "amb",
    "victim": "grn",
    "unknown": "",
}


def _drawn(views: Mapping[str, LeadView]) -> dict[str, Any]:
    """Return the functions of the template that need a lead's own names."""

    def of(lead: Mapping[str, Any]) -> LeadView:
        return views[lead["lead_id"]]

    return {
        "who": lambda member_id, lead: of(lead).who(member_id),
        "parties": lambda row, lead: of(lead).parties(row),
        "detail": lambda row, lead: of(lead).detail(row),
        "alone": lambda share, number: stack([({"zh": "", "en": ""}, share)], place=number - 1),
        "graph": lambda lead: graph(of(lead)),
        "flow": lambda lead: money_flow(of(lead)),
        "flow_name": lambda lead, way: words.named(words.FLOWS, of(lead).flows[0 if way == "in" else 1]),
        "strip": lambda lead: strip(of(lead)),
        "timeline": lambda lead: moments(of(lead)),
    }
