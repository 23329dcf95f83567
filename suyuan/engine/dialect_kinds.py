"""What kind of value a part of a select has, and the few shapes that rules write."""

from collections.abc import Callable
from typing import Literal

from sqlglot import exp

from suyuan.engine.dialect_lint import refusal_of

Kind = Literal["int", "double", "text", "boolean", "date", "timestamp", "interval", "list", "null", "unknown"]

_KINDS: tuple[tuple[set[exp.DType], Kind], ...] = (
    (set(exp.DataType.INTEGER_TYPES), "int"),
    (set(exp.DataType.REAL_TYPES), "double"),
    (set(exp.DataType.TEXT_TYPES), "text"),
    ({exp.DType.BOOLEAN}, "boolean"),
    ({exp.DType.DATE}, "date"),
    ({exp.DType.TIMESTAMP, exp.DType.TIMESTAMPNTZ, exp.DType.DATETIME}, "timestamp"),
    ({exp.DType.INTERVAL}, "interval"),
    ({exp.DType.ARRAY, exp.DType.LIST}, "list"),
    ({exp.DType.NULL}, "null"),
)

Rule = Callable[[exp.Expr], exp.Expr]
"""Returns what to write for a node: the node itself, changed or not, or another."""


class NotPortable(Exception):  # noqa: N818 - it becomes a DataError at once
    """A node whose meaning depends on a type that cannot be told, or that Spark lacks."""

    def __init__(self, node: exp.Expr, key: str) -> None:
        """Keep where and which message."""
        super().__init__(key)
        self.refusal = refusal_of(node, key)


def kind(node: exp.Expr | None) -> Kind:
    """Return which kind of value `node` (annotated with types) has."""
    told = node.type if node is not None else None
    if isinstance(told, exp.DataType):
        for types, name in _KINDS:
            if told.this in types:
                return name
    return "unknown"


def known(node: exp.Expr) -> Kind:
    """Return the kind of `node`.

    Raises:
        NotPortable: It cannot be told.
    """
    told = kind(node)
    if told == "unknown":
        raise NotPortable(node, "dialect.no_type")
    return told


def call(name: str, *args: exp.Expr) -> exp.Expr:
    """Return a call that sqlglot writes as it stands."""
    return exp.Anonymous(this=name, expressions=list(args))


def cast(node: exp.Expr, to: str) -> exp.Expr:
    """Return a cast to Spark type `to`."""
    return exp.Cast(this=node, to=exp.DataType.build(to, dialect="spark"))


def number(value: int) -> exp.Expr:
    """Return a whole number."""
    return exp.Literal.number(value)
