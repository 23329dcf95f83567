"""A kill -9 at any moment leaves the workspace as before or as after, and the next command sweeps the rest."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")

HEADER = "transfer_id,src_account_id,dst_account_id,booked_at,time_precision,amount_fen,currency\n"


def test_a_killed_ingest_leaves_the_workspace_as_before_or_as_after(tmp_path: Path) -> None:
    good = "".join(f"t{n},a,b,2024-01-02 03:04:05,second,{n + 1},CNY\n" for n in range(30))
    (tmp_path / "files.csv").write_text(
        HEADER + good + "t99,a,b,2024-01-02 03:04:05,second,abc,CNY\n", encoding="utf-8"
    )
    (tmp_path / "other.csv").write_text(HEADER + good.replace(",a,", ",z,").replace("t1,", "u1,"), encoding="utf-8")
    script = Path(__file__).parent / "kill_ingest.py"
    done = subprocess.run([sys.executable, str(script), str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    trials = [json.loads(line) for line in done.stdout.splitlines()]
    before: dict[str, int] = {}
    after = {"transfer": 30, "refused": 1}
    assert sum(not trial["ended"] for trial in trials) > 15
    for trial in trials:
        assert trial["right_after"] in (before, after)
        assert trial["next"]["transfer"] == trial["right_after"].get("transfer", 0) + 30
        assert trial["orphans"] == 0
        assert trial["staging"] == 0
    assert {len(trial["right_after"]) for trial in trials} == {0, 2}
