"""Lists made of rows, in Spark's words: order, nulls and the empty list as DuckDB has them.

DuckDB's `list(x order by k)` keeps nulls, keeps the order and is null over no rows. Spark's `collect_list` drops nulls,
promises no order and is empty over no rows. So rows are collected as structs of keys and value, sorted by a comparator
that puts nulls last, and unpacked.
"""

from collections.abc import Sequence

from sqlglot import exp

_WRAP = "house_list"


def _call(name: str, *args: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=list(args))


def _comparator(keys: Sequence[exp.Expr]) -> str:
    """Return a lambda that compares two structs by `k0`, `k1` … with each key's direction and place of nulls."""
    told = "0"
    for at in reversed(range(len(keys))):
        left, right = f"l.k{at}", f"r.k{at}"
        less = 1 if keys[at].args.get("desc") else -1
        null = -1 if keys[at].args.get("nulls_first") else 1
        told = (
            f"CASE WHEN {left} IS NULL AND {right} IS NULL THEN {told} WHEN {left} IS NULL THEN {null} "
            f"WHEN {right} IS NULL THEN {-null} WHEN {left} < {right} THEN {less} WHEN {left} > {right} THEN {-less} "
            f"ELSE {told} END"
        )
    return f"(l, r) -> {told}"


def collected(node: exp.Expr) -> exp.Expr:
    """Rewrite `list(…)`; around a filter or window the unpacking is left to `unpacked` at the outer node."""
    ordered = node.this if isinstance(node.this, exp.Order) else None
    of = ordered.this if ordered is not None else node.this
    distinct = isinstance(of, exp.Distinct)
    value = of.expressions[0] if distinct else of
    keys = ordered.expressions if ordered is not None else []
    fields: list[exp.Expr] = [exp.Literal.string("x"), value.copy()]
    for at, key in enumerate(keys):
        fields += [exp.Literal.string(f"k{at}"), key.this.copy()]
    made = _call("COLLECT_SET" if distinct else "COLLECT_LIST", _call("NAMED_STRUCT", *fields))
    outer = node
    while isinstance(outer.parent, exp.Filter | exp.Window) and outer.parent.this is outer:
        outer = outer.parent
    comparator = _comparator(keys) if keys else ""
    if outer is node:
        return _unpacked(made, comparator)
    outer.meta[_WRAP] = comparator
    return made


def unpacked(node: exp.Expr) -> exp.Expr:
    """Rewrite a filter or window around a list that `collected` has left packed."""
    return _unpacked(node.copy(), node.meta.pop(_WRAP)) if _WRAP in node.meta else node


def _unpacked(packed: exp.Expr, comparator: str) -> exp.Expr:
    packed.meta.pop(_WRAP, None)
    in_order = _call("ARRAY_SORT", packed, exp.Var(this=comparator)) if comparator else packed
    values = _call("TRANSFORM", in_order, exp.Var(this="s -> s.x"))
    return _call("NULLIF", values, _call("ARRAY"))
