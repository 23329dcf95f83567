import pyarrow as pa

from suyuan.resolve.standing import WEIGHED_PAIR
from suyuan.resolve.weighed import first_of_each, kept_pairs


def test_of_equal_keys_the_first_in_order_stays() -> None:
    table = pa.table({"a": ["x", "y", "x", "x"], "b": [3, 1, 2, 1]})
    assert first_of_each(table, ("a",), order=("a", "b")).to_pydict() == {"a": ["x", "y"], "b": [1, 1]}
    assert first_of_each(table.slice(0, 1), ("a",), order=("a",)).num_rows == 1
    assert first_of_each(table.slice(0, 0), ("a",), order=("a",)).num_rows == 0


def test_a_kept_pair_is_named_by_what_its_sides_say_the_smaller_first() -> None:
    pairs = pa.table(
        {
            "left_no": [0, 1],
            "right_no": [1, 2],
            "weight": [5.0, 6.0],
            "probability": [0.9, 0.99],
            "levels": ["name=1", "name=2"],
        }
    )
    digests = pa.chunked_array([["bb", "aa", "cc"]])
    kept = kept_pairs("person", pairs, digests)
    assert kept.schema.equals(WEIGHED_PAIR)
    assert [(row["left_digest"], row["right_digest"], row["weight"]) for row in kept.to_pylist()] == [
        ("aa", "bb", 5.0),
        ("aa", "cc", 6.0),
    ]
