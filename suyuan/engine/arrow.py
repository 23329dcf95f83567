"""Brings Arrow tables to the house types, whatever library made them."""

import pyarrow as pa
import pyarrow.types as pt

_NARROW = {
    pa.large_string(): pa.string(),
    pa.string_view(): pa.string(),
    pa.float16(): pa.float64(),
    pa.float32(): pa.float64(),
    pa.int8(): pa.int32(),
    pa.int16(): pa.int32(),
    pa.uint8(): pa.int32(),
    pa.uint16(): pa.int32(),
    pa.uint32(): pa.int64(),
    pa.uint64(): pa.int64(),
}


def house_type(told: pa.DataType) -> pa.DataType:
    """Return the house type that holds values of `told`.

    `text`, `int` (32 bits), `bigint`, `double`, `boolean`, `date`, `timestamp` (µs, no zone) and lists of them; other
    types stay as they are. A decimal without places is a `bigint`: that is how DuckDB hands over a 128-bit sum.
    """
    match told:
        case pa.DictionaryType():
            return house_type(told.value_type)
        case pa.ListType() | pa.LargeListType():
            return pa.list_(house_type(told.value_type))
        case pa.TimestampType() if told.tz is None:
            return pa.timestamp("us")
    exact = pt.is_decimal(told) and told.scale == 0
    return pa.int64() if exact else _NARROW.get(told, told)


def in_house(table: pa.Table) -> pa.Table:
    """Return `table` with every column in its house type, all fields nullable, and no metadata.

    Raises:
        pyarrow.ArrowInvalid: A value does not fit, such as a sum beyond 64 bits.
    """
    schema = pa.schema([pa.field(field.name, house_type(field.type)) for field in table.schema])
    return table if table.schema.equals(schema, check_metadata=True) else table.cast(schema)
