from datetime import datetime

from suyuan.world.book import Account, Book
from suyuan.world.layouts import (
    FUND_QUERY,
    alipay,
    boc,
    ccb,
    columns_of,
    fund_query,
    grouped,
    hsbc,
    icbc,
    table,
    wechat,
    yuan,
)
from suyuan.world.names import person

AT = datetime(2018, 9, 1, 9, 8, 7)  # noqa: DTZ001 - house times carry no zone
OWN = Account(number="6212260000000000017", bank="b", kind="card", holder=person(1), opening_fen=500_000)
OTHER = Account(number="6212260000000000025", bank="c", kind="card", holder=person(2))
BOOK = Book()
BOOK.pay(OWN, OTHER, at=AT, fen=123_456, memo="货款")
BOOK.pay(OTHER, OWN, at=AT.replace(day=2), fen=56, memo="退款")
LINES = BOOK.statement(OWN)


def test_sums_are_written_to_the_fen() -> None:
    assert (yuan(123_456), grouped(123_456), yuan(-5)) == ("1234.56", "1,234.56", "-0.05")


def test_rows_become_csv_and_columns_are_parted_by_commas() -> None:
    assert table([columns_of("a,b"), ["1", "2,3"]]) == 'a,b\r\n1,"2,3"\r\n'


def test_a_fund_query_has_thirty_four_columns_in_gb18030() -> None:
    head, *rows = fund_query([(OWN, LINES)]).decode("gb18030").splitlines()
    assert head.split(",") == FUND_QUERY
    assert len(FUND_QUERY) == 34
    assert [row.split(",")[7] for row in rows] == ["出", "进"]
    assert rows[0].startswith("6212260000000000017\t,")


def test_every_layout_tells_the_same_lines_in_its_own_way() -> None:
    assert "支出：1笔 1234.56元" in alipay(OWN, LINES).decode("gb18030")
    assert "¥1234.56" in wechat(OWN, LINES).decode("utf-8-sig")
    assert "人民币合计" in icbc(OWN, LINES).decode()
    assert '2018-09-01,09:08:07,人民币,"-1,234.56","3,765.44"' in boc(OWN, LINES).decode()
    assert "01/09/2018" in hsbc(OWN, LINES).decode()
    assert ccb(OWN, LINES).startswith(b"PK")
    assert all(layout(OWN, LINES) == layout(OWN, LINES) for layout in (alipay, wechat, icbc, boc, hsbc, ccb))
