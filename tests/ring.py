"""A small routine-loan ring as CSV files in the contracts' own language, and a workspace that has read them."""

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from suyuan.domain.workspace import Workspace
from suyuan.sources.statement import Hints
from suyuan.work.ingest import Wanted, ingest
from suyuan.work.init import init
from suyuan.work.run import Ran, run

NOW = datetime(2026, 11, 22, 9)  # noqa: DTZ001
START = datetime(2018, 9, 1, 9)  # noqa: DTZ001
FIRM = "捷融网络科技有限公司"
PHONE = "13909310001"
CARD = "6222005865412560019"

Tables = Mapping[str, Sequence[Mapping[str, Any]]]


def ring(*, borrowers: int = 12, loans: int = 3, firm: str = FIRM, prefix: str = "") -> Tables:
    """Return one lender with its boss, who books 1,000 for a week and hands out 700, again and again."""
    tables: dict[str, list[dict[str, Any]]] = {
        "company": [{"company_id": f"reg:C{prefix}", "name": firm, "region_code": "620102"}],
        "person": [{"person_id": f"reg:B{prefix}", "name": "马建国", "phone": PHONE, "region_code": "520102"}],
        "tie": [
            {
                "tie_id": f"reg:T{prefix}",
                "from_id": f"reg:B{prefix}",
                "to_id": f"reg:C{prefix}",
                "kind": "legal_representative",
            }
        ],
        "account": [
            {"account_id": f"bank:K{prefix}", "number": CARD, "holder_id": f"reg:C{prefix}", "currency": "CNY"}
        ],
        "loan": [],
        "repayment": [],
    }
    for borrower in range(borrowers):
        who = f"{prefix}V{borrower}"
        tables["person"].append({"person_id": f"app:{who}", "name": f"张{borrower}", "region_code": "110105"})
        for turn in range(loans):
            at = START + timedelta(days=7 * turn, hours=borrower)
            tables["loan"].append(
                {
                    "loan_id": f"app:{who}-{turn}",
                    "lender_id": f"reg:C{prefix}",
                    "lender_kind": "unlicensed",
                    "borrower_id": f"app:{who}",
                    "currency": "CNY",
                    "principal_fen": 100_000,
                    "received_fen": 70_000,
                    "term_days": 7,
                    "signed_on": f"{at:%Y-%m-%d}",
                    "paid_out_at": f"{at:%Y-%m-%d %H:%M:%S}",
                    "status": "closed",
                }
            )
            paid = at + timedelta(days=7, hours=1)
            tables["repayment"].append(
                {
                    "repayment_id": f"app:R{who}-{turn}",
                    "loan_id": f"app:{who}-{turn}",
                    "payer_id": f"app:{who}",
                    "payee_account_id": f"bank:K{prefix}",
                    "paid_at": f"{paid:%Y-%m-%d %H:%M:%S}",
                    "time_precision": "second",
                    "amount_fen": 100_000,
                    "currency": "CNY",
                }
            )
    return tables


def read_in(workspace: Workspace, folder: Path, tables: Tables, *, now: datetime = NOW) -> None:
    """Write `tables` as CSV files into `folder` and ingest them."""
    folder.mkdir(parents=True, exist_ok=True)
    init(workspace)
    for table, rows in tables.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ["source", *rows[0]])
            writer.writeheader()
            writer.writerows({"source": "lab", **row} for row in rows)
    report = ingest(workspace, [folder], wanted=Wanted(hints=Hints()), actor="test", now=now, tell=lambda *_: None)
    told = report.to_json()
    assert set(told["by_status"]) <= {"ingested", "already"}, told
    assert sum(file["rows_quarantined"] for file in told["files"]) == 0, told


def ring_run(root: Path, **more: Any) -> tuple[Workspace, Ran]:
    """Return a workspace below `root` that has read one ring, and its run."""
    workspace = Workspace(root=root / "w")
    read_in(workspace, root / "files", ring(**more))
    return workspace, run(workspace=workspace, now=NOW)
