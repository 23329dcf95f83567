"""Statements as institutions print them: every layout differs in all that a reader could lean on."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from suyuan.world.book import Account, Line
from suyuan.world.workbook import xlsx

Layout = Callable[[Account, Sequence[Line]], bytes]


def columns_of(text: str) -> list[str]:
    """Return the column names in `text`, parted by commas."""
    return text.split(",")


FUND_QUERY = [
    "交易卡号",
    "交易账号",
    "账户开户名称",
    "开户人证件号码",
    "交易时间",
    "交易金额",
    "交易余额",
    "收付标志",
    "交易对手账卡号",
    "现金标志",
    "对手户名",
    "对手身份证号",
    "对手开户银行",
    "摘要说明",
    "交易币种",
    "交易网点名称",
    "交易网点代码",
    "交易发生地",
    "交易是否成功",
    "传票号",
    "终端号",
    "IP地址",
    "MAC地址",
    "对手交易余额",
    "交易流水号",
    "日志号",
    "凭证种类",
    "凭证号",
    "交易柜员号",
    "商户名称",
    "商户号",
    "备注",
    "交易类型",
    "查询反馈结果原因",
]


def yuan(fen: int) -> str:
    """Return `fen` as yuan with two decimals."""
    return f"{Decimal(fen) / 100:.2f}"


def grouped(fen: int) -> str:
    """Return `fen` as yuan with two decimals and thousands apart."""
    return f"{Decimal(fen) / 100:,.2f}"


def table(rows: Iterable[Sequence[str]], *, ending: str = "\r\n") -> str:
    """Return `rows` as CSV text."""
    told = io.StringIO()
    csv.writer(told, lineterminator=ending).writerows(rows)
    return told.getvalue()


def _signed(line: Line) -> int:
    return line.payment.fen if line.effect == "in" else -line.payment.fen


def _sum(lines: Sequence[Line], effect: str) -> int:
    return sum(line.payment.fen for line in lines if line.effect == effect)


def _count(lines: Sequence[Line], effect: str) -> int:
    return sum(1 for line in lines if line.effect == effect)


def _alipay_row(line: Line) -> list[str]:
    return [
        f"{line.payment.at:%Y-%m-%d %H:%M:%S}",
        "转账红包",
        line.other.holder.name,
        line.other.number,
        line.payment.memo,
        "收入" if line.effect == "in" else "支出",
        yuan(line.payment.fen),
        "余额",
        "交易成功",
        f"{line.payment.serial}\t",
        "\t",
        "",
        "",
    ]


def alipay(account: Account, lines: Sequence[Line]) -> bytes:
    """A wallet's export: GB18030, a preamble with totals, newest first, no balance, a rule below."""
    rule = "-" * 84
    first, last = lines[0].payment.at, lines[-1].payment.at
    head = [
        rule,
        "导出信息：",
        f"姓名：{account.holder.name}",
        f"支付宝账户：{account.number}",
        f"起始时间：[{first:%Y-%m-%d} 00:00:00]    终止时间：[{last:%Y-%m-%d} 23:59:59]",
        "导出交易类型：[全部]",
        f"导出时间：[{last:%Y-%m-%d} 23:59:59]",
        f"共{len(lines)}笔记录",
        f"收入：{_count(lines, 'in')}笔 {yuan(_sum(lines, 'in'))}元",
        f"支出：{_count(lines, 'out')}笔 {yuan(_sum(lines, 'out'))}元",
        "不计收支：0笔 0.00元",
        "",
        "------------------------支付宝（中国）网络技术有限公司  电子客户回单------------------------",
    ]
    columns = [
        "交易时间",
        "交易分类",
        "交易对方",
        "对方账号",
        "商品说明",
        "收/支",
        "金额",
        "收/付款方式",
        "交易状态",
        "交易订单号",
        "商家订单号",
        "备注",
        "",
    ]
    rows = [_alipay_row(line) for line in reversed(lines)]
    return ("\r\n".join(head) + "\r\n" + table([columns, *rows]) + rule + "\r\n").encode("gb18030")


