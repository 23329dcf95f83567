"""Merchant numbers and payment orders of payment firms, behind what goes over merchant accounts."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.frame.tables import HONEST, NOBODY, Why, first_id, row_of
from suyuan.world.frame.world import World
from suyuan.world.life.flows_words import coded, figures
from suyuan.world.life.rhythm import Moments

ORDER_NUMBERS = {"order_no": "P", "merchant_order_no": "M"}
"""The numbers of an order and the letter each begins with."""


def open_merchants(world: World, why: Why = HONEST, *, accounts: Ints) -> Ints:
    """Lay a merchant number for each of `accounts` (of firms, at payment firms) and return their ids.

    It tells what its holder is and is settled to the holder's main account. The private `_account` remembers which
    account it is.
    """
    n = len(accounts)
    chance = world.chance("life", "merchants", world.tables.rows("merchant"))
    told = figures()["merchants"]
    holder = world.of(accounts, "holder_id")
    codes = list(told["codes"])
    trade = pc.index_in(_column(world, "company", "_trade", holder), value_set=pa.array(codes))
    trade = trade.fill_null(codes.index("other")).to_numpy(zero_copy_only=False).astype(np.int64)
    name = _column(world, "company", "name", holder)
    return world.add(
        "merchant",
        why,
        number=_serials(chance, "", 15, n),
        payment_firm_id=_payment_firms(world, accounts),
        holder_id=holder,
        name=name,
        short_name=pc.utf8_slice_codeunits(name, 0, 8),
        trade_code=coded(trade, [told["codes"][each][0] for each in codes]),
        trade_told=coded(trade, [told["codes"][each][1] for each in codes]),
        phone=_column(world, "company", "phone", holder),
        address=_column(world, "company", "address", holder),
        region_code=_column(world, "company", "region_code", holder),
        settlement_account_id=world.of(holder, "_main_account"),
        settlement_cycle=coded(weighted(chance, list(told["cycles"].values()), n), list(told["cycles"])),
        opened_on=_column(world, "account", "opened_on", accounts),
        status="open",
        _account=accounts,
    )


def merchant_accounts(world: World) -> Ints:
    """Return for every account (row) the id of the merchant number it is; -1 for other accounts."""
    found = np.full(world.tables.rows("account"), NOBODY)
    account = world.column("merchant", "_account")
    ids = first_id("merchant") + np.arange(len(account), dtype=np.int64)
    found[row_of(account[account >= 0])] = ids[account >= 0]
    return found


def orders(
    world: World,
    *,
    kind: str,
    merchant_of: Ints,
    src: Ints,
    dst: Ints,
    at: Moments,
    amount_fen: Ints,
    device: Ints,
    ip: Ints,
) -> Ints:
    """Lay the payment orders behind transfers and return their ids; -1 where neither side is a merchant's account.

    `kind` is `collect`, `pay_out` or `refund`; `merchant_of` is what `merchant_accounts` returns.
    """
    merchant = np.maximum(merchant_of[row_of(np.maximum(src, 0))], merchant_of[row_of(np.maximum(dst, 0))])
    here = np.flatnonzero(merchant >= 0)
    found, n = np.full(len(src), NOBODY), len(here)
    chance = world.chance("life", "orders", world.tables.rows("payment_order"))
    holder = world.column("account", "holder_id")
    told = {name: _serials(chance, letter, 14, n) for name, letter in ORDER_NUMBERS.items()}
    found[here] = world.add(
        "payment_order",
        n=n,
        **told,
        payment_firm_id=world.column("merchant", "payment_firm_id")[row_of(merchant[here])],
        merchant_id=merchant[here],
        kind=kind,
        payer_id=holder[row_of(src[here])],
        payer_account_id=src[here],
        payee_id=holder[row_of(dst[here])],
        payee_account_id=dst[here],
        goods=_goods(chance, n),
        currency="CNY",
        amount_fen=amount_fen[here],
        fee_fen=np.maximum(1, amount_fen[here] * int(figures()["merchants"]["fee"]) // 10_000),
        ordered_at=at[here] - chance.integers(2, 45, n).astype("timedelta64[s]"),
        paid_at=at[here],
        status="paid",
        device=device[here],
        ip=ip[here],
    )
    return found


def _goods(chance: np.random.Generator, n: int) -> pa.DictionaryArray:
    told = figures()["merchants"]["goods"]
    words = [each for each in told if each]
    place = np.array([words.index(each) if each else NOBODY for each in told])
    return coded(place[weighted(chance, list(told.values()), n)], words)


def _column(world: World, table: str, name: str, ids: Ints) -> pa.Array:
    """Return an Arrow column of `table` at `ids`, texts as plain texts; null where an id is nobody's."""
    found = world.tables.table(table)
    if name not in found.column_names:
        return pa.nulls(len(ids), pa.string())
    values = found[name]
    if pa.types.is_dictionary(values.type):
        values = values.cast(pa.string())
    taken = values.take(pa.array(row_of(ids), mask=ids < 0))
    return taken.combine_chunks() if isinstance(taken, pa.ChunkedArray) else taken


def _payment_firms(world: World, accounts: Ints) -> Ints:
    """Return the payment firm that keeps each of `accounts`: the firm that is called as its bank; -1: none."""
    banks = _column(world, "account", "bank", accounts).dictionary_encode()
    names = world.tables.table("company")["name"].cast(pa.string())
    firms = world.tables.table("company")["_trade"].cast(pa.string())
    known = pc.is_in(firms, value_set=pa.array(["payment_firm", "wallet_firm"]))
    ids = [NOBODY] * (len(banks.dictionary) + 1)
    for at, bank in enumerate(banks.dictionary.to_pylist()):
        hits = np.flatnonzero(pc.and_(known, pc.match_substring(names, bank)).to_numpy())
        ids[at] = first_id("company") + int(hits[0]) if len(hits) else NOBODY
    place = banks.indices.fill_null(len(ids) - 1).to_numpy(zero_copy_only=False)
    return np.asarray(np.array(ids, np.int64)[place])


def _serials(chance: np.random.Generator, letter: str, digits: int, n: int) -> pa.Array:
    numbers = pa.array(chance.integers(10 ** (digits - 1), 10**digits, n)).cast(pa.string())
    return pc.binary_join_element_wise(letter, numbers, "") if letter else numbers
