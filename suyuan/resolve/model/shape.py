"""What a model is made of: comparisons of two profiles by levels, and the blocks in which pairs are looked for."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Level:
    """One way two profiles can agree.

    Attributes:
        label: Catalogue key of what a person reads.
        sql: Condition over `<column>_l` and `<column>_r` that DuckDB and Spark read alike; `else` for the last level.
        m: Share of pairs of one entity that are at this level, before any data is seen.
        u: The same for pairs of two entities.
        rarity: Column whose frequency takes the place of `u`: agreeing on a rare value says more.
    """

    label: str
    sql: str
    m: float
    u: float
    rarity: str | None = None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Levels from the best down; the first that holds counts. Where `null` holds the pair says nothing.

    `keyed_tells` is false where the key itself decides the columns, so that clusters of one key teach nothing.
    """

    name: str
    label: str
    null: str
    levels: tuple[Level, ...]
    keyed_tells: bool = True


@dataclass(frozen=True, kw_only=True)
class Block:
    """Profiles that share one of `keys` are compared.

    Attributes:
        keys: Text expressions over the columns of a profile, in the house dialect; null belongs to no block.
        only: The keyless profile of a pair must fulfil this.
        broad: Used only while all its pairs are few, for small or poor data.
    """

    name: str
    keys: tuple[str, ...]
    only: str | None = None
    broad: bool = False


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Everything that is fixed about the model of one kind.

    Attributes:
        columns: Standard columns of a profile.
        derived: Column → expression over them, in the house dialect, for comparisons and blocks.
        rarities: Column → how often a value must be told before its frequency is kept.
    """

    kind: str
    columns: tuple[str, ...]
    derived: dict[str, str]
    comparisons: tuple[Comparison, ...]
    blocks: tuple[Block, ...]
    rarities: dict[str, int] = field(default_factory=dict)
