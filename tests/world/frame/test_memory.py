import pyarrow as pa

from suyuan.world.frame.memory import give_back


def test_what_is_used_is_left_as_it_is() -> None:
    used = pa.array(range(1000))
    give_back()
    assert used.to_pylist() == list(range(1000))
