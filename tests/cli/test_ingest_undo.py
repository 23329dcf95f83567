"""Taking out, as a person and as a program meets it."""

import json
from pathlib import Path

import pytest

from suyuan.cli.ingest_undo import command
from suyuan.domain.workspace import Workspace
from suyuan.sources import lake
from tests.cli.conftest import Call
from tests.work.lake_of import people, take


@pytest.fixture
def w(tmp_path: Path) -> str:
    """Two files of one institution; the path of the workspace."""
    for name, text in (("a.csv", people("1", "2")), ("b.csv", people("3"))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    take(Workspace(root=tmp_path / "w"), "bank", tmp_path / "a.csv", tmp_path / "b.csv")
    return str(tmp_path / "w")


def held(w: str) -> list[str]:
    return sorted(Path(each["file"]).name for each in lake.manifests(Workspace(root=Path(w))))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["1 files taken out, 2 rows", "2 gone", "1 unchanged", "suyuan run"]),
        ("zh", ["已撤出 1 个文件、2 行", "消失 2"]),
    ],
)
def test_a_person_reads_what_went_and_whom_that_changed(call: Call, w: str, lang: str, words: list[str]) -> None:
    code, out, _ = call("--lang", lang, "ingest", "undo", "a.csv", "-w", w, "--reason", "误送", "--actor", "li")
    assert code == 0
    plain = " ".join(out.split())
    assert all(word in plain for word in words)
    assert plain.count("p-") == 2
    assert held(w) == ["b.csv"]


def test_a_program_gets_one_document(call: Call, w: str) -> None:
    code, out, _ = call("ingest", "undo", "bank", "-w", w, "--reason", "r", "--json")
    told = json.loads(out)
    assert (code, told["what"], told["rows_kept"], told["dry_run"]) == (0, "source", 3, False)
    assert [each["tables"] for each in told["files"]] in (
        [{"person": 2}, {"person": 1}],
        [{"person": 1}, {"person": 2}],
    )
    assert told["entities"]["counts"]["gone"] == 3
    assert all(each["entity_id"].startswith("p-") for each in told["entities"]["changed"])


def test_a_dry_run_says_so_and_takes_nothing_out(call: Call, w: str) -> None:
    code, out, _ = call("--lang", "en", "ingest", "undo", "a.csv", "-w", w, "--dry-run")
    assert code == 0
    assert "Nothing has been written" in " ".join(out.split())
    assert held(w) == ["a.csv", "b.csv"]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["a.csv"], "undo.no_reason"),
        (["absent.csv", "--reason", "r"], "undo.not_found"),
        ([], "cli.usage"),
        (["a.csv", "b.csv", "--reason", "r"], "cli.usage"),
    ],
)
def test_what_cannot_be_done_is_a_question_of_usage(call: Call, w: str, words: list[str], key: str) -> None:
    code, out, _ = call("ingest", "undo", *words, "-w", w, "--json")
    assert (code, json.loads(out)["error"]) == (2, key)
    assert held(w) == ["a.csv", "b.csv"]


def test_files_are_ingested_as_ever_also_one_of_the_name_undo(
    call: Call, w: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("undo").write_text(people("7"), encoding="utf-8")
    Path("c.csv").write_text(people("8"), encoding="utf-8")
    assert call("ingest", "./undo", "-w", w)[0] == 0
    assert call("ingest", "c.csv", "undo", "-w", w)[0] == 0
    assert held(w) == ["a.csv", "b.csv", "c.csv", "undo"]


def test_both_forms_have_help(call: Call) -> None:
    for words, wanted in ((["ingest"], "--own-account"), (["ingest", "undo"], "--reason")):
        code, out, _ = call("--lang", "en", *words, "--help")
        assert code == 0
        assert wanted in out
        assert "suyuan ingest undo" in " ".join(out.split())


def test_it_has_help_an_example_and_json_like_every_command() -> None:
    undo = command()
    assert undo.help
    assert "suyuan ingest undo" in (undo.epilog or "")
    assert "--json" in {option for parameter in undo.params for option in parameter.opts}
    assert all(getattr(parameter, "help", None) for parameter in undo.params if parameter.name != "help")
