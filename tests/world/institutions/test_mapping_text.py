import pytest

from suyuan.domain.content import content_dir
from suyuan.sources.mapping import shipped
from suyuan.world.institutions.layouts import Layout, layouts
from suyuan.world.institutions.mapping_text import ORIGIN, mapping_name, mapping_text


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_the_shipped_mapping_is_that_of_the_layout(layout: Layout) -> None:
    path = content_dir("mappings") / f"{mapping_name(layout)}.yml"
    assert path.read_text(encoding="utf-8") == mapping_text(layout), "run: make pages"


def test_no_mapping_is_left_of_a_layout_that_is_gone() -> None:
    ours = {path.stem for path in content_dir("mappings").glob("*.yml") if ORIGIN in path.read_text(encoding="utf-8")}
    assert ours == {mapping_name(layout) for layout in layouts()}


def test_every_mapping_loads() -> None:
    assert {mapping_name(layout) for layout in layouts()} <= shipped().keys()


def test_no_two_layouts_have_the_same_headers() -> None:
    heads = {mapping_name(layout): frozenset(layout.heads.values()) for layout in layouts()}
    assert len({*heads.values()}) == len(heads)
