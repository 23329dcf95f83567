"""The physical form of a contract: Arrow schema and SQL types."""

import pyarrow as pa

from suyuan.domain.contract_shape import Column, Contract, Type

ARROW_TYPES: dict[Type, pa.DataType] = {
    "text": pa.string(),
    "int": pa.int32(),
    "bigint": pa.int64(),
    "double": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "text[]": pa.list_(pa.string()),
}

_SQL_TYPES: dict[Type, str] = {
    "text": "varchar",
    "int": "integer",
    "bigint": "bigint",
    "double": "double",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "timestamp",
    "text[]": "varchar[]",
}


def arrow_schema(contract: Contract) -> pa.Schema:
    """Return the Arrow schema of `contract`, columns in its order; a column is nullable unless its null is `never`."""
    return pa.schema(
        [
            pa.field(column.name, ARROW_TYPES[column.type], nullable=not column.not_null)
            for column in contract.columns.values()
        ]
    )


def sql_type(column: Column) -> str:
    """Return the type of `column` as the house dialect writes it in a cast."""
    return _SQL_TYPES[column.type]
