"""A plain table of transfers: an id, a date, an amount, a memo, their columns known by what their names mean."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import duckdb

from suyuan.sources.grid import HEAD_ROWS, Grid
from suyuan.sources.header import HeadRow, headers, plain
from suyuan.sources.reading import identifier

_WORDS: Final[Mapping[str, str]] = {
    "txn": "transaction", "tx": "transaction", "trx": "transaction", "trans": "transaction", "tran": "transaction",
    "dt": "date", "amt": "amount", "desc": "description", "ref": "reference", "acct": "account", "cur": "currency",
    "ccy": "currency", "narration": "narrative", "booking": "posting", "booked": "posted", "at": "date", "on": "date",
}  # fmt: skip
_KEYS: Final = (
    "uniqueid", "transactionid", "transferid", "paymentid", "entryid", "recordid", "lineid", "rowid", "uid", "id",
    "key", "transactionno", "transactionnumber", "transactionreference", "serial", "serialno", "serialnumber",
    "reference", "referenceno", "referencenumber", "ref", "refno", "编号", "唯一编号", "记录编号", "明细编号",
    "交易编号", "转账编号", "交易流水号", "流水号", "交易单号", "交易号", "核心流水号", "账务流水号", "业务流水号",
    "交易订单号", "订单号",
)  # fmt: skip
_UNTOLD: Final = "备注2"
"""The memo of a table without one."""
_TAKEN: Final[Mapping[str, str]] = {"date": "交易时间", "amount": "交易金额", "memo": "摘要"}
"""What a column that was named for a role is called, so that the reader of statements takes it for that."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Which columns somebody named; each may list several names, the first that a file has counts."""

    key: Sequence[str] = ()
    date: Sequence[str] = ()
    amount: Sequence[str] = ()
    memo: Sequence[str] = ()

    def any_of(self, header: HeadRow) -> bool:
        """Return whether `header` bears a name given for a role (the key aside)."""
        return any(header.has(name) for names in (self.date, self.amount, self.memo) for name in names)


def words_of(name: str) -> str:
    """Return a column's name as words: `txn_date`, `txnDate` and `TXN-DATE` are `transaction date`.

    Examples:
        >>> words_of("TxnDate"), words_of("交易_时间"), words_of("AMOUNT")
        ('transaction date', '交易 时间', 'amount')
    """
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return " ".join(_WORDS.get(word, word) for word in re.split(r"[\s_\-.]+", parted.casefold()) if word)


def key_column(header: HeadRow, *, chosen: Sequence[str], relation: str, con: duckdb.DuckDBPyConnection) -> str | None:
    """Return the name of the column that holds the institution's own id; null when there is none.

    One that was chosen is taken as it is, or none; one that is found by its name must be told in nine of ten rows
    (totals below a table have none).
    """
    for name in chosen:
        if header.has(name):
            return plain(name)
    if chosen:
        return None
    bare = {re.sub(r"[_\-.]", "", name): name for name in header.places}
    for known in _KEYS:
        if known not in bare:
            continue
        place = header.places[bare[known]]
        row = con.execute(
            f"SELECT count(nullif(trim({place}::VARCHAR), '')) >= 0.9 * count(*) FROM {relation}"
            f" WHERE row_no > {header.row_no}"
        ).fetchone()
        if row and row[0]:
            return bare[known]
    return None


def as_statement(
    grid: Grid, header: HeadRow, *, key: str | None, chosen: Chosen, con: duckdb.DuckDBPyConnection, name: str
) -> tuple[Grid, Mapping[str, str]]:
    """Return `grid` under names that the reader of statements understands, and those names → the file's own.

    The key is left out of what is read: it names rows and tells nothing of them. `name` is what the new view is called.
    """
    columns: dict[str, str] = {}
    for told, place in header.places.items():
        if told != key:
            columns.setdefault(_called(told, chosen), place)
    read = {**columns, _UNTOLD: "NULL::VARCHAR"}  # a date and an amount alone are a table too
    shown = ", ".join(f"{place} AS {identifier(called)}" for called, place in read.items())
    view = identifier(name)
    con.execute(
        f"CREATE OR REPLACE VIEW {view} AS SELECT row_no, {shown} FROM {grid.relation} WHERE row_no > {header.row_no}"
    )
    head = con.execute(
        f"SELECT {', '.join(f'{identifier(called)}::VARCHAR' for called in read)} FROM {view}"
        f" ORDER BY row_no LIMIT {HEAD_ROWS}"
    ).fetchall()
    own = {place: name for name, place in header.places.items()}
    return (
        replace(
            grid,
            relation=view,
            n_cols=len(read),
            n_rows=None if grid.n_rows is None else grid.n_rows - header.row_no,
            names=tuple(read),
            head=tuple(tuple(row) for row in head),
            tail=(),
        ),
        {called: own[place] for called, place in columns.items()},
    )


def _called(told: str, chosen: Chosen) -> str:
    for role, called in _TAKEN.items():
        if told in {plain(name) for name in getattr(chosen, role)}:
            return called
    return words_of(told)


def header_rows(grid: Grid) -> list[HeadRow]:
    """Return the rows that may be the header of a plain table, the first ones only."""
    return headers(grid)[:10]
