"""A story and an overview to draw, small and whole; every free text can be replaced."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from suyuan.domain.contract import Label
from suyuan.lead.story import (
    DayTold,
    EdgeTold,
    EvidenceTold,
    MemberTold,
    Number,
    Origin,
    ReasonTold,
    Story,
    Who,
)
from suyuan.report.overview import FileTold, LeadLine, Overview, TableTold, TypologyTold

AT = datetime(2024, 1, 5, 10, 30)  # noqa: DTZ001
ROW = "0123456789abcdef:1:7"


def _label(text: str) -> Label:
    return Label(en=f"{text} en", zh=f"{text} zh")


@pytest.fixture
def story() -> Callable[..., Story]:
    """Return a function that makes a story whose free texts all say `text`."""

    def _story(text: str = "Firm", *, kind: str = "company") -> Story:
        return Story(
            lead_id="lead-0123456789ab",
            rank=1,
            title=_label(text),
            score=0.785,
            raised=True,
            severity="urgent",
            currency="CNY",
            amount_fen=7_000_000,
            amount_basis="loans",
            typologies=("lending.routine_loan",),
            provinces=("110000", "620000"),
            first_at=AT,
            last_at=AT + timedelta(days=30),
            hidden=True,
            reports=0,
            signals=2,
            reasons=(
                ReasonTold(
                    reason_no=1,
                    typology_id="lending.routine_loan",
                    title=_label(text),
                    severity="urgent",
                    text=_label(text),
                    finds=_label(text),
                    contribution=0.785,
                    score=0.9,
                    currency="CNY",
                    amount_fen=7_000_000,
                    subjects=2,
                    evidence_rows=1,
                    numbers=(Number(label=_label(text), value=_label(text)),),
                    looks_like=(_label(text),),
                    blind_to=(_label(text),),
                ),
            ),
            members=(
                _member("c-1", kind, "lender"),
                _member("a-1", "account", "collection"),
                _member("p-1", "person", "victim"),
            ),
            members_total=3,
            victims=1,
            roles={"lender": 1, "collection": 1, "victim": 1},
            evidence=(
                EvidenceTold(
                    typology_id="lending.routine_loan",
                    table="loan",
                    row_id=ROW,
                    why="head_cut",
                    weight=0.3,
                    told_at=AT,
                    currency="CNY",
                    amount_fen=70_000,
                    row={
                        "lender_id": "c-1",
                        "borrower_id": "p-1",
                        "principal_fen": 100_000,
                        "received_fen": 70_000,
                        "term_days": 7,
                        "currency": "CNY",
                        "purpose": text,
                    },
                    origins=(Origin(row_id=ROW, file=f"{text}.csv", sheet_no=1, row_no=7),),
                ),
            ),
            evidence_total=1,
            edges=(
                EdgeTold(src_id="c-1", dst_id="p-1", kind="lends", told=1, currency="CNY", amount_fen=70_000),
                EdgeTold(src_id="p-1", dst_id="a-1", kind="repays", told=1, currency="CNY", amount_fen=100_000),
                EdgeTold(src_id="*", dst_id="*", kind="pays", told=9, currency="CNY", amount_fen=1),
            ),
            days=(
                DayTold(moved_on=AT.date(), flow="lent", currency="CNY", told=1, amount_fen=70_000),
                DayTold(moved_on=date(2024, 1, 12), flow="repaid", currency="CNY", told=1, amount_fen=100_000),
            ),
            who=(
                Who(kind="company", id="c-1", name=text, number=None),
                Who(kind="person", id="p-1", name="张三丰", number=None),
                Who(kind="account", id="a-1", name=None, number="6222005865412560019"),
            ),
        )

    return _story


def _member(member_id: str, kind: str, role: str) -> MemberTold:
    return MemberTold(
        kind=kind,
        id=member_id,
        name="张三丰" if kind == "person" else None,
        role=role,
        role_basis="loan.lender_id",
        role_row_id=ROW,
        records=1,
        signals=1,
        evidence_rows=2,
    )


@pytest.fixture
def overview() -> Callable[..., Overview]:
    """Return a function that makes an overview of one lead, or of none."""

    def _overview(text: str = "Firm", *, leads: int = 1) -> Overview:
        line = LeadLine(
            lead_id="lead-0123456789ab",
            rank=1,
            title=_label(text),
            score=0.785,
            raised=True,
            hidden=True,
            currency="CNY",
            amount_fen=7_000_000,
            members=3,
            provinces=("110000", "620000", "330000", "440000"),
            parts=((_label(text), 0.5), (_label(text), 0.285)),
        )
        return Overview(
            run_id="0123456789ab",
            number=3,
            as_of=date(2024, 6, 30),
            engine="duck",
            raise_at=0.5,
            leads_total=leads,
            raised=leads,
            hidden=leads,
            amounts={"CNY": 7_000_000} if leads else {},
            members=3,
            victims=1,
            leads=(line,) * leads,
            typologies=(
                TypologyTold(id="t.a", version=1, title=_label(text), severity="urgent", signals=2, why_skipped=None),
                TypologyTold(
                    id="t.b", version=1, title=_label(text), severity="review", signals=None, why_skipped=_label(text)
                ),
            ),
            files=(
                FileTold(file=text, table="loan", rows_kept=9, rows_quarantined=1, reasons={"missing:currency": 1}),
            ),
            files_total=1,
            tables=(TableTold(table="loan", title=_label(text), rows=9),),
        )

    return _overview
