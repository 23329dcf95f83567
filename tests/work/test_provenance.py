import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from suyuan.domain.errors import DataError
from suyuan.domain.workspace import Workspace
from suyuan.lead.story import Origin
from suyuan.work.provenance import Origins, content_of, rows_of

DIGEST = "0123456789abcdef"


def test_a_row_id_leads_back_to_file_sheet_and_row(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    workspace.ingests.mkdir(parents=True)
    told = {"file": "a.zip!b.csv", "sha256": DIGEST * 4, "parts": [], "refused": [], "turn": 1}
    (workspace.ingests / f"{DIGEST}.json").write_text(json.dumps(told), encoding="utf-8")
    origins = Origins(workspace)
    row_id = f"{DIGEST}:2:17"
    assert origins.of(row_id) == Origin(row_id=row_id, file="a.zip!b.csv", sheet_no=2, row_no=17)
    assert origins.of("strange") == Origin(row_id="strange", file=None, sheet_no=None, row_no=None)


def test_rows_are_read_from_the_files_their_ids_name(tmp_path: Path) -> None:
    ids = [f"{DIGEST}:1:{n}" for n in (2, 3)]
    pq.write_table(
        pa.table({"row_id": ids, "source": ["s", "s"], "loan_id": ["L2", "L3"], "purpose": [None, "x"]}),
        tmp_path / f"{DIGEST}-2.parquet",
    )
    other = tmp_path / "ffffffffffffffff.parquet"
    other.write_bytes(b"never opened")
    files = {"loan": [tmp_path / f"{DIGEST}-2.parquet", other]}
    assert rows_of("loan", [ids[1], "ffff:1:1"], files=files) == {ids[1]: {"loan_id": "L3", "purpose": "x"}}
    assert rows_of("loan", ids, files=files)[ids[0]] == {"loan_id": "L2"}
    with pytest.raises(DataError):
        rows_of("loan", ["ffffffffffffffff:1:1"], files=files)


def test_content_is_what_the_contract_names_and_is_told() -> None:
    rows = pa.table({"transfer_id": ["t"], "memo": [None], "amount_fen": [5], "surplus": [1]})
    assert content_of("transfer", rows, key="transfer_id") == {"t": {"transfer_id": "t", "amount_fen": 5}}
