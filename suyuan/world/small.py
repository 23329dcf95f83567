"""Forges the small world of the demonstration: institutions' files of one ring and its honest neighbours."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from suyuan.world.book import Account, Book, Line
from suyuan.world.layouts import Layout, alipay, boc, ccb, columns_of, fund_query, hsbc, icbc, table, wechat
from suyuan.world.ledgers import Ledgers
from suyuan.world.names import Party
from suyuan.world.neighbours import (
    LookAlike,
    market,
    payroll_and_advance,
    refinancing,
    shop_and_wedding,
    small_loan_firm,
    traveller,
)
from suyuan.world.papers import papers
from suyuan.world.rings.lanzhou import Ring, play


@dataclass(frozen=True, kw_only=True)
class Forged:
    """Where the forged files lie. `truth` is no source: it says who is who, for tests and scores alone."""

    files: tuple[Path, ...]
    truth: Path
    ring: Ring
    look_alikes: tuple[LookAlike, ...]


def forge(out: Path, *, seed: int) -> Forged:
    """Write the files of a small world below `out / "files"` and who is who into `out / "truth"`.

    Six layouts of account statements, two returned fund queries and ten tables, as institutions would hand them over.
    Money is conserved, statements balance, identities are invented. The same seed gives the same bytes.

    Raises:
        OSError: A file cannot be written.
    """
    random, book, ledgers = Random(seed), Book(), Ledgers()  # noqa: S311 - repeatable, not secret
    ring = play(book, ledgers, random=random)
    look_alikes = (
        *payroll_and_advance(book, ledgers),
        small_loan_firm(book, ledgers, random=random),
        market(book, ledgers, random=random),
        refinancing(book, ledgers),
        *shop_and_wedding(book, random=random),
        traveller(book, random=random),
    )
    told = {**_statements(book, ring, look_alikes), **papers(ledgers)}
    files = [_write(out / "files" / name, content) for name, content in sorted(told.items())]
    truth = _write(out / "truth" / "ring.json", _truth(ring, look_alikes))
    return Forged(files=tuple(files), truth=truth, ring=ring, look_alikes=look_alikes)


def _statements(book: Book, ring: Ring, look_alikes: Sequence[LookAlike]) -> dict[str, bytes]:
    """Return file name → bytes of every statement."""
    own = {account.number: account for _, account in ring.victims}
    victims = list(own.values())
    honest = {each.name: each.accounts for each in look_alikes}
    single: list[tuple[str, Layout, Account]] = [
        ("支付宝交易明细_示例.csv", alipay, honest["wedding red packets"][0]),
        ("微信支付账单_示例.csv", wechat, honest["shop that sweeps its takings"][0]),
        ("工商银行_明细_1.csv", icbc, victims[0]),
        ("工商银行_明细_2.csv", icbc, victims[3]),
        ("中国银行_流水_1.csv", boc, victims[1]),
        ("建设银行_交易明细_1.xlsx", ccb, victims[2]),
        ("hsbc_statement.csv", hsbc, honest["wage earner with a foreign account"][0]),
    ]
    found = {name: layout(account, book.statement(account)) for name, layout, account in single}
    batches = {
        "甲行反馈": [account for account, _ in ring.accounts if account.number.startswith("6217")],
        "乙行反馈": [account for account, _ in ring.accounts if account.number.startswith("6222")],
        "丙行反馈": [
            *honest["payroll account"],
            *honest["employer's payday advance"],
            *honest["licensed small-loan firm at the cap"],
            *honest["market settlement account"],
            *honest["refinancing to a cheaper bank loan"],
            honest["shop that sweeps its takings"][1],
        ],
    }
    for name, accounts in batches.items():
        statements = [(account, book.statement(account)) for account in accounts]
        found[f"{name}/交易明细信息.csv"] = fund_query(statements)
        found[f"{name}/账户信息.csv"] = _accounts(statements)
    return found


def _accounts(statements: Sequence[tuple[Account, Sequence[Line]]]) -> bytes:
    """Return the accounts a bank returns to the police beside their transactions."""
    head = columns_of(
        "账户开户名称,开户人证件号码,交易卡号,交易账号,账号开户时间,账户余额,可用余额,币种,开户网点,账户状态,账户类型,账号开户银行,开户联系方式"
    )
    kinds = {"card": "个人", "corporate": "对公", "merchant": "商户", "settlement": "结算专户"}
    rows = [
        [
            account.holder.name,
            account.holder.number,
            account.number,
            account.number,
            "2018-03-20",
            f"{lines[-1].balance_fen / 100:.2f}",
            f"{lines[-1].balance_fen / 100:.2f}",
            account.currency,
            "示例支行",
            "正常",
            kinds[account.kind],
            account.bank,
            account.holder.phone,
        ]
        for account, lines in statements
    ]
    return table([head, *rows]).encode("gb18030")


def _truth(ring: Ring, look_alikes: Sequence[LookAlike]) -> bytes:
    def party(each: Party) -> dict[str, str]:
        return {"kind": each.kind, "name": each.name, "number": each.number}

    told = {
        "rings": [
            {
                "key": "lanzhou",
                "members": [{**party(each), "role": role} for each, role in ring.roles],
                "accounts": [{"number": account.number, "role": role} for account, role in ring.accounts],
                "victims": [{**party(each), "account": account.number} for each, account in ring.victims],
                "lent_fen": ring.lent_fen,
                "repaid_fen": ring.repaid_fen,
            }
        ],
        "honest": [
            {
                "looks_like": each.name,
                "parties": [party(one) for one in each.parties],
                "accounts": [account.number for account in each.accounts],
            }
            for each in look_alikes
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
