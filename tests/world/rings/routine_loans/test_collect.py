"""Collection."""

from typing import Any

import numpy as np


def of_day(at: Any) -> Any:
    return (at - at.astype("datetime64[D]")).astype("timedelta64[s]").astype(int)


def test_contacts_called_stand_in_the_debtor_s_book(published: Any) -> None:
    world, crew = published
    owner, contact = (world.column("address_book", name) for name in ("owner_id", "contact_person_id"))
    book = set(zip(owner.tolist(), contact.tolist(), strict=True))
    mine = world.column("call", "_ring") == crew.ring.index
    callee, about = (world.column("call", name)[mine].tolist() for name in ("callee_id", "about_person_id"))
    assert callee
    assert all(who == debtor or (debtor, who) in book for who, debtor in zip(callee, about, strict=True))
    assert any(who != debtor for who, debtor in zip(callee, about, strict=True))


def test_nobody_is_pursued_before_a_note_is_overdue(published: Any) -> None:
    world, _ = published
    mine = world.column("call", "_ring") >= 0
    due = world.of(world.column("call", "about_loan_id")[mine], "due_on")
    assert (world.column("call", "started_at")[mine].astype("datetime64[D]") > due).all()


def test_as_published_forged_pictures_reach_the_contacts(published: Any) -> None:
    world, _ = published
    kinds = world.column("message", "content_class").astype(str)
    assert (kinds == "forged_nude").any()
    pictures = world.column("message", "media_digest")[kinds == "forged_nude"]
    assert len(set(pictures)) < len(pictures)


def test_who_knows_the_rules_calls_a_debtor_effectively_three_times_a_day_at_most(knowing: Any) -> None:
    world, crew = knowing
    mine = world.column("call", "_ring") == crew.ring.index
    callee = world.column("call", "callee_id")[mine]
    day = world.column("call", "started_at")[mine].astype("datetime64[D]").astype(int)
    debtor = np.isin(callee, crew.victims) & world.column("call", "answered")[mine].astype(bool)
    _, times = np.unique(np.stack([callee, day])[:, debtor], axis=1, return_counts=True)
    assert times.max() <= 3
