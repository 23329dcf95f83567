"""What an institution tells otherwise than that on the other side: amounts with fees, days of posting, who it was."""

import numpy as np
from numpy.typing import NDArray

from suyuan.world.frame.dice import Ints
from suyuan.world.institutions.statements_entries import Entries
from suyuan.world.institutions.statements_faces import Faces
from suyuan.world.institutions.statements_fees import elsewhere, fees
from suyuan.world.institutions.statements_layouts import Layout, Posts
from suyuan.world.institutions.statements_numbers import Whole, mixed, serials

_THURSDAY, _SATURDAY = 3, 5  # days of the week from Monday; 1970-01-01 was a Thursday


def numbers_told(layout: Layout, entries: Entries) -> Ints:
    """Return the serial number of every line, as the institution that prints `layout` tells it."""
    return serials(entries.transfer, own_of=layout.source if layout.ways.own_serials else "")


def amounts_told(faces: Faces, layout: Layout, entries: Entries, amount: Ints) -> Ints:
    """Return what every line says has moved, in fen: `amount` (of all transfers) and what the payer paid for it."""
    moved = np.asarray(amount[entries.transfer])
    if layout.ways.fee is None:
        return moved
    account, other, into = entries.account, entries.other, entries.into
    paid = fees(faces, layout.ways, account=account, other=other, into=into, amount=moved)
    return np.asarray(moved + paid)


def arrived(faces: Faces, entries: Entries) -> NDArray[np.bool_]:
    """Return which lines tell of money that came from another institution."""
    return np.asarray(entries.into & elsewhere(faces, entries.account, entries.other))


def named(faces: Faces, layout: Layout, entries: Entries) -> Whole:
    """Return the other side of every line as far as it is told: the place of nobody where the line names none."""
    if not layout.ways.unnamed:
        return entries.other
    struck = (mixed(entries.transfer) >> np.uint64(33)) % np.uint64(1000) < layout.ways.unnamed
    return np.where(struck & arrived(faces, entries), faces.nobody, entries.other).astype(np.int32)


def posted(posts: Posts, entries: Entries) -> Ints:
    """Return the day on which every line is posted, since 1970: never before it was booked.

    The days of an account never fall where its moments do not.
    """
    day = entries.day + (entries.second >= posts.hour * 3600 + posts.minute * 60).astype(np.int64)
    if posts.working_days:
        weekday = (day + _THURSDAY) % 7
        day = day + np.where(weekday >= _SATURDAY, 7 - weekday, 0)
    return np.asarray(day, np.int64)
