"""Draws what a page shows of one lead. Works on a masked story only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from suyuan.domain.say import say
from suyuan.report import chart, words
from suyuan.report.network import Link, Node, network

MOST_NODES = 90
_CORE = frozenset({"victim", "unknown"})
_PAIRS = (
    ("src_account_id", "dst_account_id"),
    ("lender_id", "borrower_id"),
    ("payer_account_id", "payee_account_id"),
    ("from_id", "to_id"),
    ("account_id", "counterparty_account"),
)


@dataclass(frozen=True)
class LeadView:
    """A masked story and what is looked up in it again and again."""

    told: Mapping[str, Any]

    @property
    def names(self) -> dict[str, Mapping[str, Any]]:
        """Id → whom it stands for."""
        return {one["id"]: one for one in self.told["who"]}

    @property
    def flows(self) -> tuple[str, str]:
        """Return which flows are drawn as in and out: of the loans where the amount adds up loans, else of accounts."""
        known = {row["flow"] for row in self.told["days"]}
        loans = self.told["amount_basis"] == "loans" or not known & {"received", "paid"}
        return ("repaid", "lent") if loans and known & {"lent", "repaid"} else ("received", "paid")

    def who(self, member_id: str) -> str:
        """Return what a member is called."""
        return words.who_name(self.names.get(member_id), member_id)

    def parties(self, row: Mapping[str, Any]) -> str:
        """Return from whom to whom an evidence row tells; its table's first words where it tells of none."""
        content = row["row"]
        for src, dst in _PAIRS:
            if src in content or dst in content:
                ends = [self.who(content[end]) if end in content else words.NOTHING for end in (src, dst)]
                return " → ".join(ends)
        return ", ".join(str(value) for value in list(content.values())[:3]) or words.NOTHING

    def detail(self, row: Mapping[str, Any]) -> Markup:
        """Return what else matters of an evidence row: terms of a loan, memo of a transfer."""
        content = row["row"]
        if "principal_fen" in content:
            currency = content.get("currency")
            return words.t(
                "report.principal",
                principal=words.money(content["principal_fen"], currency),
                received=words.money(content.get("received_fen"), currency),
                days=content.get("term_days", words.NOTHING),
            )
        return escape(content.get("memo", ""))


def tone(lead: Mapping[str, Any]) -> str:
    """Return the colour class of a lead's score."""
    return "grey" if not lead["raised"] else "red" if lead["score"] >= 0.75 else "amb"


def stack(parts: Sequence[tuple[Mapping[str, str], float]], *, place: int = 0) -> Markup:
    """Return the bar of contributions; with one part, coloured as the `place`-th."""
    titles = [
        f"{label['zh']} / {label['en']} +{words.points(share, 1)}" if label["zh"] else "" for label, share in parts
    ]
    return chart.stacked([share for _, share in parts], titles=titles, first=place)


def graph(view: LeadView) -> Markup:
    """Return the graph of the ring and of whom it touches directly; accounts of victims are left out."""
    members = {
        one["id"]: one for one in view.told["members"] if not (one["role"] == "victim" and one["kind"] == "account")
    }
    core = {one["id"] for one in members.values() if one["role"] not in _CORE}
    edges = [
        edge
        for edge in view.told["edges"]
        if edge["src_id"] in members
        and edge["dst_id"] in members
        and (edge["src_id"] in core or edge["dst_id"] in core)
    ]
    tied = {edge[side] for edge in edges for side in ("src_id", "dst_id")}
    shown = [one for one in members.values() if one["id"] in tied][:MOST_NODES]
    if len(shown) < 2:
        return Markup('<p class="empty">{}</p>').format(words.t("report.network_empty"))
    nodes = [_node(view, one) for one in shown]
    links = [Link(src=edge["src_id"], dst=edge["dst_id"], css=edge["kind"], note=_note(view, edge)) for edge in edges]
    return network(nodes, links, label=_bilingual("report.network"))


def _node(view: LeadView, member: Mapping[str, Any]) -> Node:
    name = view.who(member["id"])
    return Node(
        id=member["id"],
        kind=member["kind"] if member["kind"] in {"person", "company", "account"} else "other",
        label=_clipped(name),
        core=member["role"] not in _CORE,
        note=f"{name} · {_bilingual(words.ROLES[member['role']])}",
    )


def _clipped(text: str) -> str:
    return text if len(text) <= 12 else f"{text[:11]}…"


def _bilingual(key: str, **values: object) -> str:
    """Return a message in both languages, for places that hold plain text only."""
    zh, en = (say(key, lang=lang, **values) for lang in ("zh", "en"))
    return zh if zh == en else f"{zh} / {en}"


def _note(view: LeadView, edge: Mapping[str, Any]) -> str:
    kind = _bilingual(words.EDGES[edge["kind"]])
    rows, total = words.count(edge["told"]), words.money(edge["amount_fen"], edge["currency"])
    src, dst = view.who(edge["src_id"]), view.who(edge["dst_id"])
    return say("report.edge", lang="zh", src=src, dst=dst, kind=kind, rows=rows, sum=total)


def _days(view: LeadView) -> list[tuple[date, int, int, int]]:
    """Return (day, in, out, rows) in the lead's currency, in order."""
    up, down = view.flows
    currency = view.told["currency"]
    found: dict[date, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in view.told["days"]:
        if row["flow"] in {up, down} and row["currency"] == currency:
            found[row["moved_on"]][0 if row["flow"] == up else 1] += row["amount_fen"] or 0
            found[row["moved_on"]][2] += row["told"]
    return [(day, *found[day]) for day in sorted(found)]  # type: ignore[misc]


def money_flow(view: LeadView) -> Markup:
    """Return the chart of money in and out by day."""
    bars = chart.binned([(day, up, down) for day, up, down, _ in _days(view)])
    if not bars:
        return Markup('<p class="empty">{}</p>').format(words.t("report.flow_none"))
    return chart.flows(bars, label=_bilingual("report.money"), unit=words.sign(view.told["currency"]))


def strip(view: LeadView) -> Markup:
    """Return how many evidence rows each day or span of days has."""
    bars = chart.binned([(day, rows, 0) for day, _, _, rows in _days(view)])
    return chart.spark([bar.up for bar in bars]) if bars else Markup("")


def moments(view: LeadView) -> list[dict[str, Any]]:
    """Return the days worth a line: the first, the one with most money, the last."""
    days = _days(view)
    if not days:
        return []
    busiest = max(days, key=lambda day: (day[1] + day[2], day[0]))
    wanted = [
        (days[0], "report.tl_first", "grn"),
        (busiest, "report.tl_busiest", "red"),
        (days[-1], "report.tl_last", "amb"),
    ]
    seen: set[date] = set()
    found: list[dict[str, Any]] = []
    for (day, up, down, rows), key, colour in wanted:
        if day in seen:
            continue
        seen.add(day)
        total = words.money(up + down, view.told["currency"])
        label = {lang: say(key, lang=lang, rows=words.count(rows), sum=total) for lang in ("zh", "en")}
        found.append({"day": words.day(day), "tone": colour, "label": label})
    return sorted(found, key=lambda one: str(one["day"]))
