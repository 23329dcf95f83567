from xml.etree import ElementTree as ET

from suyuan.report.network import HEIGHT, WIDTH, Link, Node, network, placed


def node(name: str, *, core: bool = True) -> Node:
    return Node(id=name, kind="account", label=f"<{name}>", core=core, note=name)


def link(src: str, dst: str) -> Link:
    return Link(src=src, dst=dst, css="pays", note="x")


NODES = [node(f"n{n}", core=n < 3) for n in range(12)]
LINKS = [link("n0", f"n{n}") for n in range(1, 12)]


def test_the_same_members_lie_in_the_same_places_inside_the_drawing() -> None:
    places = placed(NODES, LINKS)
    assert places == placed(NODES, LINKS)
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in places.values())
    assert len(set(places.values())) == len(NODES)


def test_a_graph_without_ties_and_one_of_one_node_are_drawn_too() -> None:
    assert len(set(placed(NODES, []).values())) == len(NODES)
    assert placed([node("a")], [link("a", "a")]).keys() == {"a"}


def test_every_node_and_tie_is_drawn_and_labels_are_escaped() -> None:
    svg = ET.fromstring(str(network(NODES, [*LINKS, link("n0", "nobody")], label="graph")))
    assert len(list(svg.iter("circle"))) == len(NODES)
    assert len(list(svg.iter("path"))) == len(LINKS)
    assert {text.text for text in svg.iter("text")} <= {"<n0>", "<n1>", "<n2>"}


def test_labels_never_cover_each_other() -> None:
    crowd = [node(f"name{n}") for n in range(30)]
    svg = ET.fromstring(str(network(crowd, [link("name0", f"name{n}") for n in range(1, 30)], label="g")))
    spots = [(float(text.get("x", 0)), float(text.get("y", 0))) for text in svg.iter("text")]
    assert len(spots) > 3
    assert all(abs(ax - bx) > 30 or abs(ay - by) > 13 for i, (ax, ay) in enumerate(spots) for bx, by in spots[:i])
