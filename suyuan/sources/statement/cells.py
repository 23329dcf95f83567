"""DuckDB expressions that read cells: text, numbers of accounts, amounts of money, currencies.

Every function takes an expression of text and returns an expression; nothing is installed on a connection. `bare` takes
cells as they were written, with padding, tabs and the quotes of `="…"`; all others take what `bare` has left, so that a
recipe cleans each cell once.
"""

from collections.abc import Iterable, Sequence

_PADDING = " \t\r\n\u00a0\u3000\ufeff\u200b"
_QUOTES = "\"'=`"
_DASHES = "-—–－/\\_*＊. "
_WIDE = "０１２３４５６７８９，．－−＋（）：／￥＄　"
_NARROW = "0123456789,.--+():/¥$ "


def quote(text: str) -> str:
    """Return `text` as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def any_of(expr: str, values: Iterable[str]) -> str:
    """Return whether `expr` equals one of `values`; false when there are none."""
    listed = ", ".join(quote(value) for value in values)
    return f"({expr} IN ({listed}))" if listed else "false"


def holds(expr: str, parts: Sequence[str]) -> str:
    """Return whether `expr` contains one of `parts`; false for null and when there are none."""
    if not parts:
        return "false"
    return "coalesce(" + " OR ".join(f"contains({expr}, {quote(part)})" for part in parts) + ", false)"


def bare(cell: str, *, figure: bool = False) -> str:
    """Return a cell without padding and what spreadsheets put round it; null when nothing is left.

    Put round it are the whole of `="…"` or `"…"`, and one apostrophe or grave before digits alone. Anything else
    stays as told: `=cmd|…`, `'; drop`, `'quoted'`. In a column of dates, amounts or numbers
    (`figure`) the apostrophe comes off whatever follows it (`'2025-01-01`, `'6222****01`). Cells that begin with
    neither padding nor a quote, nearly all, are only trimmed behind, and cells of ASCII alone take a quarter of the
    time (0.2 s for a million).
    """
    ascii_only = "".join(char for char in _PADDING if char.isascii())
    plain = f"trim({cell}, {quote(_PADDING)})"
    marked = quote("^['`](.*?)['`]?$" if figure else "^['`]([0-9]+)$")
    freed = f"regexp_replace(regexp_replace({plain}, '^=?\"([^\"]*)\"$', '\\1', 's'), {marked}, '\\1', 's')"
    # Not `IN`: DuckDB makes a join of a list this long, one for each column.
    opens = f"contains({quote(_PADDING + _QUOTES)}, left({cell}, 1))"
    return (
        f"nullif(CASE WHEN {opens} THEN trim({freed}, {quote(_PADDING)}) "
        f"WHEN strlen({cell}) = length({cell}) THEN rtrim({cell}, {quote(ascii_only)}) "
        f"ELSE rtrim({cell}, {quote(_PADDING)}) END, '')"
    )


def text(expr: str) -> str:
    """Return the cell as text; null when it is empty, only dashes, slashes and stars, or says null."""
    leading = any_of(f"left({expr}, 1)", _DASHES)
    nothing = f"trim({expr}, {quote(_DASHES)}) = '' OR upper({expr}) IN ('NULL', 'NONE', 'N/A', 'NAN', '无')"
    return f"CASE WHEN (strlen({expr}) <= 4 OR {leading}) AND ({nothing}) THEN NULL ELSE {expr} END"


def compared(expr: str) -> str:
    """Return the cell as the words of the mapping are compared: narrow, lower case, no blanks, no quotes."""
    narrow = f"translate({expr}, {quote(_WIDE + _QUOTES)}, {quote(_NARROW)})"
    return f"lower(regexp_replace({narrow}, '\\s', '', 'g'))"


def number(expr: str) -> str:
    """Return the number of an account or a document, a masked one as it is told.

    Taken off: brackets, the `.0` of a spreadsheet, and the suffixes `_1` and `_CNY` of returned queries. Digits alone,
    nearly all, stay as they are: the pattern would take ten times as long.
    """
    plain = f"trim({text(expr)}, '[]()（）')"
    freed = f"nullif(regexp_replace({plain}, '(\\.0+$)|((_[0-9]{{1,3}}|_[A-Z]{{3}})+$)', ''), '')"
    return f"CASE WHEN {expr} <> '' AND trim({expr}, '0123456789') = '' THEN {expr} ELSE {freed} END"


def _stripped(expr: str) -> str:
    """Return an amount's cell in ASCII and upper case, without padding."""
    return f"upper(translate({expr}, {quote(_WIDE)}, {quote(_NARROW)}))"


# Digits in threes behind a comma or without one: 1,23,4.5, 12,34,567 and 1.234,56 are nobody's, or of another custom.
_DIGITS = r"(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)"
_PLAIN = rf"[-+]?(?:{_DIGITS}(?:\.[0-9]*)?|\.[0-9]+)"
_EXPONENT = r"[-+]?[0-9](?:\.([0-9]*))?[eE]([-+]?[0-9]{1,3})"

