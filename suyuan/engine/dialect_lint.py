"""Refuses what DuckDB and Spark do not say alike: names it, its line, and what to write instead.

What is not known to be portable is refused (`dialect_words`), so a new construct starts outside and enters with a shape
in the conformance suite.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlglot import exp, parse
from sqlglot.errors import SqlglotError

from suyuan.engine.dialect_words import (
    ANONYMOUS,
    CAST_TYPES,
    CLOCKS,
    EXTRACTS,
    FUNCTIONS,
    INEXACT,
    INSTEAD,
    INTERVAL_UNITS,
    OPERATORS,
    STRUCTURE,
    TIME_FORMATS,
    TRUNC_UNITS,
    UNITS,
    WINDOWED,
)

Found = Iterator[tuple[exp.Expr, str]]
"""A node, and the catalogue key of what to write instead of it."""

_ALLOWED = STRUCTURE | OPERATORS | FUNCTIONS
_REGEX = re.compile(
    r"(?:[^\\.\[\]()*+?{}|&]|\\[dDwW\\.\[\]()*+?{}|^$/-]|\.|\[\^?(?:[^\\\[\]&]|\\[dDwW\\.\[\]()*+?{}|^$/-])+\]"
    r"|\((?!\?)|\(\?:|\)|\||[*+?](?!\+)\??|\{\d+(?:,\d*)?\}(?!\+)\??)*"
)


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One construct that is not portable. `key` (catalogue, field `what`) says what to write instead."""

    line: int
    what: str
    key: str


def lint(sql: str) -> list[Refusal]:
    """Return what in `sql` the house dialect refuses, in the order of the lines. Parameters may still be open."""
    try:
        trees = parse(sql, read="duckdb")
    except SqlglotError as fault:
        line = fault.errors[0].get("line", 1) if hasattr(fault, "errors") and fault.errors else 1
        return [Refusal(line=line or 1, what=str(fault).split("\n", maxsplit=1)[0], key="dialect.not_sql")]
    tree = trees[0] if len(trees) == 1 else None
    if not isinstance(tree, exp.Query):
        return [Refusal(line=1, what=sql.strip().split("\n", maxsplit=1)[0], key="dialect.not_a_select")]
    found = {refusal_of(node, key): None for node, key in _walk(tree)}
    return sorted(found, key=lambda refusal: (refusal.line, refusal.what, refusal.key))


def refusal_of(node: exp.Expr, key: str) -> Refusal:
    """Return `node` as a refusal: its text shortened, and the first line that any part of it tells."""
    lines = [part.meta["line"] for part in node.walk() if part.meta.get("line")]
    outer = node
    while not lines and outer.parent is not None:
        outer = outer.parent
        lines = [part.meta["line"] for part in outer.walk() if part.meta.get("line")]
    what = " ".join(node.sql(dialect="duckdb").split())
    return Refusal(line=min(lines, default=1), what=what if len(what) <= 60 else f"{what[:57]}…", key=key)


def _walk(tree: exp.Query) -> Found:
    for node in tree.walk():
        if type(node) not in _ALLOWED:
            yield node, INSTEAD.get(type(node), "dialect.unknown")
            continue
        check = _CHECKS.get(type(node))
        if check is not None:
            yield from check(node)
        if isinstance(node, INEXACT) and not node.find_ancestor(exp.Round):
            yield node, "dialect.inexact"
        if isinstance(node, WINDOWED) and not node.find_ancestor(exp.Window):
            yield node, "dialect.no_window"


def _with(node: exp.Expr) -> Found:
    if node.args.get("recursive"):
        yield node, "dialect.no_recursion"


def _join(node: exp.Expr) -> Found:
    if (node.args.get("method") or "").upper() in {"ASOF", "POSITIONAL", "NATURAL"}:
        yield node, "dialect.no_such_join"


