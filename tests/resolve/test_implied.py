import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from suyuan.resolve.implied import Implied


def test_same_is_passed_on() -> None:
    known = Implied(same=[("a", "b"), ("b", "c")])
    assert known.answer("a", "c") == "same"
    assert known.answer("a", "d") is None
    assert known.answer("d", "d") == "same"


def test_different_goes_with_same() -> None:
    known = Implied(same=[("b", "c"), ("d", "e")], different=[("a", "b"), ("c", "d")])
    assert known.answer("a", "c") == "different"
    assert known.answer("e", "b") == "different"
    assert known.answer("a", "d") is None, "two that differ from a third may be anything"


def test_a_contradiction_counts_as_different() -> None:
    known = Implied(same=[("a", "b"), ("b", "c")], different=[("c", "a")])
    assert known.answer("a", "b") == "different"
    assert {left == right for left, right in known.apart()} == {True}


def test_groups_are_told_for_those_that_have_company() -> None:
    groups = Implied(same=[("b", "a"), ("c", "b")], different=[("x", "y")]).groups()
    assert set(groups) == {"a", "b", "c"}
    assert len(set(groups.values())) == 1


NAMES = st.sampled_from("abcdefgh")
PAIRS = st.lists(st.tuples(NAMES, NAMES), max_size=12)


@given(same=PAIRS, different=PAIRS, left=NAMES, right=NAMES)
def test_it_agrees_with_components_of_a_graph(
    same: list[tuple[str, str]], different: list[tuple[str, str]], left: str, right: str
) -> None:
    graph = nx.Graph(same)
    graph.add_nodes_from("abcdefgh")
    part = {name: number for number, names in enumerate(nx.connected_components(graph)) for name in names}
    apart = {frozenset((part[one], part[other])) for one, other in different}
    wanted = "same" if part[left] == part[right] else None
    if frozenset((part[left], part[right])) in apart:
        wanted = "different"
    assert Implied(same=same, different=different).answer(left, right) == wanted
    assert Implied(same=same[::-1], different=different[::-1]).answer(right, left) == wanted
