"""Calls, logins and messages that somebody means to make: rings, look-alikes and lenders use these.

At evasion 0 a row looks as it is told. From evasion 1 on a ring's rows take the looks of everyone's (hour, seconds rung
and talked, means, success, action, what is told about loan and account), so that no row stands out alone; who, whom,
which device and which day stay as told.
"""

from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import HONEST, NOBODY, Why, is_of, row_of
from suyuan.world.frame.world import World
from suyuan.world.life.figures import figures, permille
from suyuan.world.life.habits import call_habit, call_sides, channels, login_habit, models
from suyuan.world.life.phones import phones
from suyuan.world.life.rhythm import moments
from suyuan.world.life.wallets import everyday_apps, keepers_apps, shown_account

Times = np.ndarray[Any, Any]
CELL = 37
"""Homes whose phones one cell of the network serves."""


def blends(world: World, why: Why) -> bool:
    """Return whether rows of `why` take everyone's looks: a ring's, from evasion 1 on."""
    return why.ring != NOBODY and world.options.evasion >= 1


def call(
    world: World,
    why: Why = HONEST,
    *,
    chance: np.random.Generator,
    caller: Ints,
    callee: Ints,
    at: Times,
    caller_sim: Ints | None = None,
    caller_number: Any = None,
    number_kind: Any = "mobile",
    caller_device: Any = NOBODY,
    caller_cell: Any = NOBODY,
    answered: Any = None,
    ring_seconds: Any = None,
    talk_seconds: Any = None,
    about_person: Any = NOBODY,
    about_loan: Any = NOBODY,
    keep_hour: bool = False,
) -> Ints:
    """Add one call a row and return their ids.

    Args:
        world: Where the calls are made.
        why: Whose rows they are.
        chance: Draws what is not told.
        caller: People or firms; `NOBODY` when it is not known who called.
        callee: People or firms.
        at: `datetime64[s]`. A ring's second of the day is drawn anew from evasion 1 on, unless `keep_hour`.
        caller_sim: SIM ids; the number shown is theirs unless `caller_number` is told.
        caller_number: Texts; the caller's own phone when neither this nor `caller_sim` is told.
        number_kind: Kind of the calling number, one or one a row; a ring's SIM shows a mobile from evasion 1 on.
        caller_device: Token of the device, one or one a row; a person's own when not told, like SIM and cell.
        caller_cell: Token of the cell, one or one a row.
        answered: Booleans; drawn when not told.
        ring_seconds: Drawn when not told.
        talk_seconds: Drawn when not told; 0 where nobody answered.
        about_person: Debtor it is about; from evasion 1 on a ring's record names him as seldom as everyone's does.
        about_loan: Loan it is about; likewise.
        keep_hour: Leave the time of day as told whatever the evasion.
    """
    n, blend = len(callee), blends(world, why)
    own: dict[str, Any] = _own_line(world, caller, caller_sim, caller_device, caller_cell)
    if caller_number is None:
        caller_number = phones(world, caller) if caller_sim is None or not n else world.of(caller_sim, "number")
    if blend:
        number_kind = number_kind if caller_sim is None else "mobile"
        answered = ring_seconds = talk_seconds = None
    looks = _looks(world, chance, at=at, keep_hour=keep_hour, about=(about_person, about_loan), blend=blend, n=n)
    answers = looks.pop("answered") if answered is None else np.broadcast_to(answered, n).astype(bool)
    talks = looks.pop("talk") if talk_seconds is None else np.broadcast_to(talk_seconds, n)
    rings = looks.pop("ring") if ring_seconds is None else ring_seconds
    own |= {name: looks[name] for name in ("started_at", "about_person_id", "about_loan_id")}
    own |= {"answered": answers, "ring_seconds": rings, "talk_seconds": np.where(answers, np.maximum(talks, 1), 0)}
    own |= {"caller_number": caller_number, "callee_number": phones(world, callee), "number_kind": number_kind}
    return world.add("call", why, caller_id=caller, callee_id=callee, **own)


def _looks(
    world: World,
    chance: np.random.Generator,
    *,
    at: Times,
    keep_hour: bool,
    about: tuple[Any, Any],
    blend: bool,
    n: int,
) -> dict[str, Any]:
    """Return how calls went and when, and what their record says they are about."""
    sides = call_sides(chance, n) if blend else np.zeros(n, np.int64)
    habit, (person, loan) = call_habit(chance, sides), about
    if blend:
        at = at if keep_hour else _hours(world, chance, at, {"call": sides == 0, "firm": sides != 0})
        named = permille(chance, figures("habits")["calls"]["about"], n)
        person, loan = np.where(named, person, NOBODY), np.where(named, loan, NOBODY)
    went = {"answered": habit.answered, "ring": habit.ring, "talk": habit.talk}
    return {**went, "started_at": at, "about_person_id": person, "about_loan_id": loan}


