"""A statement under examination reads its own first rows of data, cleaned."""

from suyuan.sources.grid import Grid
from suyuan.sources.statement.ask import Hints
from suyuan.sources.statement.header import Header
from suyuan.sources.statement.preamble import Told
from suyuan.sources.statement.sample import Sample
from suyuan.sources.statement.seen import Seen
from suyuan.sources.statement.words import words


def test_only_rows_of_data_and_mapped_columns_are_seen() -> None:
    head = (("日期", "x", "金额"), ("2025-01-01 ", "y", " 5 "), ("合计", "z", "5"))
    grid = Grid(file="x", sha256="0", sheet=None, sheet_no=1, relation="g", n_cols=3, n_rows=3, head=head, tail=head)
    header = Header(
        first_row=1, last_row=1, names=("日期", "x", "金额"), columns={"when": (1,), "amount": (3,)}, score=2.0
    )
    with Sample(grid, first_row=2) as sample:
        seen = Seen(
            grid=grid, header=header, told=Told(), hints=Hints(), words=words(), sample=sample, data="row_no = 2"
        )
        assert set(seen.cells) == {"__c1", "__c3"}
        assert seen.read({"day": "__c1", "sum": "fen"}, {"fen": "__c3::INT * 100"}) == [
            {"day": "2025-01-01", "sum": 500}
        ]
