import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import dice
from suyuan.world.frame.world import World
from suyuan.world.people.facts import facts
from suyuan.world.people.names import called, firm_names, mail_addresses, surnames

NONE = pa.array([], pa.string())


def test_common_surnames_are_common() -> None:
    names = list(facts("names")["surnames"])
    drawn = np.bincount(surnames(dice(1, "n"), 20_000), minlength=len(names))
    assert drawn[names.index("王")] > 5 * drawn[names.index("邓")]


def test_names_have_two_or_three_characters_and_lean_to_a_sex() -> None:
    n = 2_000
    surname, men = np.zeros(n, np.int64), called(dice(1, "n"), np.zeros(n, np.int64), np.ones(n, bool)).to_pylist()
    women = called(dice(1, "n"), surname, np.zeros(n, bool)).to_pylist()
    first = next(iter(facts("names")["surnames"]))
    assert all(name.startswith(first) and 2 <= len(name) <= 3 for name in men + women)
    assert sum("强" in name for name in men) > sum("强" in name for name in women)


def test_mail_goes_to_names_reserved_for_examples() -> None:
    told = [each for each in mail_addresses(dice(1, "m"), 500).to_pylist() if each]
    assert 120 < len(told) < 260
    assert all(each.endswith(".example") for each in told)


def test_no_firms_name_comes_twice(town: World) -> None:
    names = town.column("company", "name")
    assert len(set(names)) == len(names)


def test_a_name_given_before_is_drawn_anew() -> None:
    places = pa.array(["兰州"] * 40)
    first = firm_names(dice(1, "f"), np.full(40, "tech"), known=NONE, stem="中嘉", places=places)
    second = firm_names(dice(1, "f"), np.full(40, "tech"), known=first, stem="中嘉", places=places)
    assert not set(first.to_pylist()) & set(second.to_pylist())


def test_institutions_bear_the_names_accounts_tell() -> None:
    told = firm_names(dice(1, "f"), np.array(["bank", "wallet_firm"]), known=NONE, stem=None, places=pa.array([""] * 2))
    assert told.to_pylist() == [facts("banks")["banks"][0]["name"], facts("banks")["wallets"][0]["name"]]
