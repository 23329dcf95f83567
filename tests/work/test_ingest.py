"""Files into the lake, one by one: read, recognised, published whole or not at all."""

import json
import os
import zipfile
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from filelock import FileLock

from suyuan.domain.errors import Conflict, NotFound
from suyuan.domain.workspace import Workspace
from suyuan.engine import disk
from suyuan.sources import lake
from suyuan.sources.statement import Hints
from suyuan.work.ingest import Wanted, ingest
from suyuan.work.ingest_report import FileReport, IngestReport
from tests.sources.corpus import CORPUS

NOW = datetime.fromisoformat("2026-01-02 03:04:05")
TRANSFERS = (
    "transfer_id,src_account_id,dst_account_id,amount_fen,currency\nt1,a,b,100,CNY\nt2,a,b,oops,CNY\nt3,b,c,250,CNY\n"
)
STATEMENT = (
    "账号：6222020200012345678,户名：张三,币种：人民币,,\n"
    "交易时间,收入,支出,余额,摘要\n"
    "2024-01-02 03:04:05,100.00,,100.00,工资\n"
    "2024-01-03 03:04:05,,30.00,70.00,消费\n"
)


def take(
    workspace: Workspace, *paths: Path, mapping: str | None = None, again: bool = False, hints: Hints | None = None
) -> IngestReport:
    wanted = Wanted(hints=hints or Hints(), mapping=mapping, again=again)
    return ingest(workspace, paths, wanted=wanted, actor="tester", now=NOW, tell=lambda *_: None)


def one(workspace: Workspace, *paths: Path, **told: object) -> FileReport:
    (report,) = take(workspace, *paths, **told).files  # type: ignore[arg-type]
    return report


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(root=tmp_path / "w")


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _rows(workspace: Workspace) -> dict[str, int]:
    return {
        table: sum(pq.read_metadata(path).num_rows for path in paths) for table, paths in lake.tables(workspace).items()
    }


def test_a_table_of_contract_columns_comes_in_with_what_it_breaks_aside(workspace: Workspace, tmp_path: Path) -> None:
    told = one(workspace, _write(tmp_path, "t.csv", TRANSFERS))
    assert (told.status, told.table, told.mapping, told.source) == ("ingested", "transfer", "contract_csv", "local")
    assert (told.rows_read, told.rows_kept, told.rows_quarantined) == (3, 2, 1)
    assert told.reasons == {"wrong_type:amount_fen": 1}
    assert told.checks["sums"] == {"CNY": {"in": 350, "out": 350, "rows": 2}}
    assert _rows(workspace) == {"transfer": 2}
    assert len(lake.quarantined(workspace)) == 1


def test_a_statement_comes_in_with_its_account_and_its_checks(workspace: Workspace, tmp_path: Path) -> None:
    told = one(workspace, _write(tmp_path, "s.csv", STATEMENT))
    assert (told.table, told.mapping, told.rows_kept) == ("entry", "statement", 2)
    assert (told.checks["in_fen"], told.checks["out_fen"]) == (10_000, 3_000)
    assert told.checks["balance"]["closes"] is True
    assert _rows(workspace) == {"account": 1, "entry": 2}


@pytest.mark.parametrize("how", ["same", "renamed", "zipped"])
def test_a_file_that_is_in_already_adds_nothing(workspace: Workspace, tmp_path: Path, how: str) -> None:
    path = _write(tmp_path, "t.csv", TRANSFERS)
    one(workspace, path)
    match how:
        case "renamed":
            path = _write(tmp_path, "other.txt", TRANSFERS)
        case "zipped":
            path = tmp_path / "t.zip"
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("deep/inside.csv", TRANSFERS)
    told = one(workspace, path)
    assert (told.status, told.rows_kept) == ("already", 2)
    assert told.checks["in_fen"] == 350
    assert _rows(workspace) == {"transfer": 2}
    assert len(list(workspace.ingests.iterdir())) == 1


