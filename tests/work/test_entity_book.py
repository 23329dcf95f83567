from collections.abc import Iterator
from pathlib import Path

import pytest

from suyuan.domain.errors import DataError, NotFound, UsageError
from suyuan.domain.workspace import Workspace
from suyuan.work.entity_book import EntityBook, kind_of
from suyuan.work.entity_store import latest
from tests.resolution import LI_ENTITY, M4_ENTITY, MA_ENTITY, OLD_ENTITY, resolved_people


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return resolved_people(tmp_path_factory.mktemp("people"))


@pytest.fixture
def book(workspace: Workspace) -> Iterator[EntityBook]:
    with EntityBook(latest(workspace)) as opened:
        yield opened


def test_an_entity_is_found_by_its_id_by_an_earlier_one_and_by_an_institutions(book: EntityBook) -> None:
    assert book.meant(MA_ENTITY).entity_id == MA_ENTITY
    assert book.meant(OLD_ENTITY).entity_id == MA_ENTITY
    meant = book.meant("telecom:M3")
    assert (meant.kind, meant.entity_id, meant.lake_id) == ("person", MA_ENTITY, "telecom:M3")


def test_whom_nobody_knows_is_told(book: EntityBook) -> None:
    for text in ("p-ffffffffffffffff", "bank:nobody", "马建国", ":", ""):
        with pytest.raises(NotFound):
            book.meant(text)


def test_a_kind_that_does_not_fit_is_refused(book: EntityBook) -> None:
    with pytest.raises(UsageError, match="person"):
        book.meant(MA_ENTITY, kind="company")
    with pytest.raises(NotFound):
        book.meant("bank:M1", kind="company")
    with pytest.raises(UsageError):
        kind_of("loan")
    assert kind_of("account") == "account"


def test_members_pairs_and_earlier_ids_come_in_a_fixed_order(book: EntityBook) -> None:
    assert [row["lake_id"] for row in book.members(MA_ENTITY)] == ["bank:M1", "telecom:M3", "wallet:M2"]
    assert [row["weight"] for row in book.pairs(M4_ENTITY)] == [0.6, 0.0]
    assert book.earlier(MA_ENTITY) == [OLD_ENTITY]
    assert book.earlier(LI_ENTITY) == []
    assert list(book.entities([LI_ENTITY, "p-ffffffffffffffff"])) == [LI_ENTITY]
    assert [row["entity_id"] for row in book.records(["bank:L1", "bank:M1"], kind="person")] == [LI_ENTITY, MA_ENTITY]


def test_a_quote_in_an_id_is_just_a_letter(book: EntityBook) -> None:
    with pytest.raises(NotFound):
        book.meant("bank:x' or '1'='1")


def test_a_broken_table_is_told(tmp_path: Path) -> None:
    workspace = resolved_people(tmp_path)
    resolution = latest(workspace)
    resolution.file("entity_pair").write_bytes(b"no parquet")
    with pytest.raises(DataError, match=resolution.folder.name):
        EntityBook(resolution)