def _wechat_row(line: Line) -> list[str]:
    return [
        f"{line.payment.at:%Y-%m-%d %H:%M:%S}",
        "二维码收款" if line.effect == "in" else "转账",
        line.other.holder.name,
        line.payment.memo,
        "收入" if line.effect == "in" else "支出",
        f"¥{yuan(line.payment.fen)}",
        "零钱",
        "已收钱" if line.effect == "in" else "支付成功",
        f"{line.payment.serial}\t",
        "/\t",
        "/",
    ]


def wechat(account: Account, lines: Sequence[Line]) -> bytes:
    """A wallet's bill: UTF-8 with a mark, sums with ¥, tabs behind long numbers, newest first."""
    first, last = lines[0].payment.at, lines[-1].payment.at
    head = [
        ["微信支付账单明细"],
        [f"微信号：[{account.number}]"],
        [f"起始时间：[{first:%Y-%m-%d} 00:00:00] 终止时间：[{last:%Y-%m-%d} 23:59:59]"],
        ["导出类型：[全部]"],
        [f"导出时间：[{last:%Y-%m-%d} 23:59:59]"],
        [],
        [f"共{len(lines)}笔记录"],
        [f"收入：{_count(lines, 'in')}笔 {yuan(_sum(lines, 'in'))}元"],
        [f"支出：{_count(lines, 'out')}笔 {yuan(_sum(lines, 'out'))}元"],
        ["中性交易：0笔 0.00元"],
        ["注："],
        ["1. 本明细仅供个人对账使用"],
        [],
        ["----------------------微信支付账单明细列表--------------------"],
        [
            "交易时间",
            "交易类型",
            "交易对方",
            "商品",
            "收/支",
            "金额(元)",
            "支付方式",
            "当前状态",
            "交易单号",
            "商户单号",
            "备注",
        ],
    ]
    rows = [_wechat_row(line) for line in reversed(lines)]
    padded = [[*row, *[""] * (11 - len(row))] for row in head]
    return ("\ufeff" + table([*padded, *rows])).encode()


def _icbc_row(line: Line) -> list[str]:
    return [
        f"{line.payment.at:%Y-%m-%d}     \t",
        f"{line.payment.memo:<20}\t",
        f"{'手机银行':<50}\t",
        "CHN                 \t",
        "钞        \t",
        "-                   \t",
        "-                   \t",
        "-              \t",
        f"{grouped(line.payment.fen) if line.effect == 'in' else '':<20}\t",
        f"{grouped(line.payment.fen) if line.effect == 'out' else '':<20}\t",
        "人民币         \t",
        f"{grouped(line.balance_fen):<20}\t",
        f"{line.other.holder.name:<120}\t",
        "",
    ]


def icbc(account: Account, lines: Sequence[Line]) -> bytes:
    """A bank's export with padded cells, in and out columns and totals below; days only, newest first."""
    head = [
        ["明细查询文件下载"],
        [],
        [f"卡号: {account.number}", f"户名: {account.holder.name}"],
        [],
        ["子账户序号: 00000", "子账户类别: 活期"],
        [],
        [
            "交易日期",
            "摘要",
            "交易场所",
            "交易国家或地区简称",
            "钞/汇",
            "交易金额(收入)",
            "交易金额(支出)",
            "交易币种",
            "记账金额(收入)",
            "记账金额(支出)",
            "记账币种",
            "余额",
            "对方户名",
        ],
    ]
    rows = [_icbc_row(line) for line in reversed(lines)]
    foot = [
        [" "],
        ["人民币合计", *[""] * 7, f"{grouped(_sum(lines, 'in')):<20}\t", f"{grouped(_sum(lines, 'out')):<20}\t"],
    ]
    return table([*head, *rows, *foot]).encode()


