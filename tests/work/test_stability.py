"""Ids through days, institutions and files taken out: what did not change is called as it was."""

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from suyuan.domain.ids import resident
from suyuan.domain.workspace import Workspace
from suyuan.work.entity_changes import EntityChanges, changes
from suyuan.work.entity_store import TABLES, ResolutionInfo
from suyuan.work.ingest_undo import ingest_undo
from suyuan.work.resolve import resolve
from tests.work.lake_of import NOW, people, take

DAYS = ("2024-03-01", "2024-03-02", "2024-03-03", "2024-03-04")
NAMES = ("赵明德", "钱小红", "孙立军", "李秀兰", "周建国", "吴桂英", "郑海涛", "王玉梅", "冯志强", "陈丽华")
ROADS = (
    "庆阳路7号",
    "张掖路120号",
    "民主东路33号",
    "渭源路5号",
    "甘南路618号",
    "中山路41号",
    "武都路9号",
    "天水南路222号",
    "平凉路86号",
    "白银路301号",
)
TRANSFER = "transfer_id,src_account_id,dst_account_id,booked_at,time_precision,amount_fen,currency"
PERSON = "person_id,name,id_number,birth_on,phone,address"


def key(number: int) -> str:
    return resident.compose(region_code="620102", birth_on=date(1970 + number, 1, 1 + number), sequence=101 + number)


def phone(number: int) -> str:
    return f"13{(number + 1) * 7919 % 10}{(number + 3) * 48_271_321 % 10**8:08}"


def register(prefix: str, dice: random.Random) -> str:
    """Tell ten people as an institution does: seven with their identity number, three by name, birth and phone."""
    rows = [
        f"{prefix}{n},{name},{key(n) if n < 7 else ''},{date(1970 + n, 1, 1 + n)},{phone(n)},兰州市城关区{ROADS[n]}"
        for n, name in enumerate(NAMES)
        if dice.random() < 0.9
    ]
    return "\n".join([PERSON, *rows]) + "\n"


