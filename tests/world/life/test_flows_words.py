import numpy as np
import pyarrow as pa

from suyuan.world.life.flows_words import coded, figures, places, told


def test_every_online_channel_is_a_channel() -> None:
    assert set(figures()["online"]) <= set(figures()["channels"])


def test_no_place_is_null() -> None:
    assert coded(np.array([1, -1]), ["a", "b"]).to_pylist() == ["b", None]


def test_texts_are_told_for_all_or_one_by_one() -> None:
    instead = coded(np.array([0, 0]), ["x"])
    assert told(None, instead, 2).to_pylist() == ["x", "x"]
    assert told("a", instead, 2).to_pylist() == ["a", "a"]
    assert told(["a", None], instead, 2).to_pylist() == ["a", None]
    assert isinstance(told(pa.array(["a", "b"]), instead, 2), pa.DictionaryArray)


def test_null_is_none_of_the_known() -> None:
    assert places(coded(np.array([0, 1, -1]), ["web", "atm"]), ["web"]).tolist() == [True, False, False]
