"""Writes what institutions hand over beside account statements: one folder an institution, one file a table.

Which table of the world goes to whom stands in `data/institutions.yml`, how it is laid out in `data/layouts.yml`, what
goes wrong on the way in `data/dirt.yml`; nothing here knows a table by name but the registers of people, firms, apps.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.domain.contract import Column, contracts
from suyuan.domain.tell import Tell
from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, first_id, is_of, row_of
from suyuan.world.frame.tokens import scrambled
from suyuan.world.frame.world import World
from suyuan.world.institutions.cells import reference, told
from suyuan.world.institutions.dirt import broken, dirty, in_order
from suyuan.world.institutions.files import first_line, write_file
from suyuan.world.institutions.handed import Handed
from suyuan.world.institutions.houses import Institution, Routes, figures, institutions
from suyuan.world.institutions.keys import row_no
from suyuan.world.institutions.layouts import Layout, layout_of

_REGISTERS = ("app", "company", "person")
"""Tables that list whomever the other files name, in the order in which they name one another."""
_SUBJECTS = ("person", "company", "app", "document", "handle")
"""Tables whose own rows a model may name."""
_NUMBERS = {"person": "id_number", "company": "credit_code"}
"""Register → the column with the number by which the state knows whoever stands in it."""
_ORDERS = "payment_order"
"""The table, beside statements, of which a row tells of a transfer."""
_LATE = "_补报"
_Flags = np.ndarray[Any, np.dtype[np.bool_]]
_LABELS = ("_ring", "_step", "_scenario")


def write_registers(world: World, out: Path, handed: Handed, *, tell: Tell = lambda *_: None) -> None:
    """Write every institution's files but statements and registers of accounts below `out`, and tell `handed`.

    Raises:
        ValueError: A row of the world bears a value that its contract does not list.
        OSError: A file cannot be written.
    """
    routes = Routes.of(world)
    tables = [table for table in figures()["routes"] if world.tables.rows(table)]
    sent = {table: routes.send(table) for table in tables}
    paid_by = _paid_by(world)
    for at, institution in enumerate(institutions()):
        tell("registers", at, len(institutions()))
        desk = _Desk(world=world, out=out, handed=handed, institution=institution, paid_by=paid_by)
        desk.name("person", "company", ids=_holders(world, routes, at))
        for table in tables:
            desk.write(table, first_id(table) + np.flatnonzero(sent[table] == at))
        desk.write_registers()
    tell("registers", len(institutions()), len(institutions()))


def _paid_by(world: World) -> Ints:
    """Return for every payment order (row) the transfer by which it was paid; -1 where none was."""
    found = np.full(world.tables.rows(_ORDERS), NOBODY)
    transfers = world.tables.table("transfer")
    if "_order" in transfers.column_names:
        order = _whole(_single(transfers["_order"]))
        told = np.flatnonzero(order >= 0)
        found[row_of(order[told])] = told
    return found


def _holders(world: World, routes: Routes, at: int) -> Ints:
    """Return the holders of the accounts that institution `at` keeps."""
    holders = np.asarray(world.column("account", "holder_id"), np.int64)
    return np.asarray(holders[routes.accounts == at])


@dataclass
class _Desk:
    """One institution while it writes: whom its files have named so far."""

    world: World
    out: Path
    handed: Handed
    institution: Institution
    paid_by: Ints
    """Payment order (row) → its transfer, -1 for none."""
    named: dict[str, _Flags] = field(default_factory=dict)
    """Table of a register → by row of the world's, whether some file names it."""

    def name(self, *tables: str, ids: Ints) -> None:
        """Remember that people, firms or apps `ids` stand in a file."""
        for table in tables:
            named = self.named.setdefault(table, np.zeros(self.world.tables.rows(table), np.bool_))
            named[row_of(ids[is_of(ids, table)])] = True

    def write_registers(self) -> None:
        """Write the files of apps, firms and people whom the others name."""
        for table in _REGISTERS:
            if figures()["whole"].get(table) == self.institution.name:
                self.name(table, ids=first_id(table) + np.arange(self.world.tables.rows(table)))
            if table in self.institution.registers and table in self.named:
                self.write(table, first_id(table) + np.flatnonzero(self.named[table]))

    def write(self, table: str, ids: Ints) -> None:
        """Write the rows `ids` of `table`, those that come late to a file of their own."""
        if not len(ids):
            return
        layout = layout_of(self.institution, table)
        rows = self._rows(layout, self._sorted(table, ids))
        chance = self.world.chance("dirt", self.institution.name, layout.name)
        texts = {
            column.name: dirty(
                chance, column, self._cells(layout, column, rows), table=table, own_numbers=self.institution.own_numbers
            )
            for column in layout.columns
        }
        order, sound = in_order(chance, len(rows.ids)), np.zeros(len(rows.ids), np.bool_)
        for late, places in ((False, order.main), (True, order.late)):
            if len(places):
                sound[self._file(layout, rows, _Made(chance=chance, texts=texts, late=late), places)] = True
        self._tell_records(layout, rows, texts, sound=sound)

    def _sorted(self, table: str, ids: Ints) -> Ints:
        """Return `ids` in the order of their time; without a time, in no order that means anything."""
        mixed = scrambled(row_of(ids), self.world.options.seed, "order", table, bits=29)
        ids = ids[np.argsort(mixed, kind="stable")]
        event = contracts()[table].event_time
        if event is None or event not in self.world.tables.table(table).column_names:
            return ids
        when = self.world.column(table, event)[row_of(ids)]
        return ids[np.argsort(when.astype("datetime64[s]").astype(np.int64), kind="stable")]

    def _rows(self, layout: Layout, ids: Ints) -> "_Rows":
        found = self.world.tables.table(layout.table)
        wanted = [name for name in (*layout.heads, *_LABELS) if name in found.column_names]
        taken = found.select(wanted).take(pa.array(row_of(ids)))
        return _Rows(ids=ids, columns={name: _single(taken[name]) for name in wanted})

    def _cells(self, layout: Layout, column: Column, rows: "_Rows") -> pa.Array:
        """Return the cells of `column` as they should stand, remembering whom they name."""
        if column.name == contracts()[layout.table].key[0] and not column.refs:
            if layout.table in _REGISTERS:
                return reference(self.world, self.institution, rows.ids, [layout.table])
            return row_no(self.world, layout.table, rows.ids)
        values = rows.columns.get(column.name)
        if values is None:
            return pa.nulls(len(rows.ids), pa.string())
        if column.refs:
            self.name(
                *(ref.split(".")[0] for ref in column.refs if ref.split(".")[0] in _REGISTERS), ids=_whole(values)
            )
        return told(self.world, self.institution, layout, column, values)

    def _file(self, layout: Layout, rows: "_Rows", made: "_Made", places: Ints) -> Ints:
        """Write a file of the rows at `places` and return the places of those that can be taken in."""
        texts = {name: each.take(pa.array(places)) for name, each in made.texts.items()}
        spoilt = broken(made.chance, layout, texts, len(places))
        name = layout.file_name.replace(layout.file, layout.file + _LATE) if made.late else layout.file_name
        path = self.out / self.institution.name / name
        write_file(path, layout, spoilt.texts)
        source, table = self.institution.name, layout.table
        self.handed.lines(
            source=source,
            table=table,
            file=path.relative_to(self.out).as_posix(),
            keys=texts[next(iter(layout.heads))],
            line=first_line(layout) + np.arange(len(places), dtype=np.int64),
            ring=_whole(rows.columns["_ring"])[places],
            step=rows.columns["_step"].take(pa.array(places)),
            scenario=rows.columns["_scenario"].take(pa.array(places)),
            broken=spoilt.reasons,
        )
        if table == _ORDERS:
            self.handed.tells(
                source=source,
                table=table,
                file=path.relative_to(self.out).as_posix(),
                keys=texts[next(iter(layout.heads))],
                line=first_line(layout) + np.arange(len(places), dtype=np.int64),
                transfer=self.paid_by[row_of(rows.ids[places])],
                sound=np.asarray(pc.is_null(spoilt.reasons)),
            )
        bad = len(places) - spoilt.reasons.null_count
        self.handed.wrote(path, root=self.out, source=source, table=table, rows=len(places), broken=bad)
        return np.asarray(places[np.asarray(pc.is_null(spoilt.reasons))])

    def _tell_records(self, layout: Layout, rows: "_Rows", texts: Mapping[str, pa.Array], *, sound: _Flags) -> None:
        """Say which person, firm or account each number of the file is, and which app, paper or handle its rows are.

        Whom only refused rows or cells with stars tell is no record: nobody could know of it.
        """
        source, table, own_numbers = self.institution.name, layout.table, self.institution.own_numbers
        if table in _SUBJECTS and (key := contracts()[table].key[0]) in texts:
            ids, told = rows.ids[sound], {name: text.filter(pa.array(sound)) for name, text in texts.items()}
            number = told.get(_NUMBERS.get(table, "")) if own_numbers else told[key]
            kept = number if table in _NUMBERS else None
            self.handed.record(source=source, table=table, keys=told[key], kind=table, ids=ids, id_no=kept)
        for column in layout.columns:
            kinds = [ref.split(".")[0] for ref in column.refs if column.name in rows.columns]
            for kind in kinds:
                if kind == "account" or (kind in _NUMBERS and not own_numbers):
                    shown = sound & _in_full(texts[column.name])
                    own = self._once(kind, _whole(rows.columns[column.name])[shown])
                    keys = reference(self.world, self.institution, own, [kind])
                    number = keys if kind in _NUMBERS else None
                    self.handed.record(source=source, table=table, keys=keys, kind=kind, ids=own, id_no=number)

    def _once(self, table: str, ids: Ints) -> Ints:
        """Return those of `ids` that are rows of `table`, each once and in order."""
        found = np.zeros(self.world.tables.rows(table), np.bool_)
        found[row_of(ids[is_of(ids, table)])] = True
        return first_id(table) + np.flatnonzero(found)


@dataclass(frozen=True, kw_only=True)
class _Rows:
    """Rows of one table as the world keeps them."""

    ids: Ints
    columns: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class _Made:
    """The cells of rows of one table, some of which go to the main file and some to that of the late ones."""

    chance: np.random.Generator
    texts: Mapping[str, pa.Array]
    late: bool


def _single(column: Any) -> Any:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return whole.cast(pa.string()) if pa.types.is_dictionary(whole.type) else whole


def _in_full(texts: pa.Array) -> _Flags:
    """Return which cells tell a number without stars."""
    return np.asarray(pc.fill_null(pc.invert(pc.match_substring(texts, "*")), False))


def _whole(values: Any) -> Ints:
    return np.asarray(values.fill_null(NOBODY).to_numpy(zero_copy_only=False), np.int64)