def _select(node: exp.Expr) -> Found:
    if (node.args.get("limit") or node.args.get("offset")) and not node.args.get("order"):
        yield node.args.get("limit") or node.args["offset"], "dialect.limit_order"
    if node.args.get("qualify") and (node.args.get("order") or node.args.get("limit")):
        yield node.args["qualify"], "dialect.qualify_order"
    distinct = node.args.get("distinct")
    if distinct is not None and distinct.args.get("on"):
        yield distinct, "dialect.no_distinct_on"


def _set(node: exp.Expr) -> Found:
    if node.args.get("by_name"):
        yield node, "dialect.no_by_name"


def _window(node: exp.Expr) -> Found:
    spec = node.args.get("spec")
    if spec is not None and (str(spec.args.get("kind")).upper() == "GROUPS" or spec.args.get("exclude")):
        yield spec, "dialect.no_groups"


def _cast(node: exp.Expr) -> Found:
    target = node.args["to"]
    if not any(target.is_type(told) for told in CAST_TYPES):
        yield node, "dialect.no_such_type"


def _interval(node: exp.Expr) -> Found:
    amount = node.this.unnest() if node.this is not None else None
    fixed = isinstance(amount, exp.Literal | exp.Placeholder) or (
        isinstance(amount, exp.Neg) and isinstance(amount.this, exp.Literal)
    )
    unit = node.args.get("unit")
    if not fixed or unit is None or unit.name.upper() not in INTERVAL_UNITS:
        yield node, "dialect.interval"


def _ordered_aggregate(node: exp.Expr) -> Found:
    """Refuse a list or text made of rows in no order, unless nobody can see the order."""
    if isinstance(node.this, exp.Order):
        return
    if isinstance(node, exp.GroupConcat):
        yield node, "dialect.list_order"
        return
    outer = node.parent
    if isinstance(outer, exp.Filter):
        outer = outer.parent
    if isinstance(outer, exp.Window) and outer.args.get("order"):
        return
    if isinstance(outer, exp.Length | exp.ArraySize | exp.ArraySort | exp.ArrayContains):
        return
    yield node, "dialect.list_order"


def _ordered_choice(node: exp.Expr) -> Found:
    if isinstance(node.this, exp.Order):
        yield node, "dialect.no_arg_max"


def _count(node: exp.Expr) -> Found:
    of = node.this.expressions if isinstance(node.this, exp.Distinct) else []
    if len(of) > 1 or any(isinstance(each, exp.Tuple) for each in of):
        yield node, "dialect.count_several"


def _quantile(node: exp.Expr) -> Found:
    within = node.find_ancestor(exp.WithinGroup)
    share = node.this if within is not None and within.this is node else node.args.get("expression")
    if not isinstance(share, exp.Literal | exp.Placeholder | exp.Cast):
        yield node, "dialect.quantile_share"
    if within is not None and any(each.args.get("desc") for each in within.expression.expressions):
        yield within, "dialect.quantile_desc"


def _unnest(node: exp.Expr) -> Found:
    if not isinstance(node.parent, exp.From | exp.Join):
        yield node, "dialect.no_unnest_in_select"


def _subquery_predicate(node: exp.Expr) -> Found:
    """Refuse `in (select …)` and `exists` in a select list, where Spark tells null apart otherwise."""
    if isinstance(node, exp.In) and node.args.get("query") is None:
        return
    place = node.find_ancestor(exp.Where, exp.Having, exp.Qualify, exp.Join, exp.Select)
    if isinstance(place, exp.Select):
        yield node, "dialect.no_exists_in_select"


def _like(node: exp.Expr) -> Found:
    pattern = node.expression
    if not isinstance(pattern, exp.Placeholder) and not (isinstance(pattern, exp.Literal) and "\\" not in pattern.name):
        yield node, "dialect.like"
    if isinstance(node.parent, exp.Escape):
        yield node, "dialect.like"


def _regex(node: exp.Expr) -> Found:
    pattern = node.expression
    if not isinstance(pattern, exp.Literal) or not _REGEX.fullmatch(pattern.name):
        yield node, "dialect.regex"
    if isinstance(node, exp.RegexpReplace):
        by, how = node.args.get("replacement"), node.args.get("modifiers")
        plain = isinstance(by, exp.Literal) and not set(by.name) & {"\\", "$"}
        if how is None or how.name != "g" or not plain:
            yield node, "dialect.regexp_replace"
    elif node.args.get("flag") is not None or node.args.get("parameters") is not None:
        yield node, "dialect.regex"


