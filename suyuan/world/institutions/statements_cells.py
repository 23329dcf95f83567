"""The words that layouts fill their columns with: each gives the cells of many lines at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.world import DAY
from suyuan.world.institutions.statements_entries import Entries
from suyuan.world.institutions.statements_faces import Faces
from suyuan.world.institutions.statements_fees import elsewhere
from suyuan.world.institutions.statements_layouts import Cell, Layout, figures
from suyuan.world.institutions.statements_ledger import Ledger
from suyuan.world.institutions.statements_numbers import Whole, log_numbers
from suyuan.world.institutions.statements_pieces import Encoding, Piece, code, money, numbered, shown_where, taken
from suyuan.world.institutions.statements_ways import amounts_told, arrived, named, numbers_told, posted

_LONGEST = 100  # characters a memo may have: one that is cut there is not cut
_EPOCH = date(1970, 1, 1)
_DAYS = range(19_000, 21_000)  # 2022-01-08 to 2027-06-30, since 1970: longer than any world lives


@dataclass(frozen=True, kw_only=True)
class Page:
    """Lines of one layout. `first` is the number of the first; `broken` why all of them are to be refused, or empty."""

    ledger: Ledger
    layout: Layout
    entries: Entries
    first: int = 1
    broken: str = ""

    @property
    def faces(self) -> Faces:
        """Of the accounts."""
        return self.ledger.faces

    @cached_property
    def amount(self) -> Ints:
        """What the line says has moved, in fen."""
        return amounts_told(self.faces, self.layout, self.entries, self.ledger.amount)

    @cached_property
    def other(self) -> Whole:
        """The other side as far as the line names it; else the place of nobody."""
        return named(self.faces, self.layout, self.entries)


@cache
def _days(form: str, encoding: Encoding) -> pa.Array:
    days = [_EPOCH + timedelta(days=n) for n in _DAYS]
    told = [form.replace("%Y", f"{day.year}").replace("%m", f"{day.month:02d}") for day in days]
    texts = [text.replace("%d", f"{day.day:02d}") for text, day in zip(told, days, strict=True)]
    return pa.array([code(text, encoding) for text in texts], pa.binary())


@cache
def _times(form: str) -> pa.Array:
    told = [
        form.replace("%H", f"{n // 3600:02d}").replace("%M", f"{n // 60 % 60:02d}").replace("%S", f"{n % 60:02d}")
        for n in range(DAY)
    ]
    return pa.array([each.encode() for each in told], pa.binary())


@cache
def _words(texts: tuple[str, ...], encoding: Encoding) -> pa.Array:
    return pa.array([code(text, encoding) for text in texts], pa.binary())


def _day(page: Page, details: Sequence[str]) -> list[Piece]:
    return [taken(_days(details[0], page.layout.encoding), page.entries.day - _DAYS[0])]


def _time(page: Page, details: Sequence[str]) -> list[Piece]:
    return [taken(_times(details[0]), page.entries.second)]


def _moment(page: Page, details: Sequence[str]) -> list[Piece]:
    day, _, time = details[0].partition(" ")
    return [*_day(page, [day]), b" ", *_time(page, [time])]


def _posted(page: Page, details: Sequence[str]) -> list[Piece]:
    day = posted(page.layout.ways.posts, page.entries)
    return [taken(_days(details[0], page.layout.encoding), day - _DAYS[0])]


def _marked(page: Page, fen: Ints, details: Sequence[str]) -> list[Piece]:
    style, mark = details[0], code(details[1], page.layout.encoding) if len(details) > 1 else b""
    return money(fen, style, mark=mark)  # type: ignore[arg-type]


def _amount(page: Page, details: Sequence[str]) -> list[Piece]:
    return _marked(page, page.amount, details)


def _signed(page: Page, details: Sequence[str]) -> list[Piece]:
    return _marked(page, np.where(page.entries.into, page.amount, -page.amount), details)


def _in(page: Page, details: Sequence[str]) -> list[Piece]:
    return shown_where(_amount(page, details), page.entries.into)


def _out(page: Page, details: Sequence[str]) -> list[Piece]:
    return shown_where(_amount(page, details), ~page.entries.into)


def _balance(page: Page, details: Sequence[str]) -> list[Piece]:
    return _marked(page, page.entries.balance, details)


def _side(page: Page, details: Sequence[str]) -> list[Piece]:
    return [taken(_words((details[1], details[0]), page.layout.encoding), page.entries.into.astype(np.int8))]


def _cash(page: Page, details: Sequence[str]) -> list[Piece]:
    in_cash = page.entries.other == page.ledger.faces.nobody
    return [taken(_words((details[1], details[0]), page.layout.encoding), in_cash.astype(np.int8))]


def _text(page: Page, details: Sequence[str]) -> list[Piece]:
    return [code(details[0], page.layout.encoding)]


def _worded(name: str) -> "_Word":
    def cells(page: Page, _: Sequence[str]) -> list[Piece]:
        table = page.ledger.cells(name, page.layout.encoding)
        return [taken(table, page.ledger.places[name][page.entries.transfer])]

    return cells


def _memo(page: Page, _: Sequence[str]) -> list[Piece]:
    """Return memos, those of what comes from elsewhere as the institution words them."""
    encoding, ways, places = page.layout.encoding, page.layout.ways, page.ledger.places["memo"]
    sent = taken(page.ledger.cells("memo", encoding), places[page.entries.transfer])
    if ways.from_elsewhere == "{memo}" and ways.cut >= _LONGEST:
        return [sent]
    told = page.ledger.worded("memo", encoding, form=ways.from_elsewhere, cut=ways.cut)
    here = pa.array(arrived(page.faces, page.entries))
    return [pc.if_else(here, taken(told, places[page.entries.transfer]), sent)]


def _mark(name: str) -> "_Word":
    """Return the word that tells where an order came from: only the payer's institution knows."""
    return lambda page, _: [page.ledger.marks(name, page.entries.transfer, shown=~page.entries.into)]


