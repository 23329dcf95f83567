"""What a resolution leaves for the next one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from suyuan.resolve.model.weights import Model

WEIGHED_PAIR = pa.schema(
    [
        *((name, pa.string()) for name in ("kind", "left_digest", "right_digest")),
        ("weight", pa.float64()),
        ("probability", pa.float64()),
        ("levels", pa.string()),
    ]
)
"""What is kept of a scored pair from one resolution to the next: which two contents, and what came of them."""

WEIGHED_PROFILE = pa.schema([("kind", pa.string()), ("digest", pa.string())])
"""Which contents of profiles have been weighed against each other."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What an earlier resolution left: the ids it gave, what it weighed, and by which models.

    `ids` holds its tables `entity_anchor`, `entity_member` and `entity_redirect`. Without models nothing was weighed
    that still counts.
    """

    ids: Mapping[str, pa.Table]
    profiles: pa.Table = field(default_factory=WEIGHED_PROFILE.empty_table)
    pairs: pa.Table = field(default_factory=WEIGHED_PAIR.empty_table)
    models: Mapping[str, Model] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """What the next resolution needs of this one beside its entities, and what people should know of it.

    `left_out`: kind → block → how many values are shared by too many profiles to compare by, and those profiles.
    """

    profiles: pa.Table
    pairs: pa.Table
    models: Mapping[str, Model]
    left_out: Mapping[str, Mapping[str, tuple[int, int]]]