def _own_line(world: World, caller: Ints, sim: Ints | None, device: Any, cell: Any) -> dict[str, Ints]:
    """Return SIM, device and cell of each call: those told, else the caller's own."""
    n = len(caller)
    line = {"caller_sim": np.full(n, NOBODY, np.int64) if sim is None else sim,
            "caller_device": np.broadcast_to(np.asarray(device, np.int64), n),
            "caller_cell": np.broadcast_to(np.asarray(cell, np.int64), n)}  # fmt: skip
    person = is_of(caller, "person")
    rows = row_of(caller[person])
    for name, column in (("caller_sim", "_main_sim"), ("caller_device", "_device"), ("caller_cell", "_ip")):
        mine = np.full(n, NOBODY, np.int64)
        known = world.column("person", column)[rows]
        mine[person] = np.where(known >= 0, known // CELL, NOBODY) if name == "caller_cell" else known
        line[name] = np.where(line[name] == NOBODY, mine, line[name])
    return line


def log_in(
    world: World,
    why: Why = HONEST,
    *,
    chance: np.random.Generator,
    person: Ints,
    at: Times,
    device: Any,
    ip: Any,
    account: Any = NOBODY,
    app: Any = NOBODY,
    action: str | None = "login",
    place: str | None = None,
    keep_hour: bool = False,
) -> Ints:
    """Add one login a row and return their ids.

    Args:
        world: Where the logins happen.
        why: Whose rows they are.
        chance: Draws what is not told.
        person: Who logs in; his phone is the user name.
        at: `datetime64[s]`; see `call` for what becomes of a ring's.
        device: Tokens of devices, one or one a row; the model follows the device (a ring's from evasion 1 on does not).
        ip: Tokens of addresses, one or one a row.
        account: Account ids, or `NOBODY` for a login to an app alone; from evasion 1 on such a login of a ring's shows
            the account bound to the app as often as everyone's logins do.
        app: App ids; from evasion 1 on a ring's login without one shows the app that keeps the account.
        action: What was done; drawn when null, and from evasion 1 on a ring's is drawn too.
        place: Where, when known.
        keep_hour: Leave the time of day as told whatever the evasion.
    """
    n, habit = len(person), login_habit(chance, len(person))
    account = np.broadcast_to(np.asarray(account, np.int64), n)
    if blends(world, why):
        at = at if keep_hour else _hours(world, chance, at, {"login": np.ones(n, bool)})
        account = shown_account(world, chance, person, account)
        app = _some_app(world, chance, account, np.broadcast_to(np.asarray(app, np.int64), n))
    elif action is not None:
        habit["action"] = action
    devices = np.broadcast_to(np.asarray(device, np.int64), n)
    # few devices have few models: from evasion 1 on a ring's tell a model of their own choice at every login
    seen = chance.integers(0, 1 << 30, n) if blends(world, why) else devices
    return world.add(
        "login",
        why,
        person_id=person,
        account_id=account,
        user_name=phones(world, person),
        app_id=app,
        logged_in_at=at,
        device=devices,
        device_model=models(seen),
        ip=np.broadcast_to(np.asarray(ip, np.int64), n),
        place=place,
        **habit,
    )


def _some_app(world: World, chance: np.random.Generator, account: Ints, told: Ints) -> Ints:
    """Return the app of each login: the one told, else that of who keeps the account, else any that many use."""
    if not world.tables.rows("app"):
        return told
    kept = np.where(account == NOBODY, NOBODY, keepers_apps(world)[row_of(np.maximum(account, 0))])
    others = everyday_apps(world)
    any_app = others[chance.integers(0, len(others), len(told))] if len(others) else kept
    return np.where(told != NOBODY, told, np.where(account == NOBODY, any_app, kept))


def message(
    world: World,
    why: Why = HONEST,
    *,
    chance: np.random.Generator,
    sender: Ints,
    receiver: Ints,
    at: Times,
    body: Any,
    content_class: Any,
    channel: Any = "sms",
    sender_handle: Any = None,
    sender_device: Any = NOBODY,
    media_kind: Any = None,
    media_digest: Any = None,
    gateway: Any = None,
    about_person: Any = NOBODY,
    about_loan: Any = NOBODY,
    keep_hour: bool = False,
) -> Ints:
    """Add one message a row and return their ids.

    What it says (`body`, `content_class`) stays as told; a ring's hour and channel blend from evasion 1 on.
    `sender` is people or firms (`NOBODY`: not known, then tell `sender_handle`), `receiver` likewise; `at` is
    `datetime64[s]`; the rest are the contract's columns, one value or one a row.
    """
    n = len(receiver)
    if blends(world, why):
        at = at if keep_hour else _hours(world, chance, at, {"call": np.ones(n, bool)})
        channel = channels(chance, n)
    handles = {"sender_handle": phones(world, sender) if sender_handle is None else sender_handle}
    what: dict[str, Any] = {"body": body, "content_class": content_class, "media_kind": media_kind}
    what |= {"media_digest": media_digest, "about_person_id": about_person, "about_loan_id": about_loan}
    return world.add(
        "message",
        why,
        channel=channel,
        receiver_handle=phones(world, receiver),
        sender_id=sender,
        receiver_id=receiver,
        sent_at=at,
        sender_device=sender_device,
        gateway=gateway,
        **what,
        **handles,
    )


def days_of(world: World, at: Times) -> Ints:
    """Return the day of the world of each moment."""
    return np.asarray((at.astype("datetime64[D]") - world.day(0)).astype(np.int64))


def _hours(world: World, chance: np.random.Generator, at: Times, kinds: dict[str, Any]) -> Times:
    """Return moments on the days of `at` with the hours of each kind's rows."""
    days, laid = days_of(world, at), at.copy()
    for kind, rows in kinds.items():
        if rows.any():
            laid[rows] = moments(world, chance, days[rows], kind=kind)  # type: ignore[arg-type]
    return laid


__all__ = ["CELL", "blends", "call", "days_of", "log_in", "message", "phones"]
