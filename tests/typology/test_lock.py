import json
from dataclasses import replace
from pathlib import Path

import pytest

from suyuan.domain.errors import DataError
from suyuan.typology.group import load_group
from suyuan.typology.lock import fingerprint, folder_of, key, read_lock, stale, write_lock
from tests.typology.small import SQL, YML, write


def test_what_is_locked_is_not_stale(tmp_path: Path) -> None:
    group = load_group(write(tmp_path))
    assert [each.key for each in stale(group)] == ["typology.unlocked"]
    assert write_lock(group) == ["lending.many_loans@1"]
    assert stale(group) == []
    assert write_lock(group) == []


@pytest.mark.parametrize(
    ("yml", "sql"),
    [
        (YML.replace("default: 3", "default: 4"), SQL),
        (YML, SQL.replace(">=", ">")),
        (YML, SQL.replace("'borrowed'", "'Borrowed'")),
    ],
)
def test_what_decides_a_firing_changes_the_fingerprint(tmp_path: Path, yml: str, sql: str) -> None:
    write_lock(load_group(write(tmp_path)))
    group = load_group(write(tmp_path, yml=yml, sql=sql))
    assert [each.key for each in stale(group)] == ["typology.changed"]
    with pytest.raises(DataError, match="--rewrite"):
        write_lock(group)
    assert write_lock(group, rewrite=True) == ["lending.many_loans@1"]


def test_prose_comments_and_layout_do_not(tmp_path: Path) -> None:
    write_lock(load_group(write(tmp_path)))
    words = YML.replace("Score 1.0 is ten", "A score of 1.0 is ten").replace("two happen to anybody", "two happen")
    sql = "-- why\n" + SQL.replace("  from loan as l\n  left", "  FROM loan AS l left")
    assert stale(load_group(write(tmp_path, yml=words, sql=sql))) == []


def test_a_new_version_is_added_and_the_old_one_kept(tmp_path: Path) -> None:
    folder = write(tmp_path)
    write_lock(load_group(folder))
    group = load_group(
        write(
            tmp_path,
            yml=YML.replace("version: 1", "version: 2"),
            sql=SQL.replace(">=", ">").replace(":min_loans", ":min_loans - 1"),
        )
    )
    assert write_lock(group) == ["lending.many_loans@2"]
    assert sorted(json.loads((folder / "lock.json").read_text(encoding="utf-8"))) == [
        "lending.many_loans@1",
        "lending.many_loans@2",
    ]


def test_a_draft_needs_no_lock(tmp_path: Path) -> None:
    group = load_group(write(tmp_path, yml=YML.replace("production", "draft")))
    assert stale(group) == []
    assert write_lock(group) == []


@pytest.mark.parametrize("text", ["{", "[]", '{"a@1": 3}'])
def test_a_lock_that_is_none_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "lock.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"lock\.json"):
        read_lock(tmp_path)


def test_a_typology_knows_its_key_folder_and_fingerprint(tmp_path: Path) -> None:
    group = load_group(write(tmp_path))
    typology = group.typologies["lending.many_loans"]
    assert key(typology) == "lending.many_loans@1"
    assert folder_of(group, typology) == tmp_path / "typologies"
    assert fingerprint(typology) != fingerprint(replace(typology, optional=frozenset()))
