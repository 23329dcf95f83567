"""Dates, times and intervals in Spark's words."""

from sqlglot import exp

from suyuan.engine.dialect_kinds import NotPortable, Rule, call, cast, kind, known, number


def _micros(node: exp.Expr) -> exp.Expr:
    return call("UNIX_MICROS", cast(node, "TIMESTAMP"))


def _day(node: exp.Expr) -> exp.Expr:
    return cast(node, "DATE")


def _boundaries(node: exp.Expr) -> exp.Expr:
    """Count the boundaries between two times, as DuckDB does; Spark counts whole units."""
    unit = node.args["unit"].name.upper()
    late, early = node.this, node.expression
    if unit == "DAY":
        return cast(call("DATEDIFF", _day(late), _day(early)), "BIGINT")
    if unit in {"YEAR", "QUARTER", "MONTH"}:
        return cast(exp.Paren(this=exp.Sub(this=_count(late, unit), expression=_count(early, unit))), "BIGINT")
    size = {"SECOND": 1, "MINUTE": 60, "HOUR": 3600}[unit]
    return exp.Paren(this=exp.Sub(this=_units(late, size), expression=_units(early, size)))


def _count(node: exp.Expr, unit: str) -> exp.Expr:
    year = call("YEAR", node.copy())
    per = {"QUARTER": 4, "MONTH": 12}.get(unit)
    if per is None:
        return year
    return exp.Paren(this=exp.Add(this=exp.Mul(this=year, expression=number(per)), expression=call(unit, node.copy())))


def _units(node: exp.Expr, size: int) -> exp.Expr:
    seconds = call("UNIX_SECONDS", cast(node, "TIMESTAMP"))
    return call("FLOOR", exp.Div(this=seconds, expression=number(size))) if size > 1 else seconds


def _epoch(node: exp.Expr) -> exp.Expr:
    return exp.Paren(this=exp.Div(this=_micros(node.this), expression=number(1_000_000)))


def _named(node: exp.Expr) -> exp.Expr:
    return _micros(node.expressions[0]) if str(node.this).lower() == "epoch_us" else node


def _weekday(node: exp.Expr) -> exp.Expr:
    return exp.Paren(this=exp.Add(this=call("WEEKDAY", node), expression=number(1)))


def _sunday(node: exp.Expr) -> exp.Expr:
    return exp.Paren(this=exp.Sub(this=call("DAYOFWEEK", node), expression=number(1)))


def _extract(node: exp.Expr) -> exp.Expr:
    unit, of = node.this.name.upper(), node.expression
    match unit:
        case "ISODOW":
            told = _weekday(of)
        case "DOW":
            told = _sunday(of)
        case "EPOCH":
            told = exp.Paren(this=exp.Div(this=_micros(of), expression=number(1_000_000)))
        case _:
            told = call({"DOY": "DAYOFYEAR", "WEEK": "WEEKOFYEAR"}.get(unit, unit), of)
    return told


def _truncated(node: exp.Expr) -> exp.Expr:
    unit = exp.Literal.string(node.args["unit"].name.upper())
    to = "DATE" if known(node.this) == "date" else "TIMESTAMP_NTZ"
    return cast(call("DATE_TRUNC", unit, cast(node.this, "TIMESTAMP_NTZ")), to)


def _plus_minus(node: exp.Expr) -> exp.Expr:
    left, right = kind(node.this), kind(node.expression)
    if "interval" in {left, right}:
        if {left, right} == {"interval"}:
            raise NotPortable(node, "dialect.interval")
        side = "this" if right == "interval" else "expression"
        if known(node.args[side]) == "date":
            node.set(side, cast(node.args[side], "TIMESTAMP_NTZ"))
    elif isinstance(node, exp.Sub) and "timestamp" in {left, right}:
        raise NotPortable(node, "dialect.time_minus_time")
    elif isinstance(node, exp.Sub) and left == right == "date":
        return cast(call("DATEDIFF", node.this, node.expression), "BIGINT")
    return node


def _interval(node: exp.Expr) -> exp.Expr:
    amount = node.this.unnest()
    text = f"-{amount.this.name}" if isinstance(amount, exp.Neg) else amount.name
    return exp.Interval(this=exp.Literal.string(text), unit=node.args["unit"])


def _days(node: exp.Expr) -> exp.Expr:
    return call("MAKE_DT_INTERVAL", node.this)


TIMES: dict[type[exp.Expr], Rule] = {
    exp.DateDiff: _boundaries,
    exp.TimeToUnix: _epoch,
    exp.Anonymous: _named,
    exp.DayOfWeekIso: lambda node: _weekday(node.this),
    exp.DayOfWeek: lambda node: _sunday(node.this),
    exp.Extract: _extract,
    exp.Week: lambda node: call("WEEKOFYEAR", node.this),
    exp.TimestampTrunc: _truncated,
    exp.DateTrunc: _truncated,
    exp.Add: _plus_minus,
    exp.Sub: _plus_minus,
    exp.Interval: _interval,
    exp.ToDays: _days,
}
"""Rules for times."""
