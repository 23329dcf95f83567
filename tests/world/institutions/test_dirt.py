import numpy as np
import pyarrow as pa

from suyuan.domain.contract import contracts
from suyuan.world.frame.dice import dice
from suyuan.world.institutions.dirt import (
    broken,
    dirty,
    figures,
    figures_alike,
    in_order,
    masked,
    missing,
    mistyped,
    old_phones,
)
from suyuan.world.institutions.layouts import layouts

ALL = {"mistyped": 1000, "like": 60, "dropped": 20}
LOAN = next(layout for layout in layouts() if layout.name == "bank_loan")


def test_a_mistyped_name_is_never_what_it_was() -> None:
    names = pa.array(["张伟明", "欧阳若琳", "李娜静"] * 200)
    wrong = mistyped(dice(7), names, ALL).to_pylist()
    changed = [told != name for told, name in zip(wrong, names.to_pylist(), strict=True)]
    assert sum(changed) > 590
    assert all(wrong)


def test_names_that_are_not_told_stay_so() -> None:
    assert mistyped(dice(7), pa.array([None, "张伟"]), ALL).to_pylist()[0] is None


def test_no_character_is_taken_for_itself() -> None:
    assert [one for one, other in figures_alike().items() if one == other] == []


def test_an_old_phone_keeps_its_beginning() -> None:
    told = old_phones(dice(7), pa.array(["13912345678"] * 50), 1000).to_pylist()
    assert {each[:7] for each in told} == {"1391234"}
    assert len({*told}) > 40


def test_a_masked_number_shows_six_and_four() -> None:
    assert masked(dice(7), pa.array(["620102199001011234", None]), 1000).to_pylist() == ["620102********1234", None]


def test_what_is_missing_is_null() -> None:
    assert missing(dice(7), pa.array(["x"] * 5), 1000).null_count == 5


def test_numbers_of_customers_are_masked_only_where_they_are_not_their_key() -> None:
    column, numbers = contracts()["person"].columns["id_number"], pa.array(["620102199001011234"] * 2000)
    own = dirty(dice(7), column, numbers, table="person", own_numbers=True)
    natural = dirty(dice(7), column, numbers, table="person", own_numbers=False)
    assert (own != numbers, natural == numbers) == (True, True)


def test_every_row_stands_somewhere() -> None:
    order = in_order(dice(7), 20_000)
    assert sorted({*order.main.tolist(), *order.late.tolist()}) == list(range(20_000))
    assert len(order.main) + len(order.late) > 20_000
    assert not {*order.main.tolist()} & {*order.late.tolist()}


def test_short_files_are_spared() -> None:
    few = figures()["rows"]["least_broken"] - 1
    texts = {name: pa.array(["x"] * few) for name in LOAN.heads}
    assert broken(dice(7), LOAN, texts, few).reasons.null_count == few


def test_a_broken_row_is_broken_where_its_reason_says() -> None:
    n = 5000
    texts = {name: pa.array(["x"] * n) for name in LOAN.heads}
    spoilt = broken(dice(7), LOAN, texts, n)
    for row in np.flatnonzero(~np.asarray(spoilt.reasons.is_null())):
        changed = [name for name in LOAN.heads if spoilt.texts[name][row].as_py() != "x"]
        assert [f"wrong_type:{name}" for name in changed] == [spoilt.reasons[row].as_py()]


def test_a_file_that_is_long_enough_has_a_broken_row() -> None:
    n = figures()["rows"]["least_broken"]
    texts = {name: pa.array(["x"] * n) for name in LOAN.heads}
    assert broken(dice(7), LOAN, texts, n).reasons.null_count < n