def _channel(page: Page, details: Sequence[str]) -> list[Piece]:
    table = page.ledger.cells("channel", page.layout.encoding, renamed=figures().channels[details[0]])
    return [taken(table, page.ledger.places["channel"][page.entries.transfer])]


def _own(what: str) -> "_Word":
    return lambda page, _: [taken(page.faces.told(what, page.layout), page.entries.account)]


def _other(what: str) -> "_Word":
    return lambda page, _: [taken(page.faces.told(what, page.layout), page.other)]


def _other_number(page: Page, _: Sequence[str]) -> list[Piece]:
    """Return the other side's number, with stars where the layout knows only its own institution's accounts."""
    if not page.layout.mask_others:
        return [taken(page.faces.told("number", page.layout), page.other)]
    away = elsewhere(page.faces, page.entries.account, page.other)
    table = page.faces.told("number_masked", page.layout)
    return [taken(table, page.other + away * (page.faces.nobody + 1))]


def _party(*, pays: bool, own: str, other: str) -> "_Word":
    """Return the word that tells of the side that pays (or is paid) what `own` and `other` tell of either account."""

    def cells(page: Page, _: Sequence[str]) -> list[Piece]:
        mine = taken(page.faces.told(own, page.layout), page.entries.account)
        theirs = taken(page.faces.told(other, page.layout), page.other)
        is_own = pa.array(~page.entries.into if pays else page.entries.into)
        return [pc.if_else(is_own, mine, theirs)]

    return cells


_Word = Callable[[Page, Sequence[str]], list[Piece]]

WORDS: Mapping[str, _Word] = {
    "empty": lambda _, __: [b""],
    "text": _text,
    "line": lambda page, _: [numbered(np.arange(page.first, page.first + len(page.entries)))],
    "day": _day,
    "time": _time,
    "moment": _moment,
    "posted": _posted,
    "amount": _amount,
    "signed": _signed,
    "in": _in,
    "out": _out,
    "balance": _balance,
    "side": _side,
    "cash": _cash,
    "memo": _memo,
    "kind": _worded("kind"),
    "channel": _channel,
    "ip": _mark("ip"),
    "mac": _mark("mac"),
    "serial": lambda page, _: [numbered(numbers_told(page.layout, page.entries))],
    "log_no": lambda page, _: [numbered(log_numbers(page.entries.transfer, page.entries.into))],
    "own_number": _own("number"),
    "own_account": _own("second"),
    "own_name": _own("name"),
    "own_id_no": _own("id_no"),
    "own_named": _own("named"),
    "other_number": _other_number,
    "other_name": _other("name_told"),
    "other_named": _other("named"),
    "other_bank": _other("bank"),
    "payer_number": _party(pays=True, own="number", other="number"),
    "payer_name": _party(pays=True, own="name", other="name_told"),
    "payer_bank": _party(pays=True, own="bank", other="bank"),
    "payee_number": _party(pays=False, own="number", other="number"),
    "payee_name": _party(pays=False, own="name", other="name_told"),
    "payee_bank": _party(pays=False, own="bank", other="bank"),
}
"""Word → what gives its cells."""


def cells(page: Page, cell: Cell) -> list[Piece]:
    """Return the pieces of one column; the detail `tab` puts a tab behind each cell, as exports do behind numbers."""
    word, details = cell[0], [each for each in cell[1:] if each != "tab"]
    found = BREAKS[page.broken](page, word, details) if page.broken else None
    told = WORDS[word](page, details) if found is None else found
    return [*told, *([b"\t"] if "tab" in cell[1:] else [])]


def _no_date(page: Page, word: str, details: Sequence[str]) -> list[Piece] | None:
    """Return a day that no calendar has."""
    if word not in {"day", "moment", "posted"}:
        return None
    day, _, time = details[0].partition(" ")
    told = code(day.replace("%Y", "2024").replace("%m", "02").replace("%d", "30"), page.layout.encoding)
    return [told, b" ", *_time(page, [time])] if time else [told]


def _no_amount(page: Page, word: str, details: Sequence[str]) -> list[Piece] | None:
    """Return an amount with a third decimal (or half a fen)."""
    into = page.entries.into
    shown = {"amount": None, "signed": None, "in": into, "out": ~into}
    if word not in shown:
        return None
    fen = np.where(into, page.amount, -page.amount) if word == "signed" else page.amount
    whole = details[0] == "fen"
    told = [*money(fen, "fen" if whole else "plain"), b".5" if whole else b"5"]
    where = shown[word]
    return told if where is None else shown_where(told, where)


def _no_direction(page: Page, word: str, _: Sequence[str]) -> list[Piece] | None:
    """Return a word that says of no direction."""
    return [code("冲", page.layout.encoding)] if word == "side" else None


BREAKS: Mapping[str, Callable[[Page, str, Sequence[str]], list[Piece] | None]] = {
    "no_date": _no_date,
    "no_amount": _no_amount,
    "no_direction": _no_direction,
}
"""Reason for which a line is refused → what is told instead; null where the column stays as it is."""


def breakable(layout: Layout) -> list[str]:
    """Return the reasons for which lines of `layout` can be refused."""
    return [reason for reason in BREAKS if reason != "no_direction" or "side" in layout.words]
