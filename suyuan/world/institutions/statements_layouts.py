"""How every institution prints statements: `data/statements.yml`, read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from suyuan.domain.yamlfile import read_yaml
from suyuan.world.institutions.statements_pieces import Encoding

_FILE = Path(__file__).parent.parent / "data" / "statements.yml"


def _cell(told: object) -> object:
    return [told] if isinstance(told, str) else told


Cell = Annotated[tuple[str, ...], BeforeValidator(_cell)]
"""The word of a cell and its details, such as `(moment, %Y-%m-%d %H:%M:%S)`."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Posts(_Model):
    """When a day of posting ends: after `hour:minute`, and with `working_days` it is no Saturday and no Sunday."""

    hour: int
    minute: int
    working_days: bool = False


class Fee(_Model):
    """What a payer pays for sending money elsewhere, in fen.

    Attributes:
        whose: Who pays it: firms alone, or owners who send money to an account of their own.
        steps: (amount up to which it is so, fee), rising.
        in_a_million: Of amounts beyond the last step, between `least` and `most`.
    """

    whose: Literal["firms", "owners"]
    steps: tuple[tuple[int, int], ...] = ()
    in_a_million: int
    least: int = 0
    most: int = 10**12


class Ways(_Model):
    """How an institution tells of money that another one tells of too; the words are those of `data/statements.yml`."""

    clock: int
    posts: Posts
    from_elsewhere: str
    own_serials: bool = False
    fee: str | None = None
    cut: int = 100
    unnamed: int = 0


class Layout(_Model):
    """How one kind of statement is printed.

    Attributes:
        title: What the files are called, behind the institution's name.
        mark: Whether a byte order mark begins the file.
        names: How the other side's name is told; `cut` keeps the first characters.
        mask_others: Whether accounts at other institutions are told with stars.
        before: Lines above the header; `after` below the last row.
        columns: Header → cell.
        source: The institution that prints it, empty for no one's in particular; `own_ways` are its ways.
    """

    title: str
    encoding: Encoding
    mark: bool = False
    delimiter: str = ","
    ending: str = "\r\n"
    newest_first: bool = False
    names: Literal["full", "cut", "masked"]
    cut: int = 4
    mask_others: bool = False
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    columns: dict[str, Cell]
    source: str = ""
    own_ways: Ways | None = None

    @property
    def ways(self) -> Ways:
        """How the institution that prints it tells of money that comes from or goes to others."""
        return self.own_ways or usual()

    @property
    def words(self) -> frozenset[str]:
        """The words of all cells."""
        return frozenset(cell[0] for cell in self.columns.values())


class Register(_Model):
    """How one kind of register of accounts is written.

    Attributes:
        dates: Form of the days.
        no_id: Rows in a thousand without the holder's identity number; `masked_id` with it masked.
        no_phone: Rows in a thousand without a phone.
        kinds: Kind of account → its word.
        columns: Header → cell.
    """

    title: str
    encoding: Encoding
    mark: bool = False
    delimiter: str = ","
    ending: str = "\r\n"
    dates: str
    no_id: int
    masked_id: int
    no_phone: int
    kinds: dict[str, str]
    columns: dict[str, Cell]


class _Institution(_Model):
    source: str
    bulk: str
    printed: str | None = None
    accounts: str
    workbook: bool = False
    ways: dict[str, object] = {}


class _Bounds(_Model):
    least: int
    most: int


class _Spoilt(_Model):
    in_a_million: int
    least: int


class Figures(_Model):
    """Everything `data/statements.yml` says."""

    rows_a_file: int
    workbook_rows_a_file: int
    workbook_rows: int
    prints: int
    print_rows: _Bounds
    again: int
    spoilt: _Spoilt
    usual: dict[str, object]
    fees: dict[str, Fee]
    channels: dict[str, dict[str, str]]
    institutions: dict[str, _Institution]
    layouts: dict[str, Layout]
    printed: dict[str, Layout]
    registers: dict[str, Register]


@dataclass(frozen=True, kw_only=True)
class Institution:
    """One that holds accounts: its name, the source its rows bear in the lake, and how it prints."""

    name: str
    source: str
    bulk: Layout
    printed: Layout | None
    accounts: str
    ways: Ways
    workbook: bool = False


@cache
def figures() -> Figures:
    """Return what `data/statements.yml` says.

    Raises:
        ValueError: It is not what it should be; every fault is listed with its place.
    """
    return Figures.model_validate(read_yaml(_FILE))


@cache
def institutions() -> Mapping[str, Institution]:
    """Return those that hold accounts by name, in the order in which they write."""
    return {name: _institution(name, each) for name, each in figures().institutions.items()}


def _institution(name: str, each: _Institution) -> Institution:
    told = figures()
    ways = Ways.model_validate({**told.usual, **each.ways})
    own = {"source": each.source, "own_ways": ways}
    return Institution(
        name=name,
        source=each.source,
        bulk=told.layouts[each.bulk].model_copy(update=own),
        printed=told.printed[each.printed].model_copy(update=own) if each.printed else None,
        accounts=each.accounts,
        ways=ways,
        workbook=each.workbook,
    )


@cache
def usual() -> Ways:
    """Return the ways of an institution of which nothing else is said."""
    return Ways.model_validate(figures().usual)
