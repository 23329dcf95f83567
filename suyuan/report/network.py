"""Draws the members of a lead and what ties them as a small graph; the same members always lie in the same places."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

import igraph
from markupsafe import Markup

MOST_LABELS = 14
WIDTH, HEIGHT, EDGE = 480.0, 330.0, 34.0


@dataclass(frozen=True, kw_only=True)
class Node:
    """One member: `core` ones are larger and labelled."""

    id: str
    kind: str
    label: str
    core: bool
    note: str


@dataclass(frozen=True, kw_only=True)
class Link:
    """What goes from one node to another; `css` colours it, `note` is its tooltip."""

    src: str
    dst: str
    css: str
    note: str


def placed(nodes: Sequence[Node], links: Sequence[Link]) -> dict[str, tuple[float, float]]:
    """Return node → place on a drawing of 480 × 330.

    Kamada–Kawai from a circle, each connected part by itself; no randomness, so the same input gives the same places.
    """
    number = {node.id: place for place, node in enumerate(nodes)}
    edges = sorted({tuple(sorted((number[link.src], number[link.dst]))) for link in links if link.src != link.dst})
    graph = igraph.Graph(n=len(nodes), edges=edges)
    circle = [(cos(2 * pi * place / len(nodes)), sin(2 * pi * place / len(nodes))) for place in range(len(nodes))]
    spots = graph.layout_kamada_kawai(seed=circle, maxiter=60 * max(1, len(nodes))).coords if edges else circle
    xs, ys = [spot[0] for spot in spots], [spot[1] for spot in spots]
    wide, high = (max(xs) - min(xs)) or 1.0, (max(ys) - min(ys)) or 1.0
    return {
        node.id: (
            round(EDGE + (WIDTH - 2 * EDGE) * (x - min(xs)) / wide, 1),
            round(EDGE + (HEIGHT - 2 * EDGE - 10) * (y - min(ys)) / high, 1),
        )
        for node, x, y in zip(nodes, xs, ys, strict=True)
    }


def network(nodes: Sequence[Node], links: Sequence[Link], *, label: str) -> Markup:
    """Return the graph as SVG; links whose ends are no nodes are left out. `label` is said by a screen reader."""
    known = {node.id for node in nodes}
    drawn = [link for link in links if link.src in known and link.dst in known and link.src != link.dst]
    places = placed(nodes, drawn)
    lines = Markup("").join(_line(link, places) for link in drawn)
    dots = Markup("").join(_dot(node, places[node.id]) for node in nodes)
    texts = Markup("").join(_labels(nodes, places))
    return Markup(
        '<svg class="net" viewBox="0 0 480 330" role="img" aria-label="{label}">'
        '<g class="links">{lines}</g>{dots}<g class="labels">{texts}</g></svg>'
    ).format(label=label, lines=lines, dots=dots, texts=texts)


def _line(link: Link, places: Mapping[str, tuple[float, float]]) -> Markup:
    (x1, y1), (x2, y2) = places[link.src], places[link.dst]
    away = hypot(x2 - x1, y2 - y1) or 1.0
    bend = 0.14 * away
    mx, my = (x1 + x2) / 2 + bend * (y1 - y2) / away, (y1 + y2) / 2 + bend * (x2 - x1) / away
    return Markup(
        '<path class="{css}" d="M{x1:.1f} {y1:.1f}Q{mx:.1f} {my:.1f} {x2:.1f} {y2:.1f}"><title>{note}</title></path>'
    ).format(css=link.css, x1=x1, y1=y1, mx=mx, my=my, x2=x2, y2=y2, note=link.note)


def _dot(node: Node, place: tuple[float, float]) -> Markup:
    return Markup('<g class="node {kind}"><circle cx="{x}" cy="{y}" r="{r}"><title>{note}</title></circle></g>').format(
        kind=node.kind, x=place[0], y=place[1], r=9 if node.core else 4.5, note=node.note
    )


def _labels(nodes: Sequence[Node], places: Mapping[str, tuple[float, float]]) -> Iterator[Markup]:
    """Yield the labels of core nodes, below or above, one that would cover another left to its tooltip."""
    taken: list[tuple[float, float, float]] = []  # middle, base line, half the width
    for node in [node for node in nodes if node.core][:MOST_LABELS]:
        x, y = places[node.id]
        half = sum(5.6 if ord(letter) > 0x2E80 else 3.2 for letter in node.label) + 2
        middle = min(max(x, half), WIDTH - half)
        for base in (y + 21, y - 14):
            if all(abs(middle - mx) > half + mw or abs(base - my) > 13 for mx, my, mw in taken):
                taken.append((middle, base, half))
                yield Markup('<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{label}</text>').format(
                    x=middle, y=base, label=node.label
                )
                break
