"""Any ledger, written in any layout, comes back to the fen with its balance closing."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suyuan.sources.statement import Hints

at = datetime.fromisoformat


@dataclass(frozen=True)
class Line:
    """One entry of a generated ledger; positive is money in."""

    moment: datetime
    fen: int
    memo: str


@dataclass(frozen=True)
class Layout:
    """How a ledger is written."""

    amounts: str  # split, signed, flagged, flagged_signed
    flags: tuple[str, str]
    day: str
    clock: str  # same (one cell), apart, none
    newest_first: bool
    thousands: bool
    preamble: bool
    footer: bool
    encoding: str


FLAGS = st.sampled_from([("贷", "借"), ("收入", "支出"), ("进", "出"), ("Cr", "Dr"), ("收", "付"), ("C", "D")])
DAYS = st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "%d/%m/%Y"])
LAYOUTS = st.builds(
    Layout,
    amounts=st.sampled_from(["split", "signed", "flagged", "flagged_signed"]),
    flags=FLAGS,
    day=DAYS,
    clock=st.sampled_from(["same", "apart", "none"]),
    newest_first=st.booleans(),
    thousands=st.booleans(),
    preamble=st.booleans(),
    footer=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
)
# Words agree with the sign, as an honest ledger's do: words are evidence.
MOVES = st.lists(
    st.tuples(
        st.integers(1, 40 * 24 * 3600),
        st.integers(1, 5_000_000).flatmap(
            lambda fen: st.one_of(
                st.tuples(st.just(fen), st.sampled_from(["工资", "退款", "转账", ""])),
                st.tuples(st.just(-fen), st.sampled_from(["消费", "缴费", "转账", ""])),
            )
        ),
    ),
    min_size=3,
    max_size=12,
)


def _ledger(moves: list[tuple[int, tuple[int, str]]]) -> list[Line]:
    """A ledger that ends after the 13th of a month, so that days and months cannot be taken for one another."""
    moment, lines = at("2024-02-20 00:00:01"), []
    for seconds, (fen, memo) in moves:
        moment += timedelta(seconds=seconds)
        lines.append(Line(moment=moment, fen=fen, memo=memo))
    last = lines[-1]
    if last.moment.day <= 12:
        lines[-1] = Line(moment=last.moment + timedelta(days=13), fen=last.fen, memo=last.memo)
    return lines


def _money(fen: int, layout: Layout) -> str:
    return f"{fen / 100:,.2f}" if layout.thousands else f"{fen / 100:.2f}"


def _amounts(line: Line, layout: Layout) -> list[str]:
    came = line.fen > 0
    if layout.amounts == "split":
        size = _money(abs(line.fen), layout)
        return [size, ""] if came else ["", size]
    if layout.amounts == "signed":
        return [_money(line.fen, layout)]
    told = line.fen if layout.amounts == "flagged_signed" else abs(line.fen)
    return [_money(told, layout), layout.flags[0] if came else layout.flags[1]]


def _names(layout: Layout) -> list[str]:
    when = ["交易日期", "交易时间"] if layout.clock == "apart" else ["交易时间"]
    money = {"split": ["收入金额", "支出金额"], "signed": ["交易金额"]}.get(layout.amounts, ["交易金额", "借贷标志"])
    return [*when, *money, "账户余额", "摘要"]


def _when(line: Line, layout: Layout) -> list[str]:
    day, clock = line.moment.strftime(layout.day), line.moment.strftime("%H:%M:%S")
    return {"same": [f"{day} {clock}"], "apart": [day, clock], "none": [day]}[layout.clock]


def _written(lines: list[Line], layout: Layout) -> str:
    rows: list[list[str]] = []
    if layout.preamble:
        rows += [["某银行账户交易明细"], ["户名：李雷", "账号：6222000000000001"], []]
    rows.append(_names(layout))
    balance, body = 100_000_000, []
    for line in lines:
        balance += line.fen
        body.append([*_when(line, layout), *_amounts(line, layout), _money(balance, layout), line.memo])
    rows += body[::-1] if layout.newest_first else body
    if layout.footer:
        rows += [[f"共{len(lines)}笔记录"], ["以上明细仅供参考"]]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


@settings(max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES, layout=LAYOUTS)
def test_any_ledger_in_any_layout_comes_back_to_the_fen(
    read_file: Any, tmp_path: Path, moves: Any, layout: Layout
) -> None:
    lines = _ledger(moves)
    path = tmp_path / "statement.csv"
    path.write_bytes(_written(lines, layout).encode(layout.encoding))
    (found,) = read_file(path, hints=Hints(own_account="6222000000000001"))
    assert found.refused == []
    assert [(row["effect"], row["amount_fen"]) for row in found.entries] == [
        ("in" if line.fen > 0 else "out", abs(line.fen)) for line in lines
    ]
    kept = [line.moment if layout.clock != "none" else at(f"{line.moment:%Y-%m-%d}") for line in lines]
    assert found.column("booked_at") == kept
    assert found.report["balance"]["closes"] is True
    assert found.report["totals"]["agree"] is (True if layout.footer else None)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_one_ledger_in_three_encodings_is_one(read_file: Any, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "statement.csv"
    path.write_bytes("账号：6222000000000001\n交易日期,收入,支出,摘要\n2025-01-01,1.00,,工资\n".encode(encoding))
    (found,) = read_file(path)
    assert found.column("memo") == ["工资"]
