from suyuan.world.institutions.houses import institutions as houses
from suyuan.world.institutions.statements_cells import WORDS
from suyuan.world.institutions.statements_layouts import figures, institutions, usual
from suyuan.world.people.facts import facts


def test_everyone_who_holds_accounts_writes_under_the_source_of_its_name() -> None:
    named = {each.told_name: each.name for each in houses() if each.told_name}
    assert {name: each.source for name, each in institutions().items()} == named


def test_every_institution_whose_accounts_are_held_writes() -> None:
    banks = facts("banks")
    held = {each["name"] for kind in ("banks", "wallets", "payment_firms") for each in banks[kind] if each["held"]}
    assert held == institutions().keys()


def test_there_are_more_than_eight_ways_of_printing_in_bulk() -> None:
    headers = {tuple(each.bulk.columns) for each in institutions().values()}
    assert len(headers) >= 8
    assert {each.bulk.encoding for each in institutions().values()} == {"utf-8", "gb18030"}


def test_every_cell_is_a_word_that_is_known() -> None:
    told = figures()
    for layout in (*told.layouts.values(), *told.printed.values()):
        assert layout.words <= WORDS.keys()


def test_the_fund_query_has_its_34_columns() -> None:
    assert len(figures().layouts["fund_query"].columns) == 34


def test_workbooks_stay_under_300_000_rows_in_all() -> None:
    assert figures().workbook_rows <= 300_000
    assert any(each.workbook for each in institutions().values())


def test_an_institution_has_ways_of_its_own_and_else_the_usual_ones() -> None:
    own, other = institutions()["祁连银行"], institutions()["陇原银行"]
    assert (own.ways.own_serials, own.ways.posts.working_days, own.ways.clock) == (True, True, usual().clock)
    assert other.ways == usual() == figures().layouts["fund_query"].ways
    assert own.bulk.ways == own.ways
    assert {each.ways.fee for each in institutions().values()} == {None, *figures().fees}


def test_one_layout_is_printed_in_the_ways_of_whoever_prints_it() -> None:
    one, two = institutions()["西固村镇银行"].bulk, institutions()["天马银行"].bulk
    assert one.columns == two.columns
    assert (one.source, two.source) == ("bank_06", "bank_10")
    assert one.ways != two.ways


def test_both_kinds_of_numbers_are_in_use() -> None:
    kinds = [each.ways.own_serials for each in institutions().values()]
    assert 4 <= sum(kinds) <= len(kinds) - 4
