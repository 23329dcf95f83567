"""Calls, look-ups and posts that look like those of rings: lawful collection, a hospital's desk, consent, warnings."""

import numpy as np
from numpy.typing import NDArray

from suyuan.world.alike.notes import Notes, nobody, write
from suyuan.world.alike.scenario import Scenario, Scene, between, figures, instances, sizes, told, why
from suyuan.world.frame.dice import Ints, around
from suyuan.world.frame.tables import words
from suyuan.world.frame.world import World
from suyuan.world.life.figures import choose
from suyuan.world.life.marks import serials
from suyuan.world.life.rhythm import moments, pick_days
from suyuan.world.life.ring_up import call, phones
from suyuan.world.people.cast import crowd, firms_of, found, ips, issue_sims

COLLECTOR = "collector inside GB/T 45251-2025"
HOSPITAL = "hospital call centre"
CONSENT = "lender's pre-approval with consent"
HARDSHIP = "bank's hardship programme"
EDUCATION = "anti-fraud education"
SEATS = 4
Words = NDArray[np.object_]


def cast_collector(world: World) -> Scene:
    """Found collectors with seats of their own, and people behind with a bank loan."""
    chance, n = world.chance("alike", COLLECTOR), instances(world)
    of = sizes(chance, n, figures("voices")[COLLECTOR]["debtors"])
    firms = found(
        world, chance, n, trade="collector", on=-chance.integers(900, 3_000, n), size=chance.integers(12, 50, n)
    )
    seats = issue_sims(world, chance, np.repeat(firms, SEATS), on=-chance.integers(30, 400, n * SEATS))
    told(world, COLLECTOR, firms)
    more = {"seats": seats, "bank": chance.choice(firms_of(world, "bank"), n)}
    return Scene(main=firms, crowd=crowd(world, chance, len(of), thin=False), of=of, more=more)


def play_collector(world: World, scene: Scene) -> None:
    """Ring the debtor alone, by day, at most three times a day, about a loan that really is overdue."""
    told_of, chance, label = figures("voices")[COLLECTOR], world.chance("alike", COLLECTOR, "play"), why(COLLECTOR)
    n, yuan = len(scene.of), told_of["overdue_yuan"]
    due = chance.integers(20, max(21, world.options.days - 90), n)
    principal = around(chance, yuan["middle"] * 100, spread=yuan["spread"], n=n) // 10_000 * 10_000 + 100_000
    late = due + chance.integers(60, 200, n)
    notes = Notes(
        lender=scene.more["bank"][scene.of],
        borrower=scene.crowd,
        principal=principal,
        interest=principal // 12,
        paid_out_at=moments(world, chance, due - 180, kind="firm"),
        due_on=world.day(due),
        repaid_at=moments(world, chance, late),
        columns={"lender_kind": "bank", "product_kind": "consumer", "purpose": "个人消费"},
    )
    loans = write(world, label, notes, memo="消费贷款")
    who = sizes(chance, n, told_of["calls"])
    step = np.arange(len(who)) - np.searchsorted(who, who)
    day = due[who] + 3 + step // told_of["most_a_day"] * 4
    kept = day < np.minimum(late[who], world.options.days)
    who, day, step = who[kept], day[kept], step[kept]
    hour = 8 + (step % told_of["most_a_day"]) * 4 + chance.integers(0, 3, len(who))
    seat = scene.more["seats"][scene.of[who] * SEATS + chance.integers(0, SEATS, len(who))]
    call(
        world, label, chance=chance, caller=scene.main[scene.of[who]], callee=scene.crowd[who], caller_sim=seat,
        at=world.moment(day, hour * 3_600 + chance.integers(0, 3_600, len(who))), about_person=scene.crowd[who],
        about_loan=loans[who],
    )  # fmt: skip


def cast_hospital(world: World) -> Scene:
    """Found hospitals and find their patients, kin among them."""
    chance, n = world.chance("alike", HOSPITAL), instances(world)
    of = sizes(chance, n, figures("voices")[HOSPITAL]["patients"])
    desks = found(
        world, chance, n, trade="clinic", on=-chance.integers(900, 5_000, n), size=chance.integers(40, 150, n)
    )
    told(world, HOSPITAL, desks)
    return Scene(main=desks, crowd=crowd(world, chance, len(of)), of=of, more={})


def play_hospital(world: World, scene: Scene) -> None:
    """Ring many people, again and again, about appointments."""
    told_of, chance = figures("voices")[HOSPITAL], world.chance("alike", HOSPITAL, "play")
    who = sizes(chance, len(scene.of), told_of["calls"])
    day = pick_days(
        world, chance, len(who), np.zeros(len(who), np.int64), np.full(len(who), world.options.days), kind="firm"
    )
    call(world, why(HOSPITAL), chance=chance, caller=scene.main[scene.of[who]], callee=scene.crowd[who],
         at=moments(world, chance, day, kind="firm"), number_kind="landline")  # fmt: skip