# What may stand round an amount, taken off one after the other; each pattern ends as the plain signed number.
_AROUND = (
    (r"\([A-Z]{2,3}\)$", ""),  # 8000.00(CN)
    (r"^\((.*)\)$", r"-\1"),  # (12.50)
    (r"^([-+]?)\s*(?:[A-Z]{2,3}|人民币|美元|港币|港元)?[¥$€£]?\s*([-+.0-9])", r"\1\2"),  # -¥5, CNY 2.99, HK$ 5
    (r"([0-9.])\s*(?:[A-Z]{3}|元|人民币)$", r"\1"),  # 100CNY, 28.50元
    (r"^([0-9.,]+)\s*(?:-|DR)$", r"-\1"),  # 12.50-, 12.50DR
    (r"([0-9.])\s*(?:CR|\+)$", r"\1"),  # 12.50 CR
)


_REFUND = rf"\s*\(已(?:全额退款[^)]*|退款[^0-9)]*(?:{_DIGITS}(?:\.[0-9]*)?[^0-9.,)]*)?)\)$"


def _decimal(expr: str) -> str:
    """Return a plain signed number, its thousands grouped rightly or not at all, as DECIMAL; null for all else.

    `expr` stands here once: DuckDB would work out for every row what stands twice, before any branch is taken.
    """
    return f"try_cast(replace(regexp_extract({expr}, {quote(f'^{_PLAIN}$')}), ',', '') AS DECIMAL(30, 8))"


def _exact_exponent(expr: str, *, scale: int) -> str:
    """Return a number with an exponent as DECIMAL where its digits reach the fen; null elsewhere."""
    behind = f"length(regexp_extract({expr}, {quote(_EXPONENT)}, 1))"
    exponent = f"try_cast(regexp_extract({expr}, {quote(_EXPONENT)}, 2) AS INTEGER)"
    reaches = f"{behind} - {exponent} >= {len(str(scale)) - 1}"
    return (
        f"CASE WHEN regexp_full_match({expr}, {quote(_EXPONENT)}) AND {reaches} "
        f"THEN try_cast({expr} AS DECIMAL(30, 8)) END"
    )


def money(expr: str, *, refunds: bool = False, scale: int = 100) -> str:
    """Return the amount a cell bears, signed, as DECIMAL(30, 8) of its currency's unit; null when it bears none.

    Understood: thousands separators, full-width digits, ¥ and currency codes before or after, a sign before or behind,
    parentheses for negative, CR (positive) and DR (negative) behind, `8,000.00(CN)`. With `refunds` a bracketed refund
    may stand behind, which is left to the function of that name. Noise of binary floats falls to the rounding at 8
    digits.

    Refused are commas that do not part thousands (`1,23,4.5`, `12,34,567`, the European `1.234,56`), and scientific
    notation unless the digits written reach the fen: `1.234567E+04` is 12,345.67 and `5.68E-14` nothing, but `1e5` and
    `1.2E+07` may have lost digits, and who wrote them cannot be asked. Workbooks give their numbers in full, so only
    text shows exponents. `scale` is that of `hundredths`: it says where the fen is.
    """
    plain = _stripped(expr)
    for pattern, left in ((_REFUND, ""), *_AROUND) if refunds else _AROUND:
        plain = f"regexp_replace({plain}, {quote(pattern)}, {quote(left)})"
    return f"coalesce({_decimal(expr)}, {_decimal(plain)}, {_exact_exponent(expr, scale=scale)})"


def refund(expr: str) -> str:
    """Return the refund that stands bracketed behind an amount, ≥ 0; null when there is none.

    `131.77(已退款89.84)` gives 89.84, `468.32(已全额退款)` the amount itself.
    """
    told = _decimal(f"regexp_extract({_stripped(expr)}, '\\(已退款¥?([0-9.,]+)', 1)")
    return (
        f"CASE WHEN contains({expr}, '退款') THEN CASE WHEN contains({expr}, '全额退款') "
        f"THEN abs({money(expr, refunds=True)}) ELSE {told} END END"
    )


def hundredths(amount: str, *, scale: int = 100) -> str:
    """Return a decimal `amount` as bigint of 1/100; null when it is null, finer than that, or out of range.

    `scale` is 100 where cells tell whole units, 1 where they tell hundredths already, 1000000 for ten thousands.
    """
    grain = {1: "1", 100: "0.01", 1_000_000: "0.000001"}[scale]
    return f"CASE WHEN {amount} % {grain} = 0 THEN try_cast({amount} * {scale} AS BIGINT) END"


def by_sign(amount: str, *, below: str, zero: str, above: str) -> str:
    """Return one of three literals or expressions by the sign of `amount`; null for null."""
    return f"[{below}, {zero}, {above}][CAST(sign({amount}) AS INTEGER) + 2]"


def currency_in(expr: str, codes: dict[str, list[str]]) -> str:
    """Return the ISO 4217 code written beside an amount (`JPY 1000.00`, `¥2.99`); null when there is none."""
    mark = f"regexp_extract({_stripped(expr)}, '^[-+(]*\\s*([A-Z]{{2,3}}\\$|[A-Z]{{3}}|[¥€£])|([A-Z]{{3}})\\)?$')"
    return currency(f"trim({mark}, '-+() ')", codes)


def currency(expr: str, codes: dict[str, list[str]]) -> str:
    """Return the ISO 4217 code a currency cell names; null when it names none that is known.

    `codes` maps a code to the names it goes by, as the words of the mapping are compared. Notes and transfers
    (人民币钞, 美元现汇) are one currency.
    """
    pairs = ", ".join(f"{quote(name)}: {quote(code)}" for code, names in codes.items() for name in names)
    return f"MAP {{{pairs}}}[regexp_replace({compared(expr)}, '(现?[钞汇户]|账户)$', '')]"
