"""What a stage plans and an engine runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

import pyarrow as pa

Scalar = str | int | float | bool | date | datetime | None


class Keep(Enum):
    """What a step needs of its result; the engine decides how."""

    VIEW = "view"  # cheap, read once or twice
    TABLE = "table"  # read often, or must not be recomputed


@dataclass(frozen=True, kw_only=True)
class Step:
    """One select in the house dialect, and the name its rows are known by afterwards.

    `params` fill `:named` places as literals. An existing table or view of that name is replaced.
    """

    name: str
    sql: str
    keep: Keep = Keep.VIEW
    params: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ArrowStep:
    """One kernel over whole Arrow tables: reads the named tables, writes `name`.

    `run` gets the tables by name and returns the new one; it must be deterministic and touch nothing else.
    `reads` may hold `name: columns` to narrow what is fetched (None: all columns). With `any_order` the kernel gives
    the same table whatever the order of the rows it gets, and an engine may fetch them faster.
    """

    name: str
    reads: Mapping[str, tuple[str, ...] | None]
    run: Callable[[Mapping[str, pa.Table]], pa.Table]
    any_order: bool = False


AnyStep = Step | ArrowStep
