import csv
from dataclasses import replace

import numpy as np
import pytest

from suyuan.world.institutions.statements_cells import WORDS, Page, breakable, cells
from suyuan.world.institutions.statements_entries import laid
from suyuan.world.institutions.statements_faces import Faces
from suyuan.world.institutions.statements_layouts import figures
from suyuan.world.institutions.statements_ledger import ledger
from suyuan.world.institutions.statements_pieces import lines
from suyuan.world.institutions.statements_ways import arrived
from suyuan.world.life.balances import running
from tests.world.institutions.paid_world import paid_world

WORLD = paid_world(accounts=60, transfers=400)
FACES = Faces(WORLD)
PAGE = Page(
    ledger=ledger(WORLD, FACES),
    layout=figures().layouts["fund_query"],
    entries=laid(WORLD, FACES, running(WORLD)).at(slice(0, 40)),
)
INTO = PAGE.entries.into


def _told(*cell: str, page: Page = PAGE) -> list[str]:
    return [each.decode(page.layout.encoding) for each in lines(cells(page, cell), len(page.entries)).to_pylist()]


@pytest.mark.parametrize("word", [word for word in WORDS if word != "text"])
def test_every_word_fills_every_line(word: str) -> None:
    details = {"day": ["%Y-%m-%d"], "posted": ["%Y%m%d"], "time": ["%H%M%S"], "moment": ["%Y-%m-%d %H:%M:%S"]}
    sided, money = {"side": ["收", "付"], "cash": ["现金", "其它"]}, {"amount", "signed", "in", "out", "balance"}
    told = {**details, **sided, **{each: ["plain"] for each in money}, "channel": ["short"]}.get(word, [])
    assert len(_told(word, *told)) == 40


def test_days_and_times_are_written_in_the_form_that_is_asked_for() -> None:
    at = (PAGE.entries.day.astype(np.int64) * 86_400 + PAGE.entries.second).astype("datetime64[s]").tolist()
    assert _told("moment", "%Y年%m月%d日 %H:%M") == [f"{each:%Y年%m月%d日 %H:%M}" for each in at]
    assert _told("day", "%d/%m/%Y") == [f"{each:%d/%m/%Y}" for each in at]
    assert _told("time", "%H%M%S", "tab") == [f"{each:%H%M%S}\t" for each in at]


def test_what_is_booked_late_is_posted_on_the_next_day() -> None:
    second = np.full(40, 22 * 3600 + 29 * 60 + 59, np.int32)
    second[0] += 1
    page = replace(PAGE, entries=replace(PAGE.entries, second=second))
    posted, days = _told("posted", "%Y-%m-%d", page=page), _told("day", "%Y-%m-%d", page=page)
    assert np.datetime64(posted[0]) == np.datetime64(days[0]) + 1
    assert posted[1:] == days[1:]


def test_the_direction_is_told_by_a_word_a_sign_or_a_side() -> None:
    assert _told("side", "贷", "借") == ["贷" if into else "借" for into in INTO]
    assert [not each.startswith("-") for each in _told("signed", "plain")] == INTO.tolist()
    came, went = _told("in", "plain"), _told("out", "plain")
    assert [bool(each) for each in came] == INTO.tolist()
    assert [one or other for one, other in zip(came, went, strict=True)] == _told("amount", "plain")


def test_payer_and_payee_are_own_and_other_by_direction() -> None:
    own, other = _told("own_number"), _told("other_number")
    payer, payee = _told("payer_number"), _told("payee_number")
    for each in range(40):
        assert (payer[each], payee[each]) == ((other[each], own[each]) if INTO[each] else (own[each], other[each]))


def test_accounts_elsewhere_are_masked_where_the_layout_says_so() -> None:
    page = replace(PAGE, layout=figures().layouts["flagged"])
    home = FACES.institution[page.entries.other] == FACES.institution[page.entries.account]
    for told, is_home, in_full in zip(_told("other_number", page=page), home, _told("other_number"), strict=True):
        assert told == (in_full if is_home or not in_full else f"{in_full[:6]}****{in_full[-4:]}")


def _page(**ways: object) -> Page:
    told = PAGE.layout.ways.model_copy(update=ways)
    return replace(PAGE, layout=PAGE.layout.model_copy(update={"own_ways": told, "source": "bank_99"}))


def test_memos_of_what_comes_from_elsewhere_are_worded_by_the_institution() -> None:
    came, sent = arrived(FACES, PAGE.entries), _bare(_told("memo"))
    told = _bare(_told("memo", page=_page(from_elsewhere="来账 {memo}", cut=2)))
    assert told == [f"来账 {memo[:2]}".strip() if own else memo for memo, own in zip(sent, came, strict=True)]
    assert came.any()
    assert _bare(_told("memo", page=_page(from_elsewhere="{memo}"))) == sent


def _bare(cells: list[str]) -> list[str]:
    """Return the texts of cells of CSV."""
    return [next(csv.reader([each]), [""])[0] if each else "" for each in cells]


def test_a_line_that_names_nobody_tells_neither_name_nor_number_nor_bank() -> None:
    page, came = _page(unnamed=1000), arrived(FACES, PAGE.entries)
    for word in ("other_number", "other_name", "other_bank"):
        assert [bool(each) for each in _told(word, page=page)] == [
            bool(each) and not own for each, own in zip(_told(word), came, strict=True)
        ]
    assert _told("cash", "现金", "其它", page=page) == _told("cash", "现金", "其它"), "it is not cash for that"


def test_an_institution_that_numbers_by_itself_tells_its_own_serials() -> None:
    own, shared = _told("serial", page=_page(own_serials=True)), _told("serial")
    assert {len(each) for each in own} == {16}
    assert not set(own) & set(shared)


def test_only_the_payer_knows_where_an_order_came_from() -> None:
    told = np.array([bool(each) for each in _told("ip")])
    assert told.any()
    assert not (told & INTO).any()


def test_a_broken_line_differs_in_what_it_is_broken_by_alone() -> None:
    page = replace(PAGE, broken="no_date")
    assert {each.partition(" ")[0] for each in _told("moment", "%Y-%m-%d %H:%M:%S", page=page)} == {"2024-02-30"}
    assert _told("amount", "plain", page=page) == _told("amount", "plain")
    page = replace(PAGE, broken="no_amount")
    assert {each[-4] for each in _told("amount", "grouped", page=page)} == {"."}
    assert [bool(each) for each in _told("in", "plain", page=page)] == INTO.tolist()
    assert _told("day", "%Y", page=page) == _told("day", "%Y")
    page = replace(PAGE, broken="no_direction")
    assert set(_told("side", "收", "付", page=page)) == {"冲"}


def test_only_a_layout_with_a_word_of_direction_can_be_broken_there() -> None:
    assert "no_direction" in breakable(figures().layouts["barred"])
    assert "no_direction" not in breakable(figures().layouts["sides"])
