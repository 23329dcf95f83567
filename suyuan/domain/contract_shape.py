"""What a table contract and a column of it are."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Chain = Literal["people", "funds", "technology", "information", "every", "output"]
Type = Literal["text", "int", "bigint", "double", "boolean", "date", "timestamp", "text[]"]
Unit = Literal["fen", "days", "seconds", "share", "rate", "count", "order", "degree", "score"]
Null = Literal["never", "not_told", "not_yet", "none", "unknown"]
Grade = Literal["C1", "C2", "C3"]
Mask = Literal["none", "name", "id_number", "phone", "account_no", "address", "email", "device", "text", "key"]


@dataclass(frozen=True, kw_only=True)
class Label:
    """What a thing is called, in both languages."""

    en: str
    zh: str


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a contract.

    Attributes:
        type: House type. Timestamps carry no zone and mean UTC+8.
        unit: `fen` is 1/100 of the row's currency; `share` lies in 0..1; `rate` is 1.0 = 100 %; None for text, times,
            booleans.
        null: `never`; `not_told` (the source may leave it out); `not_yet` (it has not happened); `none` (there is no
            such thing); `unknown` (it could not be worked out; a neighbouring column may say why).
        grade: Privacy by JR/T 0171: C3 lets somebody log in or pay as the person, C2 tells who somebody is or how his
            money stands, C1 is for inside use.
        refs: `table.column` this column points at; several mean "one of these".
        later: Filled in after `known_time`; an as-of view shows null (a time: unless it had come by then).
        values: The only values allowed; empty when any value is.
        mask: How a printer hides it.
        ftm: FollowTheMoney property of the contract's schema, where there is one.
    """

    name: str
    type: Type
    null: Null
    label: Label
    grade: Grade
    mask: Mask = "none"
    unit: Unit | None = None
    refs: tuple[str, ...] = ()
    later: bool = False
    values: tuple[str, ...] = ()
    ftm: str | None = None

    @property
    def not_null(self) -> bool:
        """Whether a row without a value breaks the contract."""
        return self.null == "never"


@dataclass(frozen=True, kw_only=True)
class Contract:
    """One table.

    Attributes:
        grain: What one row is.
        key: The columns that tell rows apart. Several witnesses may repeat a key in the lake; entities are resolved
            from them.
        event_time: Column saying when it happened; None when the table holds no events.
        known_time: Column saying when the institution could know the row; None: at any time. Rows with a null there
            are known at any time.
        ftm: FollowTheMoney schema of a row, where there is one.
        columns: By name, in order; source tables begin with `row_id`, `source`, `loaded_at`.
    """

    table: str
    version: int
    chain: Chain
    title: Label
    grain: Label
    key: tuple[str, ...]
    event_time: str | None
    known_time: str | None
    ftm: str | None
    columns: Mapping[str, Column]

    @property
    def is_output(self) -> bool:
        """Whether a run writes this table (no provenance columns) instead of a source."""
        return self.chain == "output"


def provenance() -> tuple[Column, ...]:
    """Return the columns that every row of a source table begins with."""
    row = Label(en="Row in the source file", zh="源文件行号")
    source = Label(en="Giving institution", zh="提供机构")
    loaded = Label(en="Read into the lake at", zh="入库时间")
    return (
        Column(name="row_id", type="text", null="never", label=row, grade="C1"),
        Column(name="source", type="text", null="never", label=source, grade="C1"),
        Column(name="loaded_at", type="timestamp", null="never", label=loaded, grade="C1"),
    )


def frozen_columns(columns: list[Column]) -> Mapping[str, Column]:
    """Return `columns` by name, unchangeable, order kept."""
    return MappingProxyType({column.name: column for column in columns})
