import pytest

from suyuan.world.institutions.houses import figures, institutions
from suyuan.world.institutions.layouts import Layout, codes, layout_of, layouts


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_no_two_columns_share_a_header(layout: Layout) -> None:
    assert len({*layout.heads.values()}) == len(layout.heads)


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_every_listed_value_has_a_word_of_its_own(layout: Layout) -> None:
    for column in layout.columns:
        told = codes(layout, column)
        assert len({*told.values()}) == len(column.values)


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_the_key_of_the_table_comes_first(layout: Layout) -> None:
    assert next(iter(layout.columns)).null == "never"


def test_whoever_is_sent_rows_has_a_layout_for_them() -> None:
    assert all(layout_of(each, table) for each in institutions() for table in figures()["routes"])


def test_own_layouts_go_before_everyones() -> None:
    bank = next(each for each in institutions() if each.kind == "bank")
    police = next(each for each in institutions() if each.kind == "police")
    assert [layout_of(each, "person").name for each in (bank, police)] == ["bank_person", "any_person"]
