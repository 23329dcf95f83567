"""The meanings that columns of money may have, as expressions over a recipe's first layer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from suyuan.sources.statement.cells import any_of, by_sign, compared, hundredths, money, number, quote
from suyuan.sources.statement.header import Header
from suyuan.sources.statement.sample import cell
from suyuan.sources.statement.words import Role, Words

_MONEY: tuple[Role, ...] = ("amount", "in", "out", "balance", "counterparty_balance")
_COMPARED: tuple[Role, ...] = ("flag", "status", "success", "cash")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One meaning of the amounts, as expressions.

    `name` goes into the report; `balance_sign` is -1 where the balance is a debt that spending increases;
    `both` tells rows in which both sides of a split are filled.
    """

    name: str
    direction: str
    gross: str
    refunds: str | None = None  # the cell behind whose amount a refund may stand in brackets
    both: str = "false"
    balance_sign: int = 1


def scale_of(name: str) -> int:
    """Return how many hundredths a told unit is, by the unit in a normalised header: 元 100, 分 1, 万元 1000000."""
    if any(mark in name for mark in ("(分)", "/分", "(单位:分)", "(fen)", "(cents)", "(cent)")):
        return 1
    return 1_000_000 if "万元" in name else 100


def told_once(header: Header, words: Words, *, texts: Sequence[str]) -> dict[str, str]:
    """Return what is worked out once from the cleaned cells: amounts in 1/100, words as compared, their direction."""
    layer: dict[str, str] = {}
    for role in _MONEY:
        if place := header.at(role):
            scale = scale_of(header.name(role))
            layer[once(role)] = hundredths(money(cell(place), refunds=role == "amount", scale=scale), scale=scale)
    for role in _COMPARED:
        if place := header.at(role):
            layer[once(role)] = compared(cell(place))
    if not header.at("flag") and header.at("amount"):
        layer[once("word")] = word_direction(texts, words)
    return layer


def once(what: str) -> str:
    """Return the name under which a recipe works out `what` once for each row."""
    return f"__s_{what}"


def fen_of(header: Header, role: Role) -> str:
    """Return the amount in 1/100 that the column of `role` tells, as the first layer names it; `NULL` where none is."""
    return once(role) if header.at(role) else "CAST(NULL AS BIGINT)"


def word_direction(texts: Sequence[str], words: Words) -> str:
    """Return the direction (in, out or null) that the first telling word among the expressions `texts` gives."""
    if not texts:
        return "CAST(NULL AS VARCHAR)"
    known = sorted({*words.kinds.in_, *words.kinds.out}, key=lambda word: (-len(word), word))
    listed = "|".join(word.replace("(", "\\(").replace(")", "\\)").replace("'", "''") for word in known)
    said = compared(f"concat_ws(' ', {', '.join(texts)})")
    first = f"regexp_extract({said}, '({listed})')"
    return f"CASE WHEN {any_of(first, words.kinds.in_)} THEN 'in' WHEN {any_of(first, words.kinds.out)} THEN 'out' END"


def _signed(header: Header, *, positive: str) -> Reading:
    amount = fen_of(header, "amount")
    other = "out" if positive == "in" else "in"
    return Reading(
        name=f"signed:{positive}",
        direction=by_sign(amount, below=quote(other), zero="'neutral'", above=quote(positive)),
        gross=f"abs({amount})",
        refunds=cell(header.at("amount") or 1),
    )


def _split(header: Header, *, swapped: bool) -> Reading:
    came, went = fen_of(header, "in"), fen_of(header, "out")
    if swapped:
        came, went = went, came
    net = f"coalesce({came} - coalesce({went}, 0), -({went}))"
    return Reading(
        name="split:swapped" if swapped else "split",
        direction=by_sign(net, below="'out'", zero="'neutral'", above="'in'"),
        gross=f"abs({net})",
        both=f"coalesce({came} <> 0 AND {went} <> 0, false)",
    )


def _minus(header: Header) -> Reading:
    """Return the reading of sides of which spending is printed with its minus sign."""
    came, went = fen_of(header, "in"), fen_of(header, "out")
    net = f"coalesce({came} + coalesce({went}, 0), {went})"
    return replace(
        _split(header, swapped=False),
        name="split:minus",
        direction=by_sign(net, below="'out'", zero="'neutral'", above="'in'"),
        gross=f"abs({net})",
    )


def _flagged(
    header: Header, words: Words, *, coming: Iterable[str], going: Iterable[str], signed: bool, name: str
) -> Reading:
    amount = fen_of(header, "amount")
    flag = once("flag")
    side = f"CASE WHEN {any_of(flag, coming)} THEN 'in' WHEN {any_of(flag, going)} THEN 'out' END"
    turned = f"CASE WHEN {any_of(flag, coming)} THEN 'out' WHEN {any_of(flag, going)} THEN 'in' END"
    wallet = header.name("flag") in words.flags.blank_is_neutral
    blank = "'neutral'" if wallet else by_sign(amount, below="'out'", zero="'neutral'", above="NULL")
    known = f"CASE WHEN {amount} < 0 THEN {turned} ELSE {side} END" if signed else side
    return Reading(
        name=name,
        direction=(
            f"CASE WHEN {any_of(flag, words.flags.neutral)} THEN 'neutral' "
            f"WHEN {flag} IS NULL THEN {blank} ELSE {known} END"
        ),
        gross=f"abs({amount})",
        refunds=cell(header.at("amount") or 1),
    )


def readings(header: Header, words: Words) -> list[Reading]:
    """Return the meanings the columns of money may have."""
    if header.at("in") and header.at("out"):
        return [_split(header, swapped=False), _split(header, swapped=True), _minus(header)]
    if header.at("flag") and header.at("amount"):
        given, taken = words.flags.in_, words.flags.out
        found = []
        for signed, end in ((False, ""), (True, ":signed")):
            found.append(_flagged(header, words, coming=given, going=taken, signed=signed, name=f"flagged{end}"))
            found.append(
                _flagged(header, words, coming=taken, going=given, signed=signed, name=f"flagged:swapped{end}")
            )
        return found
    if header.at("amount"):
        return _unflagged(header)
    one: Role = "in" if header.at("in") else "out"
    amount = fen_of(header, one)
    other = "out" if one == "in" else "in"
    return [
        Reading(
            name=f"only:{one}",
            direction=by_sign(amount, below=quote(other), zero="'neutral'", above=quote(one)),
            gross=f"abs({amount})",
        )
    ]


def _unflagged(header: Header) -> list[Reading]:
    """Return the readings of one column of amounts with nothing beside it that says which way."""
    place = header.at("amount") or 1
    worded = Reading(
        name="worded",
        direction=once("word"),
        gross=f"abs({fen_of(header, 'amount')})",
        refunds=cell(place),
    )
    found = [_signed(header, positive="in"), _signed(header, positive="out"), worded]
    payer, payee = header.at("payer_account"), header.at("payee_account")
    if payer and payee:
        own = once("account")
        sides = f"CASE {own} WHEN {number(cell(payer))} THEN 'out' WHEN {number(cell(payee))} THEN 'in' END"
        found.append(replace(worded, name="parties", direction=sides))
    return found
