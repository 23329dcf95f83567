import csv
import hashlib
from pathlib import Path

import numpy as np
import pytest

from suyuan.world.institutions.statements_entries import laid
from suyuan.world.institutions.statements_faces import Faces
from suyuan.world.institutions.statements_files import Broken, composed, pages, pieces, write_text, yuan
from suyuan.world.institutions.statements_layouts import figures
from suyuan.world.institutions.statements_ledger import ledger
from suyuan.world.institutions.statements_numbers import serials
from suyuan.world.life.balances import running
from tests.world.institutions.paid_world import paid_world

WORLD = paid_world(accounts=60, transfers=400)
FACES = Faces(WORLD)
LEDGER = ledger(WORLD, FACES)
ENTRIES = laid(WORLD, FACES, running(WORLD)).at(slice(0, 50))
AMOUNT = LEDGER.amount[ENTRIES.transfer]


def _lines(path: Path, encoding: str) -> list[str]:
    return path.read_bytes().decode(encoding).splitlines()


@pytest.mark.parametrize("name", ["fund_query", "signed", "parties"])
def test_the_line_of_an_entry_is_where_it_stands(name: str, tmp_path: Path) -> None:
    layout = figures().layouts[name]
    file = write_text(tmp_path / "a.csv", ledger=LEDGER, layout=layout, entries=ENTRIES, bank="甲")
    told, place = _lines(tmp_path / "a.csv", layout.encoding), list(layout.columns).index("交易流水号")
    assert len(told) == len(layout.before) + 1 + 50
    for serial, line in zip(serials(ENTRIES.transfer).tolist(), file.line.tolist(), strict=True):
        assert next(csv.reader([told[line - 1]]))[place].strip() == str(serial)
    assert hashlib.sha256((tmp_path / "a.csv").read_bytes()).hexdigest() == file.sha256


def test_totals_below_are_those_of_the_lines(tmp_path: Path) -> None:
    layout = figures().layouts["dated"]
    write_text(tmp_path / "a.csv", ledger=LEDGER, layout=layout, entries=ENTRIES, bank="甲")
    came, went = (int(AMOUNT[side].sum()) for side in (ENTRIES.into, ~ENTRIES.into))
    below = _lines(tmp_path / "a.csv", layout.encoding)[-2:]
    assert below == [
        f"收入合计：{int(ENTRIES.into.sum())}笔 金额：{yuan(came)}",
        f"支出合计：{int((~ENTRIES.into).sum())}笔 金额：{yuan(went)}",
    ]


@pytest.mark.parametrize("at_once", [7, 50, 1000])
@pytest.mark.parametrize("name", ["signed", "barred"])
def test_how_many_lines_are_composed_at_once_changes_nothing(name: str, at_once: int) -> None:
    layout, broken = figures().layouts[name], Broken(places=np.array([0, 13, 49]), reasons=["no_date"] * 3)

    def told(size: int) -> list[bytes]:
        found = pages(LEDGER, layout, ENTRIES, broken, at_once=size)
        return [line for page, wrong in found for line in composed(page, wrong, pieces).to_pylist()]

    assert told(at_once) == told(50)
    places = [at for at, line in enumerate(told(at_once)) if b"2024-02-30" in line or "2024年02月30日".encode() in line]
    assert places == ([0, 36, 49] if layout.newest_first else [0, 13, 49])


def test_yuan_has_two_decimals() -> None:
    assert [yuan(0), yuan(7), yuan(123_456)] == ["0.00", "0.07", "1234.56"]
