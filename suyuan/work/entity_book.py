"""Looks things up in one resolution: an entity by its id or by an id of an institution, its records and its pairs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, get_args

import duckdb

from suyuan.access.pseudonym import is_own, pseudonym
from suyuan.domain.errors import DataError, NotFound, UsageError
from suyuan.engine.duck import connect
from suyuan.engine.text import literal
from suyuan.resolve.judgement import Kind
from suyuan.work.entity_store import ResolutionInfo
from suyuan.work.kept import broken

TABLES = ("entity", "entity_member", "entity_redirect", "entity_pair")

Row = dict[str, Any]

_ENTITY_ID = re.compile(r"[pca]-[0-9a-f]{16}")


@dataclass(frozen=True, kw_only=True)
class Meant:
    """Who is meant: an entity as it stands, and the id of an institution where one was named."""

    kind: Kind
    entity_id: str
    lake_id: str | None


class EntityBook:
    """An open resolution. Answers in milliseconds: only the columns and row groups asked for are read."""

    def __init__(self, resolution: ResolutionInfo) -> None:
        """Open the tables of `resolution`.

        Raises:
            DataError: One is gone or broken.
        """
        self.resolution = resolution
        self._con = connect()
        try:
            self._lay(resolution)
        except duckdb.Error as fault:
            self._con.close()
            raise broken(resolution.folder.name, "*.parquet", fault) from fault

    def _lay(self, resolution: ResolutionInfo) -> None:
        for table in TABLES:
            self._con.execute(f"create view {table} as from read_parquet({literal(str(resolution.file(table)))})")

    def __enter__(self) -> Self:
        """Return the open book."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the files."""
        self._con.close()

    def rows(self, sql: str, values: Mapping[str, object] | None = None) -> list[Row]:
        """Return the rows of the select `sql`, which names its values `$name`.

        Raises:
            DataError: A table is gone or broken.
        """
        try:
            rows: list[Row] = self._con.sql(sql, params=dict(values or {})).to_arrow_table().to_pylist()
        except duckdb.Error as fault:
            raise broken(self.resolution.folder.name, "*.parquet", fault) from fault
        return rows

    def write_csv(self, sql: str, path: Path) -> None:
        """Write the rows of the select `sql` to `path`: UTF-8, a header, quotes only where a value needs them.

        Raises:
            DataError: A table is gone or broken, or `path` cannot be written.
        """
        try:
            self._con.execute(f"copy ({sql}) to {literal(str(path))} (format csv, header, delimiter ',')")
        except duckdb.Error as fault:
            raise DataError("entities.cannot_write", file=path, told=str(fault)) from fault

    def entity(self, entity_id: str) -> Row:
        """Return the row of `entity_id`, or of the entity it went into.

        Raises:
            NotFound: There was never such an entity.
        """
        found = self.rows("select * from entity where entity_id = $id", {"id": entity_id}) or self.rows(
            "select e.* from entity_redirect as r join entity as e on e.entity_id = r.entity_id where r.old_id = $id",
            {"id": entity_id},
        )
        if not found:
            raise NotFound("entities.none", id=entity_id, number=self.resolution.number)
        return found[0]

    def entities(self, entity_ids: Sequence[str]) -> dict[str, Row]:
        """Return the rows of those of `entity_ids` that stand, by id."""
        rows = self.rows("select * from entity where list_contains($ids, entity_id)", {"ids": list(entity_ids)})
        return {row["entity_id"]: row for row in rows}

    def meant(self, text: str, *, kind: Kind | None = None) -> Meant:
        """Return whom `text` names: an entity id, an id in the lake (`source:source_key`) or what stands in for one.

        Args:
            text: As any command prints it.
            kind: Needed where an institution uses one id for two kinds.

        Raises:
            NotFound: Nobody bears it.
            UsageError: It names records of several kinds, or another kind than `kind`.
        """
        if _ENTITY_ID.fullmatch(text):
            row = self.entity(text)
            if kind is not None and row["kind"] != kind:
                raise UsageError("entities.other_kind", id=text, kind=row["kind"], wanted=kind)
            return Meant(kind=row["kind"], entity_id=row["entity_id"], lake_id=None)
        found = self._bearing(text)
        kinds = sorted({row["kind"] for row in found if kind is None or row["kind"] == kind})
        if not kinds:
            raise NotFound("entities.none", id=text, number=self.resolution.number)
        if len(kinds) > 1:
            raise UsageError("entities.several_kinds", id=text, kinds=", ".join(kinds))
        (first, *_) = (row for row in found if row["kind"] == kinds[0])
        return Meant(kind=first["kind"], entity_id=first["entity_id"], lake_id=first["lake_id"])

    def _bearing(self, text: str) -> list[Row]:
        """Return kind, lake id and entity of every id that `text` is or stands in for."""
        select = "select distinct kind, lake_id, entity_id from entity_member"
        found = self.rows(f"{select} where lake_id = $id order by all", {"id": text})
        source, _, stand_in = text.partition(":")
        if found or not (stand_in and is_own(text)):
            return found
        told = self.rows(f"{select} where source = $source order by all", {"source": source})
        return [row for row in told if pseudonym(row["lake_id"]) == text]

    def members(self, entity_id: str) -> list[Row]:
        """Return the records of `entity_id`: `table_name`, `member_row_id`, `source`, `source_key`, `lake_id`."""
        sql = "select * from entity_member where entity_id = $id order by source, lake_id, table_name, member_row_id"
        return self.rows(sql, {"id": entity_id})

    def records(self, lake_ids: Sequence[str], *, kind: Kind) -> list[Row]:
        """Return the records of `kind` that bear one of `lake_ids`, in whatever entity."""
        sql = (
            "select * from entity_member where kind = $kind and lake_id in (select unnest($ids))"
            " order by source, lake_id, table_name, member_row_id"
        )
        return self.rows(sql, {"kind": kind, "ids": list(lake_ids)})

    def pairs(self, entity_id: str) -> list[Row]:
        """Return the compared pairs that a record of `entity_id` stands in, the heaviest first."""
        sql = (
            "select * from entity_pair where left_entity_id = $id or right_entity_id = $id"
            " order by weight desc nulls last, left_lake_id, right_lake_id"
        )
        return self.rows(sql, {"id": entity_id})

    def earlier(self, entity_id: str) -> list[str]:
        """Return the ids that went into `entity_id`, in order."""
        sql = "select distinct old_id from entity_redirect where entity_id = $id order by old_id"
        return [row["old_id"] for row in self.rows(sql, {"id": entity_id})]


def kind_of(value: str) -> Kind:
    """Return the kind of entity called `value`.

    Raises:
        UsageError: There is none.
    """
    for kind in get_args(Kind):
        if kind == value:
            return kind  # type: ignore[no-any-return]
    raise UsageError("entities.bad_kind", value=value, known=", ".join(get_args(Kind)))
