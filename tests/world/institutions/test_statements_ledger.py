import numpy as np
import pyarrow as pa

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.institutions.statements_faces import Faces
from suyuan.world.institutions.statements_ledger import Ledger, ledger


def _ledger() -> Ledger:
    world = World(options=Options(seed=1))
    for memo in ("工资", None, "货款,六月"):
        world.add("transfer", n=2, amount_fen=5, memo=pa.array([memo] * 2, pa.string()), _ip=np.array([-1, 3]))
    return ledger(world, Faces(world))


def test_texts_of_transfers_are_places_in_a_short_table() -> None:
    told = _ledger()
    cells = told.cells("memo", "utf-8").take(pa.array(told.places["memo"])).to_pylist()
    assert [each.decode() for each in cells] == ["工资", "工资", "", "", '"货款,六月"', '"货款,六月"']


def test_what_no_transfer_tells_is_empty() -> None:
    told = _ledger()
    assert set(told.cells("channel", "gb18030").take(pa.array(told.places["channel"])).to_pylist()) == {b""}


def test_words_are_told_as_an_institution_says_them() -> None:
    told = _ledger()
    renamed = told.cells("memo", "gb18030", renamed={"工资": "SALARY"}).to_pylist()
    assert renamed[0] == b"SALARY"
    assert told.cells("memo", "gb18030").to_pylist()[0] == "工资".encode("gb18030")


def test_an_address_is_shown_where_it_is_known_and_asked_for() -> None:
    told = _ledger()
    shown = np.array([True, True, True, False])
    cells = told.marks("ip", np.array([0, 1, 3, 5], np.int32), shown=shown).to_pylist()
    assert cells[0] == cells[3] == b""
    assert cells[1] == cells[2] != b""


def test_a_text_may_be_cut_and_stand_in_a_form() -> None:
    told = _ledger()
    cells = told.worded("memo", "utf-8", form="来账 {memo}", cut=1).take(pa.array(told.places["memo"])).to_pylist()
    assert [each.decode() for each in cells] == ["来账 工", "来账 工", "来账", "来账", "来账 货", "来账 货"]