def boc(account: Account, lines: Sequence[Line]) -> bytes:
    """A bank's list with signed sums and the balance, newest first, date and time apart."""
    columns = [
        "记账日期",
        "记账时间",
        "币别",
        "金额",
        "余额",
        "交易名称",
        "渠道",
        "网点名称",
        "附言",
        "对方账户名",
        "对方卡号/账号",
        "对方开户行",
        "借记卡号",
    ]
    rows = [
        [
            f"{line.payment.at:%Y-%m-%d}",
            f"{line.payment.at:%H:%M:%S}",
            "人民币",
            grouped(_signed(line)),
            grouped(line.balance_fen),
            "网上转账",
            "手机银行",
            "-------------------",
            line.payment.memo,
            line.other.holder.name,
            line.other.number,
            line.other.bank,
            account.number,
        ]
        for line in reversed(lines)
    ]
    return table([["中国银行交易流水明细清单"], columns, *rows], ending="\n").encode()


def ccb(account: Account, lines: Sequence[Line]) -> bytes:
    """A bank's workbook: four lines of preamble, date and time apart, sums out and in as numbers."""
    head: list[list[str | float]] = [
        ["China Construction Bank"],
        ["开户机构：", "示例支行"],
        ["币\u3000\u3000种：", "人民币"],
        ["账\u3000\u3000号：", account.number, "户名：", account.holder.name],
        [],
        [
            "记账日",
            "交易日期",
            "交易时间",
            "支出",
            "收入",
            "账户余额",
            "币种",
            "摘要",
            "对方账号",
            "对方户名",
            "交易地点",
        ],
    ]
    rows: list[list[str | float]] = [
        [
            f"{line.payment.at:%Y%m%d}",
            f"{line.payment.at:%Y%m%d}",
            f"{line.payment.at:%H:%M:%S}",
            line.payment.fen / 100 if line.effect == "out" else 0.0,
            line.payment.fen / 100 if line.effect == "in" else 0.0,
            line.balance_fen / 100,
            "人民币",
            line.payment.memo,
            line.other.number,
            line.other.holder.name,
            "手机银行",
        ]
        for line in lines
    ]
    return xlsx([*head, *rows])


def hsbc(account: Account, lines: Sequence[Line]) -> bytes:
    """An English statement: day first, signed sums, descriptions that hold the other side, newest first."""
    head = [["Account number", account.number], ["Account name", account.holder.name], []]
    columns = ["Date", "Description", "Billing amount", "Billing currency", "Balance", "Balance currency"]
    rows = [
        [
            f"{line.payment.at:%d/%m/%Y}",
            f"{line.payment.memo.upper():<24} {line.other.holder.name}",
            f"{grouped(_signed(line))}\t",
            account.currency,
            f"{grouped(line.balance_fen)}\t",
            account.currency,
        ]
        for line in reversed(lines)
    ]
    return table([*head, columns, *rows], ending="\n").encode()


def fund_query(statements: Sequence[tuple[Account, Sequence[Line]]]) -> bytes:
    """The transactions a bank returns to the police: 34 columns, GB18030, tabs behind long numbers, many accounts."""
    rows = []
    for account, lines in statements:
        for line in lines:
            told = {
                "交易卡号": f"{account.number}\t",
                "交易账号": f"{account.number}\t",
                "账户开户名称": account.holder.name,
                "开户人证件号码": f"{account.holder.number}\t",
                "交易时间": f"{line.payment.at:%Y-%m-%d %H:%M:%S}",
                "交易金额": yuan(line.payment.fen),
                "交易余额": yuan(line.balance_fen),
                "收付标志": "进" if line.effect == "in" else "出",
                "交易对手账卡号": f"{line.other.number}\t",
                "现金标志": "其它",
                "对手户名": line.other.holder.name,
                "对手开户银行": line.other.bank,
                "摘要说明": line.payment.memo,
                "交易币种": "CNY",
                "交易是否成功": "成功",
                "交易流水号": f"{line.payment.serial}\t",
                "交易类型": "转账",
            }
            rows.append([told.get(column, "") for column in FUND_QUERY])
    return table([FUND_QUERY, *rows]).encode("gb18030")
