from collections.abc import Callable
from dataclasses import asdict, replace

from suyuan.access.mask import mask_json
from suyuan.lead.story import Story
from suyuan.report.lead_view import LeadView, graph, moments, money_flow, stack, strip, tone

Stories = Callable[..., Story]


def view(told: Story) -> LeadView:
    return LeadView(mask_json(asdict(told)))


def test_loans_are_drawn_as_lent_and_repaid_and_accounts_as_received_and_paid(story: Stories) -> None:
    told = story()
    assert view(told).flows == ("repaid", "lent")
    moved = tuple(replace(one, flow="received") for one in told.days)
    assert view(replace(told, days=moved, amount_basis="received")).flows == ("received", "paid")


def test_an_evidence_row_says_from_whom_to_whom_and_its_terms(story: Stories) -> None:
    lead = view(story())
    row = lead.told["evidence"][0]
    assert lead.parties(row) == "Firm → 张**"
    assert "¥1,000.00" in lead.detail(row)
    assert lead.parties({"row": {"memo": "x", "amount_fen": 5}}) == "x, 5"


def test_the_days_worth_a_line_are_the_first_the_busiest_and_the_last(story: Stories) -> None:
    assert [one["day"] for one in moments(view(story()))] == ["2024-01-05", "2024-01-12"]
    assert moments(view(replace(story(), days=()))) == []


def test_a_lead_without_days_or_ties_is_drawn_empty(story: Stories) -> None:
    bare = view(replace(story(), days=(), edges=()))
    assert "证据中没有带日期的资金" in money_flow(bare)
    assert "成员过少" in graph(bare)
    assert strip(bare) == ""


def test_the_graph_shows_the_ring_and_its_victims(story: Stories) -> None:
    drawn = graph(view(story()))
    assert drawn.count("<circle") == 3
    assert "Firm" in drawn


def test_the_colour_follows_the_score() -> None:
    assert [tone({"raised": raised, "score": score}) for raised, score in ((True, 0.8), (True, 0.6), (False, 0.4))] == [
        "red",
        "amb",
        "grey",
    ]


def test_a_bar_names_its_parts() -> None:
    assert "甲 / A +50.0" in stack([({"zh": "甲", "en": "A"}, 0.5)])
