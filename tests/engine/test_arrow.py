from decimal import Decimal

import pyarrow as pa
import pytest

from suyuan.engine.arrow import house_type, in_house


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        (pa.large_string(), pa.string()),
        (pa.dictionary(pa.int8(), pa.string()), pa.string()),
        (pa.timestamp("ns"), pa.timestamp("us")),
        (pa.float32(), pa.float64()),
        (pa.int16(), pa.int32()),
        (pa.uint32(), pa.int64()),
        (pa.decimal128(38, 0), pa.int64()),
        (pa.large_list(pa.large_string()), pa.list_(pa.string())),
        (pa.date32(), pa.date32()),
    ],
)
def test_every_type_has_its_house_type(told: pa.DataType, meant: pa.DataType) -> None:
    assert house_type(told) == meant


def test_a_sum_of_128_bits_becomes_a_bigint() -> None:
    table = pa.table({"s": pa.array([Decimal(7), None], pa.decimal128(38, 0))})
    assert in_house(table).to_pylist() == [{"s": 7}, {"s": None}]
    assert in_house(table).schema.field("s").type == pa.int64()


def test_a_sum_beyond_64_bits_is_refused() -> None:
    table = pa.table({"s": pa.array([Decimal(2**70)], pa.decimal128(38, 0))})
    with pytest.raises(pa.ArrowInvalid):
        in_house(table)


def test_a_table_in_house_types_stays_as_it_is() -> None:
    table = pa.table({"a": pa.array([1], pa.int64()), "b": ["x"]})
    assert in_house(table) is table
