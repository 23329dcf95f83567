"""Expressions of mappings: parsed, judged against an allow-list, and turned into SQL over a grid's columns.

An expression reads the columns of its own row and nothing else: no tables, no files, no functions but those named here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from suyuan.sources.macros import MACROS

_PLAIN: tuple[type[exp.Expression], ...] = (
    exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Paren, exp.Neg, exp.Not, exp.And, exp.Or,
    exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod,
    exp.DPipe, exp.Is, exp.In, exp.Between, exp.Like, exp.ILike, exp.Case, exp.If, exp.DataType,
)  # fmt: skip
_FUNCTIONS: tuple[type[exp.Expression], ...] = (
    exp.Trim, exp.Nullif, exp.Coalesce, exp.Lower, exp.Upper, exp.Concat, exp.Replace, exp.Substring, exp.Left,
    exp.Right, exp.Length, exp.StrPosition, exp.RegexpExtract, exp.RegexpReplace, exp.RegexpLike, exp.RegexpFullMatch,
    exp.TryCast, exp.Abs, exp.Greatest, exp.Least, exp.SplitPart, exp.StartsWith, exp.EndsWith, exp.Contains,
    exp.MD5, exp.Pad,
)  # fmt: skip
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod, exp.Neg, exp.Abs)
_FORKS = (exp.Case, exp.If, exp.Coalesce, exp.Nullif)

FUNCTIONS = sorted(
    {*MACROS, *(kind.sql_names()[0].lower() for kind in _FUNCTIONS if issubclass(kind, exp.Func)), "case"}
)
"""What may be called, for people."""


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """What is wrong with an expression: a catalogue key and its values."""

    key: str
    values: dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Formula:
    """A judged expression. `columns` are the source columns it reads, in order of appearance."""

    tree: exp.Expr
    columns: tuple[str, ...]


def parse(text: str, *, known: Callable[[str], bool]) -> tuple[Formula | None, list[Wrong]]:
    """Return the formula in `text`, or null and everything that is wrong with it; `known` tells a source column."""
    try:
        tree = parse_one(text, dialect="duckdb")
    except SqlglotError as fault:
        return None, [Wrong(key="mapping.not_sql", values={"told": str(fault).partition("\n")[0]})]
    wrong = list(_judge(tree))
    columns = tuple(dict.fromkeys(column.name for column in tree.find_all(exp.Column)))
    wrong += [Wrong(key="mapping.no_source_column", values={"column": name}) for name in columns if not known(name)]
    return (None, wrong) if wrong else (Formula(tree=tree, columns=columns), [])


def _judge(tree: exp.Expr) -> Iterator[Wrong]:
    for node in tree.walk():
        if isinstance(node, exp.Anonymous):
            yield from _judge_macro(node)
        elif isinstance(node, exp.Column) and node.table:
            yield Wrong(key="mapping.dotted", values={"told": node.sql("duckdb")})
        elif not isinstance(node, _PLAIN + _FUNCTIONS):
            told = node.sql("duckdb")[:60]
            yield Wrong(key="mapping.not_allowed", values={"told": told, "allowed": ", ".join(FUNCTIONS)})
            return


def _judge_macro(node: exp.Anonymous) -> Iterator[Wrong]:
    name, args = str(node.this).lower(), node.expressions
    macro = MACROS.get(name)
    if macro is None:
        yield Wrong(key="mapping.not_allowed", values={"told": f"{name}(…)", "allowed": ", ".join(FUNCTIONS)})
        return
    if not macro.least <= len(args) <= macro.most or (name == "pick" and len(args) % 2 == 0):
        yield Wrong(key="mapping.arguments", values={"name": name, "count": len(args)})
    if name == "nth_of" and not (len(args) == 3 and args[2].is_int and not args[2].is_string):
        yield Wrong(key="mapping.arguments", values={"name": name, "count": len(args)})
    for place in macro.literals:
        if place < len(args) and not args[place].is_string:
            yield Wrong(key="mapping.literal", values={"name": name, "place": place + 1})


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """SQL of a formula; `refuse` is a predicate for rows whose told values it can make nothing of (None: cannot be)."""

    sql: str
    refuse: str | None = None


def render(formula: Formula, *, column: Callable[[str], str]) -> Rendered:
    """Return the SQL of `formula`, each source column as `column` gives it.

    A single column stays as it is. Whatever is null though all it was made of was told (a word that cannot read its
    argument, a cast that fails, a sum that overflows) refuses the row; under a `case` or `coalesce`, where it may not
    matter, only when the whole is null.
    """
    tree = formula.tree
    if isinstance(tree, exp.Column):
        return Rendered(sql=column(tree.name))
    unmeant: list[tuple[str, str]] = []

    def turned(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column):
            return exp.Var(this=column(node.name))
        if isinstance(node, exp.Anonymous):
            macro = MACROS[str(node.this).lower()]
            args = [text(each) for each in node.expressions]
            sql = f"({macro.sql(args)})"
            if macro.fallible is not None:
                unmeant.append((f"{args[macro.fallible]} IS NOT NULL", sql))
            return exp.Var(this=sql)
        if isinstance(node, (*_ARITHMETIC, exp.TryCast)):
            parts = {key: f"({text(node.args[key])})" for key in ("this", "expression") if node.args.get(key)}
            bare = node.copy()
            for key, part in parts.items():
                bare.set(key, exp.Var(this=part))
            sql = f"TRY({bare.sql('duckdb')})"
            unmeant.append((" AND ".join(f"{part} IS NOT NULL" for part in parts.values()), sql))
            return exp.Var(this=sql)
        return node

    def text(node: exp.Expr) -> str:
        return node.copy().transform(turned).sql("duckdb")

    sql = text(tree)
    forked = tree.find(*_FORKS) is not None
    refusals = [f"({given} AND {sql if forked else value} IS NULL)" for given, value in unmeant]
    return Rendered(sql=sql, refuse=" OR ".join(refusals) or None)