def test_one_bad_file_stops_no_other(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    _write(folder, "a.csv", TRANSFERS)
    _write(folder, "b.pdf", "%PDF-1.7\n")
    _write(folder, "c.csv", "colour,size\nred,1\n")
    _write(folder, "d.csv", STATEMENT)
    _write(folder, "e.csv", "transfer_id,src_account_id,dst_account_id,amount_fen,currency\n")
    report = take(workspace, folder)
    assert [told.status for told in report.files] == ["ingested", "refused", "asked", "ingested", "refused"]
    assert report.wants_attention
    assert report.files[1].key == "read.pdf"
    assert report.files[2].needs[0].option == "--mapping"
    assert report.files[4].key == "ingest.no_rows"
    assert _rows(workspace) == {"account": 1, "entry": 2, "transfer": 2}


def test_a_file_that_must_be_asked_about_leaves_nothing(workspace: Workspace, tmp_path: Path) -> None:
    path = _write(tmp_path, "s.csv", "\n".join(STATEMENT.split("\n")[1:]))
    told = one(workspace, path)
    assert told.status == "asked"
    assert {need.option for need in told.needs} == {"--own-account"}
    assert all(need.option in need.why for need in told.needs)
    assert _rows(workspace) == {}
    hints = Hints(own_account="6222020200012345678")
    assert one(workspace, path, hints=hints).status == "ingested"


def test_reading_again_replaces_what_a_file_gave(workspace: Workspace, tmp_path: Path) -> None:
    path = _write(tmp_path, "t.csv", TRANSFERS)
    one(workspace, path)
    told = one(workspace, path, again=True, hints=Hints(institution="icbc"))
    assert (told.status, told.source) == ("ingested", "icbc")
    assert _rows(workspace) == {"transfer": 2}
    (part,) = lake.tables(workspace)["transfer"]
    assert set(pq.read_table(part)["source"].to_pylist()) == {"icbc"}


def test_again_without_a_path_reads_files_with_refused_rows(workspace: Workspace, tmp_path: Path) -> None:
    _write(tmp_path / "in", "clean.csv", STATEMENT)
    _write(tmp_path / "in", "t.csv", TRANSFERS)
    take(workspace, tmp_path / "in")
    report = take(workspace, again=True)
    assert [Path(told.file).name for told in report.files] == ["t.csv"]


def test_the_manifest_says_who_when_and_from_where(workspace: Workspace, tmp_path: Path) -> None:
    path = _write(tmp_path, "t.csv", TRANSFERS)
    told = one(workspace, path)
    assert told.sha256 is not None
    manifest = json.loads(lake.manifest_path(workspace, told.sha256).read_text(encoding="utf-8"))
    assert manifest["actor"] == "tester"
    assert manifest["loaded_at"] == "2026-01-02T03:04:05"
    assert manifest["path"] == str(path.resolve())
    assert manifest["rows_kept"] == 2


def test_a_mapping_of_the_workspace_is_found_by_its_header(workspace: Workspace, tmp_path: Path) -> None:
    text = (
        "mapping: mine\nversion: 3\ntitle: {en: m, zh: m}\nrecognise: {columns: [from, to, yuan]}\nsource: mine\n"
        "constants: {currency: CNY}\ntables:\n  transfer:\n"
        "    columns: {src_account_id: '\"from\"', dst_account_id: '\"to\"', amount_fen: fen(yuan)}\n"
    )
    _write(workspace.root / "mappings", "mine.yml", text)
    path = _write(tmp_path, "x.csv", "note\nfrom,to,yuan\na,b,1.50\nb,c,x\n")
    told = one(workspace, path)
    assert (told.mapping, told.version, told.rows_kept) == ("mine", 3, 1)
    assert told.reasons == {"wrong_type:amount_fen": 1}
    assert told.checks["in_fen"] == 150


def test_a_mapping_that_was_asked_for_must_fit(workspace: Workspace, tmp_path: Path) -> None:
    told = one(workspace, _write(tmp_path, "t.csv", TRANSFERS), mapping="amlsim_nodes")
    assert (told.status, told.key) == ("refused", "ingest.mapping_misses")
    with pytest.raises(NotFound, match="no_such"):
        take(workspace, tmp_path / "t.csv", mapping="no_such")
    assert one(workspace, tmp_path / "t.csv", mapping="statement").status == "asked"
    assert one(workspace, tmp_path / "t.csv", mapping="contract_csv").status == "ingested"


def test_entities_of_many_kinds_fill_many_tables(workspace: Workspace, tmp_path: Path) -> None:
    def entity(key: str, schema: str, **properties: str) -> dict[str, object]:
        return {"id": key, "schema": schema, "properties": {name: told.split("|") for name, told in properties.items()}}

    entities = [
        entity("p", "Person", name="张三|Zhang San", birthDate="1980", phone="1|2"),
        entity("c", "Company", name="某公司", incorporationDate="2019-05-06"),
        entity("b", "BankAccount", accountNumber="6222", holder="p", balance="1.50"),
        entity(
            "x", "Payment", payerAccount="b", beneficiaryAccount="b2", amount="12.3", currency="CNY", date="2024-01-02"
        ),
        entity("d", "Directorship", director="p", organization="c", role="董事"),
        entity("o", "Ownership", owner="p", asset="c", percentage="51%"),
        entity("v", "Vessel", name="ship"),
    ]
    path = _write(tmp_path, "e.ftm.json", "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in entities))
    told = one(workspace, path)
    assert told.mapping == "ftm"
    assert _rows(workspace) == {"account": 1, "company": 1, "person": 1, "tie": 2, "transfer": 1}
    assert told.rows_left_out == 1
    assert {each.table for each in told.tables} == {"account", "company", "person", "tie", "transfer"}
    (part,) = lake.tables(workspace)["person"]
    (person,) = pq.read_table(part).to_pylist()
    assert (person["person_id"], person["name"], person["birth_on"], person["phone_2"]) == ("ftm:p", "张三", None, "2")
    ties = pq.read_table(lake.tables(workspace)["tie"][0]).to_pylist()
    assert [(tie["kind"], tie["from_id"], tie["to_id"], tie["share"]) for tie in ties] == [
        ("director", "ftm:p", "ftm:c", None),
        ("shareholder", "ftm:p", "ftm:c", 0.51),
    ]


def test_what_leaves_the_lake_comes_back_as_it_was(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, _write(tmp_path, "t.csv", TRANSFERS), hints=Hints(institution="icbc"))
    (part,) = lake.tables(workspace)["transfer"]
    exported = pq.read_table(part)
    pq.write_table(exported, tmp_path / "export.parquet")
    other = Workspace(root=tmp_path / "other")
    told = one(other, tmp_path / "export.parquet")
    assert (told.table, told.rows_kept) == ("transfer", 2)
    back = pq.read_table(lake.tables(other)["transfer"][0])
    assert back.drop_columns(["row_id"]).to_pylist() == exported.drop_columns(["row_id"]).to_pylist()


def test_a_second_ingest_is_turned_away(workspace: Workspace, tmp_path: Path) -> None:
    path = _write(tmp_path, "t.csv", TRANSFERS)
    one(workspace, path)
    with FileLock(workspace.lock), pytest.raises(Conflict):
        take(workspace, path)


def test_a_full_disk_leaves_the_workspace_as_before(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one(workspace, _write(tmp_path, "s.csv", STATEMENT))
    before = sorted(path.name for path in workspace.root.rglob("*"))

    def full(path: Path) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(disk, "flush", full)
    told = one(workspace, _write(tmp_path, "t.csv", TRANSFERS))
    assert (told.status, told.key) == ("refused", "ingest.cannot_write")
    assert sorted(path.name for path in workspace.root.rglob("*")) == before
    assert _rows(workspace) == {"account": 1, "entry": 2}


@pytest.mark.realdata
@pytest.mark.parametrize(("name", "transfers"), [("cycle200", 117_805), ("fanin200", 118_250)])
def test_amlsim_comes_in_whole_and_without_its_answers(workspace: Workspace, name: str, transfers: int) -> None:
    data = Path(os.environ.get("SUYUAN_REALDATA", Path(__file__).parents[3] / "shared" / "data")) / "amlsim" / name
    if not data.is_dir():
        pytest.skip("the AMLSim samples are not here: set SUYUAN_REALDATA")
    report = take(workspace, data)
    assert not report.wants_attention
    assert _rows(workspace) == {"account": 20_000, "transfer": transfers}
    table = pq.read_table(lake.tables(workspace)["transfer"][0])
    assert not {"isFraud", "is_fraud"} & set(table.column_names)
    assert str(table["booked_at"][0]) == "2017-01-02 00:00:00"
    lines = (data / "transactions.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert sum(table["amount_fen"].to_pylist()) == sum(round(float(line.split(",")[2]) * 100) for line in lines)


@pytest.fixture(scope="session")
def ingested_corpus(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[FileReport]]:
    """Every broken file, ingested by one command: name → its reports."""
    folder = tmp_path_factory.mktemp("corpus")
    for number, entry in enumerate(CORPUS):
        (folder / str(number)).mkdir()
        entry.build(folder / str(number) / entry.name)
    paths = [folder / str(number) / entry.name for number, entry in enumerate(CORPUS)]
    report = take(Workspace(root=folder / "w"), *paths, hints=Hints(own_account="6222020000000000009"))
    found: dict[str, list[FileReport]] = {entry.name: [] for entry in CORPUS}
    for file in report.files:
        found[CORPUS[int(Path(file.file).relative_to(folder).parts[0])].name].append(file)
    return found


@pytest.mark.parametrize("name", [entry.name for entry in CORPUS])
def test_no_broken_file_is_lost_in_silence(ingested_corpus: dict[str, list[FileReport]], name: str) -> None:
    assert ingested_corpus[name]
    for file in ingested_corpus[name]:
        assert file.rows_read == file.rows_kept + file.rows_quarantined
        match file.status:
            case "refused":
                assert file.why
            case "asked":
                assert file.needs
            case _:
                assert file.rows_read or file.status == "already"
                assert bool(file.rows_quarantined) == bool(file.reasons)
