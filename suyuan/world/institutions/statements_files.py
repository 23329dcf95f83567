"""Files of statements: what stands above the lines, the lines, what stands below."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints
from suyuan.world.institutions.statements_cells import Page, cells
from suyuan.world.institutions.statements_entries import Entries
from suyuan.world.institutions.statements_layouts import Layout
from suyuan.world.institutions.statements_ledger import Ledger
from suyuan.world.institutions.statements_pieces import Piece, code, content, lines
from suyuan.world.institutions.statements_ways import amounts_told

_AT_ONCE = 131_072  # lines composed at a time: some 30 MB
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Broken:
    """Lines that are to be refused: their places among the entries, and the reason of each."""

    places: Ints
    reasons: Sequence[str]


UNBROKEN = Broken(places=np.empty(0, np.int64), reasons=())


@dataclass(frozen=True, kw_only=True)
class File:
    """A file that was written: its name, its SHA-256, and the line that each entry stands on (from 1)."""

    name: str
    sha256: str
    line: Ints


def composed(page: Page, broken: Broken, made: Callable[[Page], list[Piece]]) -> pa.Array:
    """Return the lines that are `made` of `page`, of which `broken` are told so that nobody can take them."""
    told = lines(made(page), len(page.entries))
    for reason in dict.fromkeys(broken.reasons):
        places = broken.places[[each == reason for each in broken.reasons]]
        mask = np.zeros(len(page.entries), np.bool_)
        mask[places] = True
        wrong = replace(page, entries=page.entries.at(mask), broken=reason)
        told = pc.replace_with_mask(told, pa.array(mask), lines(made(wrong), int(mask.sum())))
    return told


def pieces(page: Page) -> list[Piece]:
    """Return the pieces of a line: cells, delimiters, and the end."""
    between, told = page.layout.delimiter.encode(), list[Piece]()
    for cell in page.layout.columns.values():
        told += [*cells(page, cell), between]
    return [*told[:-1], page.layout.ending.encode()]


def pages(
    ledger: Ledger, layout: Layout, entries: Entries, broken: Broken, *, at_once: int = _AT_ONCE
) -> Iterator[tuple[Page, Broken]]:
    """Yield `entries` in the order of their lines, some at a time, each with what of it is to be refused."""
    n = len(entries)
    for start in range(0, n, at_once):
        stop = min(start + at_once, n)
        if layout.newest_first:
            places: Any = slice(n - 1 - start, n - 1 - stop if stop < n else None, -1)
            here = n - 1 - broken.places - start
        else:
            places, here = slice(start, stop), broken.places - start
        kept = (here >= 0) & (here < stop - start)
        reasons = [reason for reason, keep in zip(broken.reasons, kept.tolist(), strict=True) if keep]
        page = Page(ledger=ledger, layout=layout, entries=entries.at(places), first=start + 1)
        yield page, Broken(places=here[kept], reasons=reasons)


def line_numbers(layout: Layout, n: int, *, above: int) -> Ints:
    """Return the line of each of `n` entries under `above` lines."""
    found = above + 1 + np.arange(n, dtype=np.int64)
    return found[::-1] if layout.newest_first else found


def write_text(
    path: Path, *, ledger: Ledger, layout: Layout, entries: Entries, bank: str, broken: Broken = UNBROKEN
) -> File:
    """Write `entries` as `layout` prints them, and return what was written."""
    said = _said(ledger, layout, entries, bank=bank)
    ending, digest = layout.ending.encode(), hashlib.sha256()
    header = layout.delimiter.join(layout.columns)
    above = [*(line.format_map(said) for line in layout.before), header]
    with path.open("wb") as file:

        def write(data: bytes | memoryview) -> None:
            file.write(data)
            digest.update(data)

        write(b"\xef\xbb\xbf" if layout.mark else b"")
        write(b"".join(code(line, layout.encoding) + ending for line in above))
        for page, wrong in pages(ledger, layout, entries, broken):
            write(content(composed(page, wrong, pieces)))
        write(b"".join(code(line.format_map(said), layout.encoding) + ending for line in layout.after))
    return File(name=path.name, sha256=digest.hexdigest(), line=line_numbers(layout, len(entries), above=len(above)))


def _said(ledger: Ledger, layout: Layout, entries: Entries, *, bank: str) -> Mapping[str, str]:
    """Return what lines above and below may say of `entries`."""
    amount, into = amounts_told(ledger.faces, layout, entries, ledger.amount), entries.into
    came, went = int(amount[into].sum()), int(amount[~into].sum())
    first = int(entries.balance[0] + np.where(into[0], -amount[0], amount[0])) if len(entries) else 0
    own = int(entries.account[0]) if len(entries) else ledger.faces.nobody
    days = [int(entries.day.min()), int(entries.day.max())] if len(entries) else [0, 0]
    return {
        "bank": bank,
        "name": _face(ledger.faces.name, own),
        "number": _face(ledger.faces.number, own),
        "rows": str(len(entries)),
        "ins": str(int(into.sum())),
        "outs": str(int((~into).sum())),
        "in": yuan(came),
        "out": yuan(went),
        "opening": yuan(first),
        "from": f"{_EPOCH + timedelta(days=days[0])}",
        "to": f"{_EPOCH + timedelta(days=days[1])}",
    }


def _face(texts: pa.Array, place: int) -> str:
    return str(texts[place].as_py()) if place < len(texts) else ""


def yuan(fen: int) -> str:
    """Return `fen`, not negative, as yuan with two decimals."""
    return f"{fen // 100}.{fen % 100:02d}"
