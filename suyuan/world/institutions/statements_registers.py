"""The registers of accounts that banks, wallets and payment firms keep: one row an account."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame import tokens
from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import first_id, is_of
from suyuan.world.frame.world import World
from suyuan.world.institutions.dirt import masked, missing
from suyuan.world.institutions.handed import Handed
from suyuan.world.institutions.keys import customer_no
from suyuan.world.institutions.statements_faces import Faces, texts
from suyuan.world.institutions.statements_layouts import Cell, Institution, Register, figures, institutions
from suyuan.world.institutions.statements_pieces import Piece, cells_of, code, content, lines, money
from suyuan.world.institutions.statements_spoilt import spoilt

_WRONG_DAY = ("2024", "02", "30")


@dataclass(frozen=True, kw_only=True)
class _Rows:
    """The accounts of one institution: their rows, and what its register tells of them."""

    world: World
    faces: Faces
    institution: Institution
    register: Register
    rows: Ints
    id_no: pa.Array
    phone: pa.Array
    customer: pa.Array

    def cell(self, cell: Cell) -> list[Piece]:
        """Return the cells of one column."""
        encoding = self.register.encoding
        if cell[0] == "text":
            return [code(cell[1], encoding)]
        if cell[0] == "balance":
            fen = np.asarray(self.world.column("account", "balance_fen"), np.int64)
            return money(fen[self.rows] if len(fen) else self.rows * 0, "plain")
        return [cells_of(self._texts(cell[0]), encoding), *([b"\t"] if "tab" in cell else [])]

    def _texts(self, word: str) -> pa.Array:
        own = {"id_no": self.id_no, "phone": self.phone, "customer_no": self.customer}
        if word in own:
            return own[word]
        made = {"opened": self._days, "kind": self._kinds, "device": self._devices}
        if word in made:
            return made[word]()
        if word in {"number", "second", "name", "bank"}:
            return getattr(self.faces, word).take(pa.array(self.rows))
        return texts(self.world, "account", word).take(pa.array(self.rows))

    def _devices(self) -> pa.Array:
        opened = np.asarray(self.world.column("account", "opened_device"), np.int64)[self.rows]
        return tokens.write("device", opened, self.world.options.seed)

    def _days(self) -> pa.Array:
        days = self.world.tables.table("account")["opened_on"].combine_chunks().take(pa.array(self.rows))
        parts = (pc.year(days), pc.month(days), pc.day(days))
        year, month, day = (pc.utf8_lpad(part.cast(pa.string()), 2, "0") for part in parts)
        return _dated(self.register.dates, year, month, day)

    def _kinds(self) -> pa.Array:
        known = self.register.kinds
        told = texts(self.world, "account", "kind").take(pa.array(self.rows)).dictionary_encode()
        words = pa.array([known.get(kind, known["unknown"]) for kind in told.dictionary.to_pylist()], pa.string())
        return words.take(told.indices)


def _dated(form: str, year: pa.Array, month: pa.Array, day: pa.Array) -> pa.Array:
    """Return days as `form` writes them, midnight where it tells the time too."""
    rest = form.replace("%H:%M:%S", "00:00:00").replace("%", "\0%\0").split("\0")
    told, at = list[pa.Array | str](), 0
    while at < len(rest):
        if rest[at] == "%":
            told += [{"Y": year, "m": month, "d": day}[rest[at + 1][0]], rest[at + 1][1:]]
            at += 2
        else:
            told.append(rest[at])
            at += 1
    return pc.binary_join_element_wise(*told, "")


def write_account_registers(world: World, faces: Faces, out: Path, handed: Handed) -> None:
    """Write every institution's register of accounts to `out/<source>/`; records and broken rows go to `handed`.

    Identity numbers are missing, or masked, and phones missing, in the shares of `data/statements.yml`.

    Raises:
        OSError: A file cannot be written.
    """
    order = np.argsort(faces.rank, kind="stable")[: faces.nobody]
    for place, institution in enumerate(institutions().values()):
        rows = order[faces.institution[order] == place]
        if len(rows):
            folder = out / institution.source
            folder.mkdir(parents=True, exist_ok=True)
            _write(_rows(world, faces, institution, rows), folder, handed, out)


def _rows(world: World, faces: Faces, institution: Institution, rows: Ints) -> _Rows:
    register, holders = figures().registers[institution.accounts], world.column("account", "holder_id")[rows]
    chance = world.chance("institutions", "accounts", institution.source)
    of_people = pa.array(is_of(holders, "person") & (holders >= 0))
    told = faces.id_no.take(pa.array(rows))
    id_no = pc.if_else(of_people, masked(chance, told, register.masked_id), told)
    return _Rows(
        world=world,
        faces=faces,
        institution=institution,
        register=register,
        rows=rows,
        id_no=missing(chance, id_no, register.no_id),
        phone=missing(chance, texts(world, "account", "phone").take(pa.array(rows)), register.no_phone),
        customer=customer_no(world, institution.source, holders),
    )


def _write(told: _Rows, folder: Path, handed: Handed, out: Path) -> None:
    register, source = told.register, told.institution.source
    path = folder / f"{told.institution.name}{register.title}.csv"
    places, reasons = spoilt(told.world, source, "account", len(told.rows), ["wrong_type:opened_on"])
    header = register.delimiter.join(register.columns) + register.ending
    body = _spoilt(told, lines(_pieces(told, wrong=False), len(told.rows)), places)
    with path.open("wb") as file:
        file.write((b"\xef\xbb\xbf" if register.mark else b"") + code(header, register.encoding))
        file.write(content(body))
    handed.wrote(path, root=out, source=source, table="account", rows=len(told.rows), broken=len(places))
    _hand(told, path.relative_to(out).as_posix(), handed, places, reasons)


def _pieces(told: _Rows, *, wrong: bool) -> list[Piece]:
    register, pieces = told.register, list[Piece]()
    for cell in register.columns.values():
        if wrong and cell[0] == "opened":
            day = _dated(register.dates, *(pa.array([part]) for part in _WRONG_DAY))[0].as_py()
            pieces += [code(day, register.encoding), register.delimiter.encode()]
        else:
            pieces += [*told.cell(cell), register.delimiter.encode()]
    return [*pieces[:-1], register.ending.encode()]


def _spoilt(told: _Rows, body: pa.Array, places: Ints) -> pa.Array:
    """Return the lines with those at `places` opened on a day that no calendar has."""
    mask = np.zeros(len(body), np.bool_)
    mask[places] = True
    wrong = lines(_pieces(told, wrong=True), len(body)).filter(pa.array(mask))
    return pc.replace_with_mask(body, pa.array(mask), wrong)


def _hand(told: _Rows, file: str, handed: Handed, places: Ints, reasons: Sequence[str]) -> None:
    """Tell `handed` of the records of accounts and of the holders that the register names, and of broken rows."""
    source, rows, world = told.institution.source, told.rows, told.world
    numbers, ids = told.faces.number.take(pa.array(rows)), first_id("account") + rows
    holders, sound = world.column("account", "holder_id")[rows], np.ones(len(rows), np.bool_)
    sound[places] = False
    in_full = pa.array(sound)
    handed.record(source=source, table="account", keys=numbers.filter(in_full), kind="account", ids=ids[sound])
    for kind in ("person", "company"):
        mine = is_of(holders, kind) & (holders >= 0) & sound
        keys, id_no = (each.filter(pa.array(mine)) for each in (told.customer, told.id_no))
        handed.record(source=source, table="account", keys=keys, kind=kind, ids=holders[mine], id_no=id_no)
    broken = np.full(len(rows), None, object)
    broken[places] = reasons
    handed.lines(
        source=source,
        table="account",
        file=file,
        keys=numbers,
        line=np.arange(2, len(rows) + 2, dtype=np.int64),
        ring=world.of(ids, "_ring"),
        step=texts(world, "account", "_step").take(pa.array(rows)),
        scenario=texts(world, "account", "_scenario").take(pa.array(rows)),
        broken=pa.array(broken, pa.string()),
    )