def cast_consent(world: World) -> Scene:
    """Find lenders and the people who agreed to be looked up."""
    chance, n = world.chance("alike", CONSENT), instances(world)
    of = sizes(chance, n, figures("voices")[CONSENT]["people"])
    lenders = found(
        world, chance, n, trade="consumer_finance", on=-chance.integers(900, 3_000, n), size=chance.integers(30, 90, n)
    )
    told(world, CONSENT, lenders)
    more = {"data": chance.choice(firms_of(world, "data_firm"), n), "ip": ips(world, chance, n)}
    return Scene(main=lenders, crowd=crowd(world, chance, len(of), thin=False), of=of, more=more)


def play_consent(world: World, scene: Scene) -> None:
    """Look many people up within minutes before an offer, each with a consent on file."""
    told_of, chance, n = figures("voices")[CONSENT], world.chance("alike", CONSENT, "play"), len(scene.of)
    day = chance.integers(10, world.options.days - 10, scene.many)
    begun = moments(world, chance, day, kind="firm")
    kind = words(choose(chance, told_of["kinds"], n), list(told_of["kinds"]))
    world.add(
        "data_query", why(CONSENT), asked_at=begun[scene.of] + (scene.place() * 3).astype("timedelta64[s]"),
        asker_id=scene.main[scene.of], provider_id=scene.more["data"][scene.of], person_id=scene.crowd,
        phone=phones(world, scene.crowd), kind=kind, fields_returned=[["评分"]] * n, hit=True,
        application_ref=serials("YS", 10_000_000 + np.arange(n)), consent_ref=serials("SQ", 10_000_000 + np.arange(n)),
        consented_at=begun[scene.of] - chance.integers(86_400, 60 * 86_400, n).astype("timedelta64[s]"), currency="CNY",
        fee_fen=between(chance, told_of["fee_fen"], n), ip=scene.more["ip"][scene.of],
    )  # fmt: skip


def cast_hardship(world: World) -> Scene:
    """Found village banks that tell their debtors how to be helped."""
    return _speakers(world, HARDSHIP, trade="bank")


def cast_education(world: World) -> Scene:
    """Found media desks that warn of frauds."""
    return _speakers(world, EDUCATION, trade="media")


def _speakers(world: World, kind: str, *, trade: str) -> Scene:
    chance, n = world.chance("alike", kind), instances(world)
    of = sizes(chance, n, figures("voices")[kind]["posts"])
    firms = found(world, chance, n, trade=trade, on=-chance.integers(900, 4_000, n), size=chance.integers(15, 80, n))
    told(world, kind, firms)
    return Scene(main=firms, crowd=of, of=of, more={})


def play_hardship(world: World, scene: Scene) -> None:
    """Post about debts and relief, with the bank's own number and nothing to pay."""
    _post(world, HARDSHIP, scene, platform="微视圈")


def play_education(world: World, scene: Scene) -> None:
    """Post the very words of the frauds, to warn of them."""
    _post(world, EDUCATION, scene, platform="新知号")


def _post(world: World, kind: str, scene: Scene, *, platform: str) -> None:
    told_of, chance, label, n = figures("voices")[kind], world.chance("alike", kind, "play"), why(kind), len(scene.of)
    day = pick_days(world, chance, n, np.zeros(n, np.int64), np.full(n, world.options.days), kind="firm")
    title, body = (_one(chance, told_of[part], n) for part in ("titles", "bodies"))
    author = scene.main[scene.of]
    posts = world.add(
        "post", label, platform=platform, kind="post", author_id=author,
        author_account=serials("org", 700_000 + scene.of, width=6), author_name=world.of(author, "name"),
        advertiser_id=nobody(n), posted_at=moments(world, chance, day, kind="firm"), title=title, body=body,
        views=np.rint(900 * chance.lognormal(0.0, 1.4, n)).astype(np.int64),
        region_code=world.of(author, "region_code"),
    )  # fmt: skip
    world.add(
        "handle", label, kind="phone", value=phones(world, author), value_told=phones(world, author), post_id=posts,
        found_at=world.of(posts, "posted_at"), owner_id=author,
    )  # fmt: skip


def _one(chance: np.random.Generator, vocabulary: list[str], n: int) -> Words:
    drawn: Ints = chance.integers(0, len(vocabulary), n)
    return np.array(vocabulary, dtype=object)[drawn]


SCENARIOS = (
    Scenario(kind=COLLECTOR, like="contact_harassment", cast=cast_collector, play=play_collector),
    Scenario(kind=HOSPITAL, like="contact_harassment", cast=cast_hospital, play=play_hospital),
    Scenario(kind=CONSENT, like="data_misuse", cast=cast_consent, play=play_consent),
    Scenario(kind=HARDSHIP, like="illegal_ads", cast=cast_hardship, play=play_hardship),
    Scenario(kind=EDUCATION, like="illegal_ads", cast=cast_education, play=play_education),
)
