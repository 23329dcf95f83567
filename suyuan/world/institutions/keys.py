"""What institutions call their customers and their rows: numbers of their own, in which nothing of the world shows."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import first_id, is_of, numbers, row_of
from suyuan.world.frame.tokens import digits, fixed, scrambled
from suyuan.world.frame.world import World

LETTERS = {"person": "P", "company": "C", "app": "A"}
"""Table of a register → first letter of an institution's number for what stands in it; other tables: `R`."""
_BITS = 29  # 500 million rows of one table


def customer_no(world: World, institution: str, ids: Ints) -> pa.StringArray:
    """Return the numbers by which `institution` knows people and firms `ids`; nobody (-1) is null.

    One number a person and institution, whenever it is asked for; two institutions know a person by numbers that have
    nothing to do with each other. Ten characters, never mistaken for an identity or account number.
    """
    ids = np.asarray(ids, np.int64)
    told = pa.nulls(len(ids), pa.string())
    for table in ("person", "company", "app"):
        mine = is_of(ids, table) & (ids >= 0)
        if mine.any():
            own = own_no(world, table, np.where(mine, ids, first_id(table)), institution, letter=LETTERS[table])
            told = pc.if_else(pa.array(mine), own, told)
    return told


def row_no(world: World, table: str, ids: Ints) -> pa.StringArray:
    """Return the number of rows of `table`, the same at every institution that names them; nobody (-1) is null.

    The letter and two digits in front tell the table, nine digits the row; numbers do not rise with the rows.
    """
    ids = np.asarray(ids, np.int64)
    told = own_no(world, table, np.where(ids < 0, first_id(table), ids), "rows", letter=f"R{numbers()[table]:02d}")
    return pc.if_else(pa.array(ids < 0), None, told)


def own_no(world: World, table: str, ids: Ints, *scope: str, letter: str) -> pa.StringArray:
    """Return numbers for `ids` of one table: `letter` and nine digits, different in every `scope`."""
    places = scrambled(row_of(ids), world.options.seed, "keys", table, *scope, bits=_BITS)
    head = np.tile(np.frombuffer(letter.encode("ascii"), np.uint8), (len(places), 1))
    return fixed(np.concatenate([head, digits(places, 9)], axis=1))
