"""What stands on paper for an account: its numbers, its holder's name and papers, its institution."""

from dataclasses import dataclass, field
from functools import cached_property
from threading import RLock
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import is_of, row_of
from suyuan.world.frame.world import World
from suyuan.world.institutions.statements_layouts import Layout, institutions
from suyuan.world.institutions.statements_pieces import cells_of

STARS = "****"
_SECOND = 7_919_000_111  # odd, so that second numbers of different accounts differ
_SHORT = 4  # names up to this long are people's and masked


def texts(world: World, table: str, column: str) -> pa.Array:
    """Return a column of texts of `table`, null where nothing is told."""
    found = world.tables.table(table)
    if column not in found.column_names:
        return pa.nulls(found.num_rows, pa.string())
    return found[column].cast(pa.string()).combine_chunks()


def _of_holders(world: World, holders: Ints, *, person: str, company: str) -> pa.Array:
    """Return a text of each holder: column `person` of people, `company` of firms; null of nobody."""
    people, firms = is_of(holders, "person") & (holders >= 0), is_of(holders, "company") & (holders >= 0)
    both = pa.concat_arrays([texts(world, "person", person), texts(world, "company", company)])
    places = np.where(people, row_of(holders), row_of(holders) + world.tables.rows("person"))
    return both.take(pa.array(np.where(people | firms, places, 0), mask=~(people | firms)))


@dataclass(frozen=True)
class Faces:
    """Texts by account row; the place behind the last account is nobody, of whom nothing is told."""

    world: World
    _kept: dict[tuple[str, ...], pa.Array] = field(default_factory=dict)
    _lock: Any = field(default_factory=RLock)

    @property
    def nobody(self) -> int:
        """The place of nobody."""
        return self.world.tables.rows("account")

    @cached_property
    def number(self) -> pa.Array:
        """Account or card numbers."""
        return pc.fill_null(texts(self.world, "account", "number"), "")

    @cached_property
    def second(self) -> pa.Array:
        """Account numbers behind the card numbers: 17 digits, of no use to anyone but their bank."""
        rows = np.arange(self.nobody, dtype=np.int64)
        return pa.array(10**16 + (rows * _SECOND) % 10**16).cast(pa.string())

    @cached_property
    def name(self) -> pa.Array:
        """Holders' names."""
        return pc.fill_null(self._told("holder_name", person="name", company="name"), "")

    @cached_property
    def id_no(self) -> pa.Array:
        """Numbers of the holders' papers."""
        return pc.fill_null(self._told("holder_id_no", person="id_number", company="credit_code"), "")

    def _told(self, column: str, *, person: str, company: str) -> pa.Array:
        """Return what the account tells of its holder, or else what the holder tells."""
        holders = self.world.column("account", "holder_id")
        of_holders = _of_holders(self.world, holders, person=person, company=company)
        return pc.coalesce(texts(self.world, "account", column), of_holders)

    @cached_property
    def bank(self) -> pa.Array:
        """Institutions' names."""
        return pc.fill_null(texts(self.world, "account", "bank"), "")

    @cached_property
    def institution(self) -> Ints:
        """Each account's institution by its place among those that hand over; -1 elsewhere and for nobody."""
        places = pc.index_in(self.bank, value_set=pa.array(list(institutions())))
        return np.append(pc.fill_null(places, -1).to_numpy().astype(np.int64), -1)

    @cached_property
    def holder(self) -> Ints:
        """The id of each account's holder; -1 where nobody is known and for nobody."""
        return np.append(self.world.column("account", "holder_id"), -1)

    @cached_property
    def of_firms(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which accounts firms hold; nobody is none."""
        return is_of(self.holder, "company") & (self.holder >= 0)

    @cached_property
    def rank(self) -> Ints:
        """Each account's place by number, nobody's last: the order in which institutions write."""
        found = np.empty(self.nobody + 1, np.int64)
        found[pc.array_sort_indices(self.number).to_numpy()] = np.arange(self.nobody)
        found[self.nobody] = self.nobody
        return found

    def _text(self, what: str, layout: Layout) -> pa.Array:
        match what:
            case "number" | "second" | "id_no" | "bank" | "name":
                return getattr(self, what)
            case "number_masked":
                tail = pc.utf8_slice_codeunits(self.number, -4)
                stars = pc.binary_join_element_wise(pc.utf8_slice_codeunits(self.number, 0, 6), tail, STARS)
                return pa.concat_arrays([self.number, pa.array([""]), stars])
            case "named":
                told = pc.binary_join_element_wise(self.number, "(", self.name, ")", "")
                return pc.if_else(pc.equal(self.name, ""), self.number, told)
            case "name_told":
                return self._name_told(layout)
        raise ValueError(what)

    def _name_told(self, layout: Layout) -> pa.Array:
        if layout.names == "cut":
            return pc.utf8_slice_codeunits(self.name, 0, layout.cut)
        if layout.names == "full":
            return self.name
        length = pc.utf8_length(self.name)
        last = pc.if_else(pc.greater(length, 2), pc.utf8_slice_codeunits(self.name, -1), "")
        starred = pc.binary_join_element_wise(pc.utf8_slice_codeunits(self.name, 0, 1), last, "*")
        return pc.if_else(pc.and_(pc.greater(length, 1), pc.less_equal(length, _SHORT)), starred, self.name)

    def told(self, what: str, layout: Layout) -> pa.Array:
        """Return a table of cells by place; `number_masked` has a second half, behind nobody, with stars."""
        key = (what, layout.encoding, layout.names, str(layout.cut))
        with self._lock:
            if key not in self._kept:
                cells = pa.concat_arrays([self._text(what, layout), pa.array([""])])
                self._kept[key] = cells_of(cells, layout.encoding)
            return self._kept[key]
