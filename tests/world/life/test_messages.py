"""Messages of everyone."""

import numpy as np

from suyuan.world.frame.tables import is_of
from tests.world.life.life_of import life_of


def test_every_message_says_something_to_somebody() -> None:
    world = life_of()
    assert (world.column("message", "receiver_id") >= 0).all()
    assert all(world.column("message", "body"))
    assert all(world.column("message", "sender_handle"))


def test_codes_come_from_firms_and_name_them() -> None:
    world = life_of()
    code = world.column("message", "content_class").astype(str) == "verification_code"
    sender = world.column("message", "sender_id")[code]
    assert is_of(sender, "company").all()
    names = world.of(sender, "name")
    bodies = world.column("message", "body")[code]
    shown = [body[1 : body.index("】")] for body in bodies]
    assert all(name.startswith(short) for name, short in zip(names, shown, strict=True))


def test_reminders_about_a_loan_go_to_its_debtor() -> None:
    world = life_of(scale=0.2)
    about = world.column("message", "about_loan_id")
    row = about >= 0
    assert row.any()
    assert (world.of(about[row], "borrower_id") == world.column("message", "receiver_id")[row]).all()
    at = world.column("message", "sent_at")[row]
    hours = (at - at.astype("datetime64[D]")).astype("timedelta64[h]").astype(int)
    assert np.isin(hours, range(8, 22)).all()
