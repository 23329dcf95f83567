import ipaddress

import numpy as np
import pytest

from suyuan.world.frame.tables import first_id
from suyuan.world.frame.tokens import scrambled, write

KINDS = ["device", "imei", "mac", "ip", "imsi", "cell", "terminal", "gateway"]


@pytest.mark.parametrize("kind", KINDS)
def test_different_tokens_have_different_texts(kind: str) -> None:
    texts = write(kind, np.arange(20_000), 7)
    assert len(set(texts.to_pylist())) == 20_000


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_is_null(kind: str) -> None:
    assert write(kind, np.array([-1, 5, -1]), 7).is_null().to_pylist() == [True, False, True]


def test_another_seed_gives_other_texts() -> None:
    assert write("device", np.array([5]), 7) != write("device", np.array([5]), 8)


def test_a_sim_is_told_alike_by_its_id_and_by_its_row() -> None:
    assert write("caller_sim", first_id("sim") + np.array([3]), 7) == write("imsi", np.array([3]), 7)


def test_addresses_are_reserved_and_belong_to_nobody() -> None:
    assert all(ipaddress.ip_address(text).is_reserved for text in write("ip", np.arange(500), 7).to_pylist())


def test_imeis_pass_their_check_digit() -> None:
    for text in write("imei", np.arange(200), 7).to_pylist():
        worths = [int(letter) * (1 + place % 2) for place, letter in enumerate(text)]
        assert sum(worth - 9 * (worth > 9) for worth in worths) % 10 == 0


def test_mac_addresses_are_locally_administered() -> None:
    assert write("mac", np.array([1]), 7).to_pylist()[0].startswith("02:")


@pytest.mark.parametrize("bits", [5, 8, 13])
def test_scrambling_is_one_for_one(bits: int) -> None:
    found = scrambled(np.arange(1 << bits), "x", bits=bits)
    assert sorted(found.tolist()) == list(range(1 << bits))
