"""Messages of everyone: codes, notices and adverts of firms, words among friends, reminders of lawful collectors."""

from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.frame.tables import NOBODY, first_id, row_of, words
from suyuan.world.frame.world import World
from suyuan.world.life.actors import fame, firms
from suyuan.world.life.figures import figures, volume
from suyuan.world.life.rhythm import moments, pick_days
from suyuan.world.life.telecom import Lines, lines, reachable

_SENDERS = (
    "bank",
    "insurer",
    "telecom",
    "consumer_finance",
    "small_loan",
    "wallet_firm",
    "logistics",
    "retail",
    "utility",
)
_CODES = 8  # texts with different codes kept for each firm and template: enough for no two friends to share one


def live_messages(world: World) -> None:
    """Add everyone's messages, and the reminders that collectors may send."""
    chance, town = world.chance("life", "messages"), lines(world)
    shares = figures("habits")["messages"]["classes"]
    counts = volume("telecom", "messages", world.options.scale)
    for name, share in shares.items():
        n = counts * share // sum(shares.values())
        if name == "other":
            _friends(world, chance, town, n)
        else:
            _from_firms(world, chance, town, name, n)
    _reminders(world, chance, town)


def _from_firms(world: World, chance: np.random.Generator, town: Lines, name: str, n: int) -> None:
    known = figures("telecom")["shown_firms"]
    senders = firms(world, *_SENDERS)
    senders = senders[chance.permutation(len(senders))[:known]]
    templates = figures("telecom")["texts"][name]
    names = [_short(each) for each in world.of(senders, "name")]
    texts = [t.format(firm=firm, code="{code}") for firm in names for t in templates]
    drawn = chance.integers(100_000, 1_000_000, (len(texts), _CODES))
    bodies = [text.replace("{code}", str(code)) for text, row in zip(texts, drawn, strict=True) for code in row]
    sender = weighted(chance, fame(chance, senders).weights, n)
    text = (sender * len(templates) + chance.integers(0, len(templates), n)) * _CODES + chance.integers(0, _CODES, n)
    people = reachable(world)
    receiver = people[chance.integers(0, len(people), n)]
    days = pick_days(world, chance, n, 0, world.options.days, kind="login")
    _add(
        world, town, receiver=receiver, sender=senders[sender], at=moments(world, chance, days, kind="login"),
        body=words(text, bodies), content_class=name, channel="sms", gateway=row_of(senders)[sender],
        handle=_gateways(senders, sender),
    )  # fmt: skip


def _friends(world: World, chance: np.random.Generator, town: Lines, n: int) -> None:
    people, bodies = reachable(world), figures("telecom")["texts"]["other"]
    src = people[weighted(chance, fame(chance, people).weights, n)]
    near = chance.integers(1, 4, n)
    dst = np.where(
        chance.integers(0, 2, n) == 1, (src + near) % town.people, people[chance.integers(0, len(people), n)]
    )
    days = pick_days(world, chance, n, 0, world.options.days, kind="login")
    chats = {"sms": 430, "wechat": 570}
    _add(
        world, town, receiver=dst, sender=first_id("person") + src, at=moments(world, chance, days, kind="login"),
        body=words(chance.integers(0, len(bodies), n), bodies), content_class="other", gateway=NOBODY,
        channel=words(weighted(chance, list(chats.values()), n), list(chats)), handle=town.shown(src),
        sender_device=world.column("person", "_device")[src],
    )  # fmt: skip


def _reminders(world: World, chance: np.random.Generator, town: Lines) -> None:
    """Add a few reminders to each debtor whom a collector calls."""
    told = figures("telecom")["collection"]
    about = world.column("call", "about_loan_id")
    loan, first = np.unique(about, return_index=True)
    loan, first = loan[loan >= 0], first[loan >= 0]
    row = np.repeat(np.arange(len(loan)), told["messages"])
    caller = world.column("call", "caller_id")[first]
    day = (world.column("call", "started_at")[first].astype("datetime64[D]") - world.day(0)).astype(np.int64)
    day = np.minimum(day[row] + chance.integers(0, 30, len(row)), world.options.days - 1)
    hours = chance.integers(told["first_hour"] * 3600, told["last_hour"] * 3600, len(row))
    agencies, place = np.unique(caller, return_inverse=True)
    names, texts = [_short(each) for each in world.of(agencies, "name")], figures("telecom")["collection_text"]
    bodies = [text.format(firm=name) for name in names for text in texts]
    debtor = world.column("call", "about_person_id")[first][row]
    _add(
        world, town, receiver=row_of(debtor), sender=caller[row], at=world.moment(day, hours),
        body=words(place[row] * len(texts) + chance.integers(0, len(texts), len(row)), bodies),
        content_class="reminder", channel="sms", gateway=row_of(caller)[row], handle=_gateways(agencies, place[row]),
        about_person_id=debtor, about_loan_id=loan[row],
    )  # fmt: skip


def _add(
    world: World, town: Lines, *, receiver: Ints, sender: Ints, at: Any, body: Any, content_class: str, channel: Any,
    gateway: Any, handle: Any, **more: Any,
) -> None:  # fmt: skip
    world.add(
        "message",
        channel=channel,
        sender_handle=handle,
        receiver_handle=town.shown(receiver),
        sender_id=sender,
        receiver_id=first_id("person") + receiver,
        sent_at=at,
        body=body,
        content_class=content_class,
        gateway=gateway,
        **more,
    )


def _gateways(senders: Ints, place: Ints) -> pa.DictionaryArray:
    """Return the service number each sender's messages show."""
    return words(place, [f"1069{row % 10_000_000:07d}" for row in (row_of(senders) * 7919 + 1_000_003).tolist()])


def _short(name: str) -> str:
    """Return a firm's name without its legal form."""
    for form in ("股份有限公司", "有限责任公司", "集团有限公司", "有限公司"):
        name = name.removesuffix(form)
    return name
