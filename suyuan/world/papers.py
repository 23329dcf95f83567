"""The tables that lenders, a registry and a supervisor hand over, each with its own column names."""

from suyuan.world.layouts import columns_of, table, yuan
from suyuan.world.ledgers import Ledgers

_DAY = "%Y-%m-%d"
_SECOND = "%Y-%m-%d %H:%M:%S"


def papers(ledgers: Ledgers) -> dict[str, bytes]:
    """Return file name → bytes."""
    texts = {
        "贷款台账.csv": _loans(ledgers),
        "收费明细.csv": _fees(ledgers),
        "还款流水.csv": _repayments(ledgers),
        "客户信息.csv": _people(ledgers),
        "企业登记信息.csv": _firms(ledgers),
        "任职与控制关系.csv": _ties(ledgers),
        "应用上架信息.csv": _apps(ledgers),
        "导流日志.csv": _steerings(ledgers),
        "公共服务账户清单.csv": _services(ledgers),
        "报案登记.csv": _reports(ledgers),
    }
    return {name: ("\ufeff" + table(rows)).encode() for name, rows in texts.items()}


def _loans(ledgers: Ledgers) -> list[list[str]]:
    head = columns_of(
        "借据号,出借方代码,出借方类型,签约方代码,放款账号,平台编号,借款人证件号,收款卡号,合同名义,币种,合同本金(元),实际到账(元),"
        "期限(天),约定年利率,逾期日费率,放款时间,签约日期,到期日期,平账借据号,借据状态,待收本金(元),待收息费(元)"
    )
    rows = [
        [
            loan.number,
            loan.lender.number,
            loan.lender_kind,
            loan.signatory.number,
            loan.payer.number,
            loan.app,
            loan.borrower.number,
            loan.borrower_account.number,
            loan.contract,
            "CNY",
            yuan(loan.principal_fen),
            yuan(loan.received_fen),
            str(loan.term_days),
            f"{loan.yearly_rate}",
            f"{loan.penalty_daily_rate}",
            loan.at.strftime(_SECOND),
            loan.at.strftime(_DAY),
            loan.due_on.strftime(_DAY),
            loan.settles,
            loan.status,
            yuan(loan.claimed_principal_fen),
            yuan(loan.claimed_interest_fen),
        ]
        for loan in ledgers.loans
    ]
    return [head, *rows]


def _fees(ledgers: Ledgers) -> list[list[str]]:
    head = columns_of("收费编号,借据号,费用名称,收费方代码,收费金额(元),收费时间,是否放款时扣除,是否明示")
    rows = [
        [
            f"SF{no:05}",
            fee.loan.number,
            fee.name,
            fee.taker.number,
            yuan(fee.fen),
            fee.at.strftime(_SECOND),
            "是" if fee.withheld else "否",
            "是" if fee.shown else "否",
        ]
        for no, fee in enumerate(ledgers.fees, start=1)
    ]
    return [head, *rows]


def _repayments(ledgers: Ledgers) -> list[list[str]]:
    head = columns_of("还款编号,借据号,还款人证件号,还款卡号,收款账号,还款时间,还款金额(元),还款性质")
    rows = [
        [
            f"HK{no:05}",
            each.loan.number,
            each.loan.borrower.number,
            each.loan.borrower_account.number,
            each.payee.number,
            each.at.strftime(_SECOND),
            yuan(each.fen),
            each.kind,
        ]
        for no, each in enumerate(ledgers.repayments, start=1)
    ]
    return [head, *rows]


def _people(ledgers: Ledgers) -> list[list[str]]:
    head = columns_of("证件号码,客户姓名,手机,所在地区代码,联系地址")
    known = {each.number: each for each in ledgers.people}
    return [head, *([each.number, each.name, each.phone, each.region, each.address] for each in known.values())]


def _firms(ledgers: Ledgers) -> list[list[str]]:
    head = columns_of(
        "统一社会信用代码,企业名称,法定代表人,法定代表人证件号,成立日期,登记状态,行政区划,住所,联系电话,参保人数"
    )
    rows = [
        [
            firm.number,
            firm.name,
            legal_head.name,
            legal_head.number,
            since.strftime(_DAY),
            "存续",
            firm.region,
            firm.address,
            firm.phone,
            str(staff),
        ]
        for firm, legal_head, since, staff in ledgers.firms
    ]
    return [head, *rows]


def _ties(ledgers: Ledgers) -> list[list[str]]:
    head = columns_of("关系编号,主体证件号,对象代码,关系类型,持股比例,起始日")
    rows = [
        [f"GX{no:04}", tie.who.number, tie.to.number, tie.kind, tie.share, tie.since.strftime(_DAY)]
        for no, tie in enumerate(ledgers.ties, start=1)
    ]
    return [head, *rows]


def _apps(ledgers: Ledgers) -> list[list[str]]:
    head = columns_of("平台编号,应用名称,运营方代码,上架日期")
    return [head, *([app, name, firm.number, listed.strftime(_DAY)] for app, name, firm, listed in ledgers.apps)]


def _steerings(ledgers: Ledgers) -> list[list[str]]:
    head = columns_of("日志编号,来源平台,去向平台,用户证件号,跳转时间")
    rows = [
        [f"DL{no:05}", each.from_app, each.to_app, each.who.number, each.at.strftime(_SECOND)]
        for no, each in enumerate(ledgers.steerings, start=1)
    ]
    return [head, *rows]


def _services(ledgers: Ledgers) -> list[list[str]]:
    head = columns_of("服务账户,服务类型,责任人,列入理由,生效日,失效日")
    rows = [
        [each.account.number, each.kind, each.owner, each.reason, each.since.strftime(_DAY), each.until.strftime(_DAY)]
        for each in ledgers.services
    ]
    return [head, *rows]


def _reports(ledgers: Ledgers) -> list[list[str]]:
    head = columns_of("报案编号,报案时间,报案人证件号,涉案账户,涉案借据号,报称损失(元),受理单位")
    rows = [
        [
            f"BA{no:04}",
            each.at.strftime(_SECOND),
            each.victim.number,
            each.account.number,
            each.loan.number,
            yuan(each.fen),
            "示例分局",
        ]
        for no, each in enumerate(ledgers.reports, start=1)
    ]
    return [head, *rows]
