"""Says in Spark SQL what a select of the house dialect says on DuckDB, type by type.

sqlglot's own translation keeps the words and loses the meaning in some places (boundaries of date_diff, rounding of
casts, order inside lists, nulls in lists …); the rules here put the meaning back. A rule that needs a type it cannot
tell refuses instead of guessing.
"""

from typing import Literal

from sqlglot import exp

from suyuan.engine.dialect_kinds import NotPortable, Rule, call, cast, kind, known, number
from suyuan.engine.dialect_rows import ROWS, without_qualify
from suyuan.engine.dialect_times import TIMES

SPACES = " \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
"""What DuckDB's trim takes away."""


def _divide(node: exp.Expr) -> exp.Expr:
    return call("TRY_DIVIDE", cast(node.this, "DOUBLE"), cast(node.expression, "DOUBLE"))


def _int_div(node: exp.Expr) -> exp.Expr:
    if known(node.this) != "int" or known(node.expression) != "int":
        raise NotPortable(node, "dialect.int_div")
    zero = exp.EQ(this=exp.Paren(this=node.expression.copy()), expression=number(0))
    quotient = exp.IntDiv(this=exp.Paren(this=node.this), expression=exp.Paren(this=node.expression))
    return exp.If(this=zero, true=exp.Null(), false=quotient)


def _mod(node: exp.Expr) -> exp.Expr:
    return call("TRY_MOD", node.this, node.expression)


def _casting(node: exp.Expr) -> exp.Expr:
    of, target, text = node.this, kind(node), node.args["to"].sql("spark")
    if isinstance(of, exp.Null) or (isinstance(of, exp.Literal) and of.is_string):
        return node
    if isinstance(of, exp.Literal):
        return cast(call("RINT", of), text) if target == "int" and not of.is_int else node
    source = known(of) if target in {"int", "text", "date", "timestamp"} else kind(of)
    if target == "text" and source in {"double", "list", "interval"}:
        raise NotPortable(node, "dialect.cast_to_text")
    if source == "text" and target != "text":
        raise NotPortable(node, "dialect.cast_from_text")
    return cast(call("RINT", of), text) if (source, target) == ("double", "int") else node


def _whole(name: Literal["FLOOR", "CEIL"]) -> Rule:
    return lambda node: cast(call(name, node.this), "DOUBLE") if known(node.this) == "double" else node.this


def _round(node: exp.Expr) -> exp.Expr:
    """Round as DuckDB does, half away from zero once scaled (540.555 × 100 is 54055.49…); Spark rounds the text."""
    places = node.args.get("decimals")
    if kind(node.this) == "int" or places is None or not int(places.name):
        return node
    scale = exp.Literal.number(f"{10 ** int(places.name)}e0")
    scaled = exp.Mul(this=exp.Paren(this=node.this), expression=scale)
    return exp.Paren(this=exp.Div(this=exp.Round(this=scaled), expression=scale.copy()))


def _length(node: exp.Expr) -> exp.Expr:
    return call("SIZE", node.this) if known(node.this) == "list" else call("LENGTH", node.this)


def _size(node: exp.Expr) -> exp.Expr:
    return call("SIZE", node.this)


def _at(node: exp.Expr) -> exp.Expr:
    if known(node.this) != "list":
        raise NotPortable(node, "dialect.list_index")
    return call("GET", node.this, node.expressions[0])


def _contains(node: exp.Expr) -> exp.Expr:
    both = exp.and_(
        exp.Not(this=exp.Is(this=node.this.copy(), expression=exp.Null())),
        exp.Not(this=exp.Is(this=node.expression.copy(), expression=exp.Null())),
    )
    found = call("ARRAY_CONTAINS", node.this, node.expression)
    return exp.Coalesce(this=found, expressions=[exp.If(this=both, true=exp.false(), false=exp.Null())])


def _joined(node: exp.Expr) -> exp.Expr:
    parts = [exp.Coalesce(this=part, expressions=[call("ARRAY")]) for part in [node.this, *node.expressions]]
    return call("CONCAT", *parts)


def _distinct(node: exp.Expr) -> exp.Expr:
    return call("ARRAY_DISTINCT", call("ARRAY_COMPACT", node.this))