def day(which: str, dice: random.Random) -> str:
    """Tell a day of transfers between accounts that no register holds; most return from day to day."""
    sides = [(dice.randrange(30), dice.randrange(30)) for _ in range(25)]
    rows = [
        f"t{which}-{n},62220202000012{one:04},62220202000099{other:04},{which} 09:{n:02}:00,second,{100 + n},CNY"
        for n, (one, other) in enumerate(sides)
    ]
    return "\n".join([TRANSFER, *rows]) + "\n"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Registers of two institutions and four days of transfers, by name."""
    dice = random.Random(4)
    told = {name: register(name[0], dice) for name in ("bank", "wallet")}
    told |= {each: day(each, dice) for each in DAYS}
    found = {}
    for name, text in told.items():
        found[name] = tmp_path / f"{name}.csv"
        found[name].write_text(text, encoding="utf-8")
    return found


def read_in(workspace: Workspace, files: dict[str, Path], *names: str) -> ResolutionInfo:
    """Take the files in and return who is then who."""
    for name in names:
        take(workspace, "clearing" if name in DAYS else name, files[name])
    return resolve(workspace=workspace).resolution


def since(before: ResolutionInfo, after: ResolutionInfo) -> EntityChanges:
    return changes(before.read("entity_member"), after.read("entity_member"))


def holders(info: ResolutionInfo) -> dict[frozenset[tuple[str, str]], str]:
    """Return the ids of institutions that an entity holds → its id."""
    found: dict[str, set[tuple[str, str]]] = {}
    for row in info.read("entity_member").to_pylist():
        found.setdefault(row["entity_id"], set()).add((row["kind"], row["lake_id"]))
    return {frozenset(ids): entity for entity, ids in found.items()}


def ids(table: pa.Table) -> list[str]:
    return sorted(table["entity_id"].to_pylist())


@pytest.mark.parametrize("order", [DAYS, DAYS[::-1], (DAYS[2], DAYS[0], DAYS[3], DAYS[1])], ids=" ".join)
def test_a_day_more_renames_nobody_who_did_not_change(
    tmp_path: Path, files: dict[str, Path], order: Sequence[str]
) -> None:
    workspace = Workspace(root=tmp_path / "w")
    stood = read_in(workspace, files, order[0])
    known = holders(stood)
    for each in order[1:]:
        now = read_in(workspace, files, each)
        counts = since(stood, now).counts
        assert {word: counts[word] for word in ("renamed", "reduced", "merged", "split", "gone")} == {
            "renamed": 0, "reduced": 0, "merged": 0, "split": 0, "gone": 0
        }  # fmt: skip
        assert counts["new"] > 0
        assert counts["unchanged"] == len(known)
        assert {held: holders(now)[held] for held in known} == known
        stood, known = now, holders(now)


def test_an_institution_more_joins_those_who_are_known_and_renames_nobody(
    tmp_path: Path, files: dict[str, Path]
) -> None:
    workspace = Workspace(root=tmp_path / "w")
    stood = read_in(workspace, files, "bank", DAYS[0])
    now = read_in(workspace, files, "wallet", DAYS[1])
    counts = since(stood, now).counts
    assert counts["grown"] > 5
    assert counts["new"] > 5
    assert counts["renamed"] == counts["split"] == counts["gone"] == 0


def test_the_same_files_in_the_same_turns_give_the_same_bytes(tmp_path: Path, files: dict[str, Path]) -> None:
    found = []
    for place in ("one", "two"):
        workspace = Workspace(root=tmp_path / place)
        read_in(workspace, files, "bank", DAYS[0])
        found.append(read_in(workspace, files, DAYS[1], "wallet"))
    first, second = found
    assert (first.number, first.resolution_id) == (2, second.resolution_id)
    for path in sorted(first.folder.iterdir()):
        assert path.read_bytes() == (second.folder / path.name).read_bytes(), path.name


def test_as_of_a_day_is_who_was_who_with_the_files_up_to_it(tmp_path: Path, files: dict[str, Path]) -> None:
    whole, cut = Workspace(root=tmp_path / "whole"), Workspace(root=tmp_path / "cut")
    for name in ("bank", "wallet", *DAYS):
        take(whole, "clearing" if name in DAYS else name, files[name])
    told = resolve(workspace=whole, as_of=date.fromisoformat(DAYS[1])).resolution
    same = read_in(cut, files, "bank", "wallet", *DAYS[:2])
    for table in TABLES:
        assert told.read(table).equals(same.read(table)), table


def test_a_look_back_at_an_earlier_day_changes_no_id_of_today(tmp_path: Path, files: dict[str, Path]) -> None:
    workspace = Workspace(root=tmp_path / "w")
    read_in(workspace, files, DAYS[3])
    today = read_in(workspace, files, *DAYS)
    resolve(workspace=workspace, as_of=date.fromisoformat(DAYS[1]))
    assert resolve(workspace=workspace).resolution.resolution_id == today.resolution_id
    tomorrow = read_in(workspace, files, "bank")
    assert since(today, tomorrow).counts["renamed"] == 0
    assert tomorrow.told["previous"] == today.resolution_id


@pytest.mark.parametrize("name", ["bank", DAYS[1]])
def test_what_is_taken_out_and_taken_in_again_has_the_ids_it_had(
    tmp_path: Path, files: dict[str, Path], name: str
) -> None:
    workspace = Workspace(root=tmp_path / "w")
    read_in(workspace, files, DAYS[2], "wallet")
    stood = read_in(workspace, files, "bank", *DAYS)
    undone = ingest_undo(workspace, f"{name}.csv", reason="test", actor="tester", now=NOW)
    assert undone.changes is not None
    assert undone.changes.counts["renamed"] == undone.changes.counts["new"] == 0
    assert undone.changes.counts["gone"] + undone.changes.counts["reduced"] > 0
    again = read_in(workspace, files, name)
    assert again.number == stood.number + 2
    assert since(stood, again).counts | {"unchanged": len(holders(stood))} == since(stood, again).counts
    assert holders(again) == holders(stood)
    for table in ("entity", "entity_member", "entity_redirect", "entity_pair"):
        assert again.read(table).equals(stood.read(table)), table


def test_of_two_that_a_file_merges_the_older_lives_and_taking_it_out_gives_both_back(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path / "w")
    texts = {"old": people(**{"7": key(1)}), "new": people("1"), "bridge": people(**{"1": key(1)})}
    told: dict[str, ResolutionInfo] = {}
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        take(workspace, "app" if name == "old" else "bank", tmp_path / f"{name}.csv")
        told[name] = resolve(workspace=workspace).resolution
    (oldest,) = ids(told["old"].read("entity"))
    (younger,) = set(ids(told["new"].read("entity"))) - {oldest}
    assert ids(told["bridge"].read("entity")) == [oldest]
    assert told["bridge"].read("entity")["since_no"].to_pylist() == [1]
    assert told["bridge"].read("entity_redirect").to_pylist() == [{"old_id": younger, "entity_id": oldest}]

    undone = ingest_undo(workspace, "bridge.csv", reason="test", actor="tester", now=NOW).to_json()
    (split,) = undone["entities"]["changed"]
    assert (split["change"], split["entity_id"]) == ("split", oldest)
    assert split["other_ids"] == sorted([oldest, younger])
    after = resolve(workspace=workspace).resolution
    assert after.resolution_id == undone["resolution_id"]
    assert holders(after) == holders(told["new"])
    assert after.read("entity_redirect").num_rows == 0
