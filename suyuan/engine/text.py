"""Turns the text of a step into text that DuckDB reads: parameters become literals, decimal literals become doubles.

Works on tokens, so that what an author wrote stays recognisable in an error message.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from math import isfinite

from sqlglot.dialects.duckdb import DuckDB
from sqlglot.errors import TokenError
from sqlglot.tokenizer_core import Token, TokenType

from suyuan.domain.errors import DataError
from suyuan.engine.step import Scalar

_NAME = re.compile(r"[a-z_][a-z0-9_]*\Z")
_PARAM = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


def quoted(name: str) -> str:
    """Return `name` as a quoted identifier.

    Raises:
        DataError: `name` is not a plain lower-case identifier.
    """
    if not _NAME.match(name):
        raise DataError("engine.bad_name", name=name)
    return f'"{name}"'


def literal(value: Scalar) -> str:
    """Return `value` as a literal that both engines read alike (double, not decimal; timestamps without zone).

    Examples:
        >>> literal(0.1), literal("it's"), literal(date(2018, 9, 1))
        ('CAST(0.1 AS DOUBLE)', "'it''s'", "DATE '2018-09-01'")
    """
    match value:
        case None:
            text = "NULL"
        case bool():
            text = "TRUE" if value else "FALSE"
        case int():
            text = str(value) if value >= 0 else f"({value})"
        case float():
            text = f"CAST({value!r} AS DOUBLE)" if isfinite(value) else f"CAST('{value!r}' AS DOUBLE)"
        case datetime():
            text = f"TIMESTAMP '{value.isoformat(sep=' ')}'"
        case date():
            text = f"DATE '{value.isoformat()}'"
        case str():
            text = "'" + value.replace("'", "''") + "'"
    return text


def tokens_of(sql: str) -> list[Token]:
    """Return the tokens of `sql`.

    Raises:
        DataError: A quote or comment is not closed.
    """
    try:
        return DuckDB().tokenize(sql)
    except TokenError as fault:
        raise DataError("engine.not_sql", why=str(fault), sql=sql) from fault


def _is_param(tokens: list[Token], at: int) -> bool:
    """Whether the colon at `at` begins `:name` (and is no slice, cast or struct colon)."""
    if tokens[at].token_type is not TokenType.COLON or at + 1 == len(tokens):
        return False
    after = tokens[at + 1]
    return after.start == tokens[at].end + 1 and bool(_PARAM.match(after.text)) and after.token_type != TokenType.STRING


def _is_decimal(tokens: list[Token], at: int, sql: str) -> bool:
    """Whether the number at `at` has a point and no exponent."""
    token = tokens[at]
    if token.token_type is not TokenType.NUMBER or "e" in token.text.lower():
        return False
    if "." in token.text:
        return True
    dot = tokens[at - 1] if at else None
    if dot is None or dot.token_type is not TokenType.DOT or dot.end + 1 != token.start:
        return False
    return dot.start == 0 or not re.match(r"[\w\")\]]", sql[dot.start - 1])


def _edits(sql: str, params: Mapping[str, Scalar], step: str) -> Iterator[tuple[int, int, str]]:
    tokens = tokens_of(sql)
    for at, token in enumerate(tokens):
        if _is_param(tokens, at):
            after = tokens[at + 1]
            name = sql[after.start : after.end + 1]
            if name not in params:
                raise DataError("engine.no_param", step=step, param=name, given=", ".join(params) or "–")
            yield token.start, after.end + 1, literal(params[name])
        elif _is_decimal(tokens, at, sql):
            yield token.end + 1, token.end + 1, "e0"


def words(sql: str) -> set[str]:
    """Return every word and quoted name of `sql`: among them all tables it reads.

    Raises:
        DataError: The text cannot be cut into tokens.
    """
    return {token.text for token in tokens_of(sql) if token.token_type is not TokenType.STRING}


def param_names(sql: str) -> set[str]:
    """Return the names of the `:named` places of `sql`."""
    tokens = tokens_of(sql)
    return {sql[tokens[at + 1].start : tokens[at + 1].end + 1] for at in range(len(tokens)) if _is_param(tokens, at)}


def filled(sql: str, params: Mapping[str, Scalar], *, step: str) -> str:
    """Return `sql` with `:named` places filled from `params` and every decimal literal made a double.

    Raises:
        DataError: A named place has no value, or the text cannot be cut into tokens.

    Examples:
        >>> filled("select x * 0.5 from t where d <= :days", {"days": 30}, step="s")
        'select x * 0.5e0 from t where d <= 30'
    """
    out: list[str] = []
    seen = 0
    for start, end, text in _edits(sql, params, step):
        out += [sql[seen:start], text]
        seen = end
    return "".join([*out, sql[seen:]]).rstrip().rstrip(";")