def _pipes(node: exp.Expr) -> exp.Expr:
    if "list" in {kind(node.this), kind(node.expression)}:
        raise NotPortable(node, "dialect.list_pipes")
    return node


def _trim(node: exp.Expr) -> exp.Expr:
    if node.args.get("expression") is None:
        node.set("expression", exp.Literal.string(SPACES))
        node.set("position", node.args.get("position") or "BOTH")
    return node


def _pattern(node: exp.Expr) -> exp.Expr:
    """Give Java's regular expressions RE2's meaning of a dot and of the end."""
    told, inside, escaped = "", False, False
    for letter in node.expression.name:
        if not escaped and not inside and letter in ".$":
            told += "[^\\n]" if letter == "." else "\\z"
        else:
            told += letter
        inside = not escaped and (letter == "[" or (inside and letter != "]"))
        escaped = letter == "\\" and not escaped
    node.set("expression", exp.Literal.string(told))
    if isinstance(node, exp.RegexpExtract):
        return call("REGEXP_EXTRACT", node.this, node.expression, node.args.get("group") or number(0))
    if isinstance(node, exp.RegexpReplace):
        return call("REGEXP_REPLACE", node.this, node.expression, node.args["replacement"])
    return node


def _log(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Log):
        base, of = (node.this, node.expression) if node.expression is not None else (number(10), node.this)
    else:
        base, of = None, node.this
    fail = call("RAISE_ERROR", exp.Literal.string("logarithm of what is not above zero"))
    wrong = exp.LTE(this=exp.Paren(this=of.copy()), expression=number(0))
    good = call("LN", of) if base is None else call("LOG", base, of)
    return exp.If(this=wrong, true=cast(fail, "DOUBLE"), false=good)


LISTS = (
    exp.ArrayAgg, exp.ArrayAppend, exp.ArrayConcat, exp.ArrayDistinct, exp.ArrayFilter, exp.ArraySort,
    exp.GenerateSeries, exp.Transform,
)  # fmt: skip
"""What gives a list, though sqlglot does not always say so."""

RULES: dict[type[exp.Expr], Rule] = {
    **TIMES,
    **ROWS,
    exp.Div: _divide,
    exp.IntDiv: _int_div,
    exp.Mod: _mod,
    exp.Cast: _casting,
    exp.Floor: _whole("FLOOR"),
    exp.Ceil: _whole("CEIL"),
    exp.Round: _round,
    exp.Length: _length,
    exp.ArraySize: _size,
    exp.Bracket: _at,
    exp.ArrayContains: _contains,
    exp.ArrayConcat: _joined,
    exp.ArrayDistinct: _distinct,
    exp.DPipe: _pipes,
    exp.Trim: _trim,
    exp.RegexpLike: _pattern,
    exp.RegexpExtract: _pattern,
    exp.RegexpReplace: _pattern,
    exp.Ln: _log,
    exp.Log: _log,
}


def rewrite(tree: exp.Expr) -> exp.Expr:
    """Return `tree` (qualified, annotated with types) with every rule carried out, inner parts first.

    Raises:
        NotPortable: A part's meaning depends on a type that cannot be told, or Spark lacks it.
    """
    parts = list(tree.walk())
    for node in parts:
        _type_what_is_known(node)
    for node in reversed(parts):
        rule = RULES.get(type(node))
        if rule is not None:
            tree = _carried_out(rule, node, tree)
    for select in reversed([each for each in tree.find_all(exp.Select) if each.args.get("qualify")]):
        flat = without_qualify(select.copy())
        if select is tree:
            tree = flat
        else:
            select.replace(flat)
    return tree


def _type_what_is_known(node: exp.Expr) -> None:
    if isinstance(node, LISTS) and kind(node) == "unknown":
        node.type = exp.DataType.build("ARRAY")
    elif isinstance(node, exp.Anonymous):
        node.type = exp.DataType.build("BIGINT")  # epoch_us is all that the linter lets through


def _carried_out(rule: Rule, node: exp.Expr, tree: exp.Expr) -> exp.Expr:
    """Put what `rule` writes for `node` in its place and return the tree, whose root may be new."""
    told, parent, key, index = node.type, node.parent, node.arg_key, node.index
    new = rule(node)
    if new is node:
        return tree
    new.type = told
    if parent is None or key is None:
        return new
    parent.set(key, new, index=index)
    return tree
