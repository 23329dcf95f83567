from pathlib import Path

import numpy as np
from python_calamine import CalamineWorkbook

from suyuan.world.institutions.statements_entries import laid
from suyuan.world.institutions.statements_faces import Faces
from suyuan.world.institutions.statements_files import Broken
from suyuan.world.institutions.statements_layouts import figures
from suyuan.world.institutions.statements_ledger import ledger
from suyuan.world.institutions.statements_workbooks import write_workbook
from suyuan.world.life.balances import running
from tests.world.institutions.paid_world import paid_world

WORLD = paid_world(accounts=60, transfers=300)
FACES = Faces(WORLD)
LEDGER = ledger(WORLD, FACES)
ENTRIES = laid(WORLD, FACES, running(WORLD)).at(slice(0, 40))
LAYOUT = figures().layouts["sheet"]


def test_a_workbook_holds_texts_as_texts_and_amounts_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    file = write_workbook(path, ledger=LEDGER, layout=LAYOUT, entries=ENTRIES)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert rows[0] == list(LAYOUT.columns)
    assert len(rows) == 41
    names = FACES.name.to_pylist()
    for place, line in enumerate(file.line.tolist()):
        row = dict(zip(rows[0], rows[line - 1], strict=True))
        amount = int(LEDGER.amount[ENTRIES.transfer[place]]) / 100
        assert (row["收入"], row["支出"]) == ((amount, "") if ENTRIES.into[place] else ("", amount))
        assert row["户名"] == names[ENTRIES.account[place]]
        assert row["账户余额"] == int(ENTRIES.balance[place]) / 100


def test_the_same_bytes_twice_and_broken_rows_where_they_were_asked_for(tmp_path: Path) -> None:
    broken = Broken(places=np.array([4]), reasons=["no_date"])
    told = [
        write_workbook(tmp_path / f"{n}.xlsx", ledger=LEDGER, layout=LAYOUT, entries=ENTRIES, broken=broken)
        for n in range(2)
    ]
    assert told[0].sha256 == told[1].sha256
    rows = CalamineWorkbook.from_path(str(tmp_path / "1.xlsx")).get_sheet_by_index(0).to_python()
    assert [row[3] == "20240230" for row in rows[1:]] == [place == 4 for place in range(40)]
