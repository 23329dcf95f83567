"""`suyuan demo` as a newcomer types it."""

import json
from pathlib import Path

import pytest

from suyuan.cli.main import main
from suyuan.work import demo as module


def test_it_prints_the_leads_what_was_missed_the_report_and_what_to_type_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SCALE", 0.005)
    with pytest.raises(SystemExit) as leaving:
        main(["--lang", "en", "demo", str(tmp_path / "demo")])
    assert leaving.value.code == 0
    told = capsys.readouterr().out
    assert "blank-credit borrowers" in told
    assert "The truth is known here" in told
    assert "report.html" in told.replace("\n", "")
    assert "Next: suyuan lead show lead-" in told
    with pytest.raises(SystemExit) as leaving:
        main(["leads", "--workspace", str(tmp_path / "demo" / "workspace"), "--json"])
    assert leaving.value.code == 0
    leads = json.loads(capsys.readouterr().out)
    wanted = {
        "lead_id",
        "title",
        "score",
        "amount_fen",
        "typologies",
        "members",
        "provinces",
        "first_at",
        "last_at",
        "hidden",
    }
    assert wanted <= set(leads[0])
    assert {"kind", "id", "role"} == set(leads[0]["members"][0])


def test_a_folder_that_no_demo_made_is_a_conflict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "precious.txt").write_text("x", encoding="utf-8")
    with pytest.raises(SystemExit) as leaving:
        main(["demo", str(tmp_path)])
    assert leaving.value.code == 4
    assert capsys.readouterr().err
