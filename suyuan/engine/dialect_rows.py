"""Aggregates and windows in Spark's words."""

from sqlglot import exp

from suyuan.engine.dialect_kinds import NotPortable, Rule, call, known, number
from suyuan.engine.dialect_lists import collected, unpacked


def _sum(node: exp.Expr) -> exp.Expr:
    of = node.this.expressions[0] if isinstance(node.this, exp.Distinct) else node.this
    told = known(of)
    if told == "boolean":
        raise NotPortable(node, "dialect.sum_boolean")
    if told == "double" and not node.find_ancestor(exp.Round):
        raise NotPortable(node, "dialect.inexact")
    return node


def _listed(node: exp.Expr) -> exp.Expr:
    """Write `string_agg(x, ',' order by k)`, which is null over no rows on both engines."""
    ordered = node.this
    separator = node.args.get("separator") or exp.Literal.string(",")
    return exp.WithinGroup(
        this=call("LISTAGG", ordered.this, separator), expression=exp.Order(expressions=ordered.expressions)
    )


def _median(node: exp.Expr) -> exp.Expr:
    if known(node.this) == "double" and not node.find_ancestor(exp.Round):
        raise NotPortable(node, "dialect.inexact")
    return call("PERCENTILE", node.this, exp.Literal.number("0.5"))


def _share(node: exp.Expr) -> exp.Expr:
    told = node.unnest()
    return told.this if isinstance(told, exp.Cast) else told


def _quantile(node: exp.Expr) -> exp.Expr:
    """Write `quantile_cont(x, p)`; the form `within group` is rewritten at its outer node."""
    if isinstance(node.parent, exp.WithinGroup):
        return node
    return _percentile(node, node.this, node.args["expression"])


def _within(node: exp.Expr) -> exp.Expr:
    if not isinstance(node.this, exp.PercentileCont | exp.PercentileDisc):
        return node
    return _percentile(node.this, node.expression.expressions[0].this, node.this.this)


def _percentile(node: exp.Expr, of: exp.Expr, share: exp.Expr) -> exp.Expr:
    if known(of) not in {"int", "double"}:
        raise NotPortable(node, "dialect.quantile_number")
    if isinstance(node, exp.PercentileCont):
        return call("PERCENTILE", of, _share(share))
    order = exp.Order(expressions=[exp.Ordered(this=of)])
    return exp.WithinGroup(this=call("PERCENTILE_DISC", _share(share)), expression=order)


def _count_if(node: exp.Expr) -> exp.Expr:
    """Count as DuckDB does, whose `count_if` is null over no rows."""
    return exp.Sum(this=exp.If(this=node.this, true=number(1), false=number(0)))


_SECONDS = {"SECOND": 1, "MINUTE": 60, "HOUR": 3600, "DAY": 86400, "WEEK": 604800}


def _frame(node: exp.Expr) -> exp.Expr:
    """Give both ends of a frame one unit, as Spark wants."""
    ends = [end for end in (node.args.get("start"), node.args.get("end")) if isinstance(end, exp.Interval)]
    units = [end.args["unit"].name.upper().removesuffix("S") for end in ends]
    if len(set(units)) > 1:
        for end, unit in zip(ends, units, strict=True):
            if unit not in _SECONDS:
                raise NotPortable(node, "dialect.frame_units")
            end.set("this", exp.Literal.string(str(int(end.this.name) * _SECONDS[unit])))
            end.set("unit", exp.Var(this="SECOND"))
    return node


def without_qualify(select: exp.Select) -> exp.Select:
    """Return `select` with its qualify as a column, wrapped in a select that keeps the rows where it is true."""
    keep = "house_keep"
    outer = exp.select(*[exp.column(name, table="q") for name in select.named_selects])
    ctes, distinct = select.args.get("with_"), select.args.get("distinct")
    condition = select.args["qualify"].this
    for part in ("with_", "distinct", "qualify"):
        select.set(part, None)
    inner = select.select(exp.alias_(condition, keep), copy=True)
    outer = outer.from_(inner.subquery("q")).where(exp.column(keep, table="q"))
    outer.set("with_", ctes)
    outer.set("distinct", distinct)
    return outer


ROWS: dict[type[exp.Expr], Rule] = {
    exp.Sum: _sum,
    exp.Avg: _sum,
    exp.CountIf: _count_if,
    exp.WindowSpec: _frame,
    exp.Median: _median,
    exp.PercentileCont: _quantile,
    exp.PercentileDisc: _quantile,
    exp.WithinGroup: _within,
    exp.ArrayAgg: collected,
    exp.GroupConcat: _listed,
    exp.Filter: unpacked,
    exp.Window: unpacked,
}
"""Rules for what is worked out from many rows."""