def _whole(node: exp.Expr | None, *, least: int) -> bool:
    return isinstance(node, exp.Placeholder) or (
        isinstance(node, exp.Literal) and node.is_int and int(node.name) >= least
    )


def _substring(node: exp.Expr) -> Found:
    start = node.args.get("start")
    if node.args.get("length") is not None and not (
        _whole(start, least=1) or (isinstance(start, exp.Neg) and _whole(start.this, least=1))
    ):
        yield node, "dialect.substring"


def _side(node: exp.Expr) -> Found:
    if not _whole(node.expression, least=0):
        yield node, "dialect.substring"


def _split_part(node: exp.Expr) -> Found:
    if not _whole(node.args.get("part_index"), least=1):
        yield node, "dialect.substring"


def _bracket(node: exp.Expr) -> Found:
    if len(node.expressions) != 1 or not _whole(node.expressions[0], least=0):
        yield node, "dialect.list_index"


def _distinct_list(node: exp.Expr) -> Found:
    if not isinstance(node.parent, exp.Length | exp.ArraySize | exp.ArraySort):
        yield node, "dialect.list_distinct"


def _lambda(node: exp.Expr) -> Found:
    if len(node.expressions) != 1:
        yield node, "dialect.lambda_one"


def _unit(units: frozenset[str]) -> Callable[[exp.Expr], Found]:
    def check(node: exp.Expr) -> Found:
        unit = node.args.get("unit") or node.this
        if unit is None or unit.name.upper() not in units:
            yield node, "dialect.unit"

    return check


def _round(node: exp.Expr) -> Found:
    decimals = node.args.get("decimals")
    if decimals is not None and not (_whole(decimals, least=0) and int(decimals.name or 0) <= 9):
        yield node, "dialect.round_places"


def _time_format(node: exp.Expr) -> Found:
    text = node.args["format"].name
    for part in TIME_FORMATS:
        text = text.replace(part, "")
    if not isinstance(node.args["format"], exp.Literal) or re.search(r"[%A-Za-z']", text):
        yield node, "dialect.time_format"


def _anonymous(node: exp.Expr) -> Found:
    if str(node.this).lower() not in ANONYMOUS:
        yield node, "dialect.no_clock" if str(node.this).lower() in CLOCKS else "dialect.unknown"


_CHECKS: dict[type[exp.Expr], Callable[[exp.Expr], Found]] = {
    exp.With: _with,
    exp.Join: _join,
    exp.Select: _select,
    exp.Union: _set,
    exp.Window: _window,
    exp.Cast: _cast,
    exp.Interval: _interval,
    exp.ArrayAgg: _ordered_aggregate,
    exp.GroupConcat: _ordered_aggregate,
    exp.Min: _ordered_choice,
    exp.Max: _ordered_choice,
    exp.Count: _count,
    exp.PercentileCont: _quantile,
    exp.PercentileDisc: _quantile,
    exp.Unnest: _unnest,
    exp.In: _subquery_predicate,
    exp.Exists: _subquery_predicate,
    exp.Like: _like,
    exp.RegexpLike: _regex,
    exp.RegexpExtract: _regex,
    exp.RegexpReplace: _regex,
    exp.Substring: _substring,
    exp.Left: _side,
    exp.Right: _side,
    exp.SplitPart: _split_part,
    exp.Bracket: _bracket,
    exp.ArrayDistinct: _distinct_list,
    exp.Lambda: _lambda,
    exp.DateDiff: _unit(UNITS),
    exp.TimestampTrunc: _unit(TRUNC_UNITS),
    exp.DateTrunc: _unit(TRUNC_UNITS),
    exp.Extract: _unit(EXTRACTS),
    exp.Round: _round,
    exp.TimeToStr: _time_format,
    exp.Anonymous: _anonymous,
}
