"""Which account a person's login is usually to: the main one or the wallet, or none, when an app knows no account."""

import numpy as np
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, first_id, is_of, row_of
from suyuan.world.frame.world import World
from suyuan.world.life.figures import figures, permille


def wallets_of(world: World) -> Ints:
    """Return the wallet of every person, `NOBODY` of those who have none."""
    wallets = np.full(world.tables.rows("person"), NOBODY, np.int64)
    if not world.tables.rows("account"):
        return wallets
    holder, kind = world.column("account", "holder_id"), world.tables.table("account")["kind"]
    mine = np.flatnonzero(np.asarray(pc.equal(kind, "wallet")) & is_of(holder, "person"))
    wallets[row_of(holder[mine])] = first_id("account") + mine
    return wallets


def usual_account(world: World, chance: np.random.Generator, people: Ints) -> Ints:
    """Return the account that a login of each of `people` is to: the wallet as often as everybody's is."""
    row = row_of(people)
    wallets = wallets_of(world)[row]
    wanted = permille(chance, figures("logins")["wallet"], len(row)) & (wallets != NOBODY)
    return np.where(wanted, wallets, world.column("person", "_main_account")[row])


def shown_account(world: World, chance: np.random.Generator, people: Ints, told: Ints) -> Ints:
    """Return `told`, and where none is told the usual one, as often as everyone's logins show an account."""
    shown = ~permille(chance, figures("logins")["without_account"], len(people))
    return np.where(told != NOBODY, told, np.where(shown, usual_account(world, chance, people), NOBODY))
