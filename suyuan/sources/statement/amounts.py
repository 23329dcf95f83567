"""Decides what a statement's amounts mean: how much, and which way.

A reading gives every row a direction (in, out, neutral, or null for unknown) and a gross amount ≥ 0. Where there is a
running balance the readings are tried against it on the first rows; names, flags and words decide only where it is
silent. What stays open is asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from suyuan.sources.statement.ask import Hints, Need
from suyuan.sources.statement.header import Header
from suyuan.sources.statement.preamble import Told
from suyuan.sources.statement.reading import Reading, fen_of, once, readings
from suyuan.sources.statement.seen import Seen

_UNANIMOUS = 3  # rows whose words must all say that positive is spent before a balance is taken for a debt
_AGAINST_DATES = 3  # rows that must close the other way round before the balance is believed against the dates
_CLOSES = 0.8  # share of consecutive rows a reading must close to be taken on the balance's word


@dataclass(frozen=True, kw_only=True)
class Row:
    """What the readings are judged by: one sampled row, in 1/100."""

    chain: tuple[object, object]  # account and currency: what shares one balance
    balance: int | None
    moved: Mapping[str, int | None] = field(default_factory=dict)  # reading → signed amount, positive is in


@dataclass(frozen=True, kw_only=True)
class Amounts:
    """The chosen reading, why, and the order of rows where the balance tells it better than dates (1 oldest first)."""

    reading: Reading
    why: str
    closes: int
    pairs: int
    order: int | None


def closing(rows: Sequence[Row], reading: str, *, order: int, sign: int) -> tuple[int, int]:
    """Return how many consecutive rows of one chain close under `reading`, and how many there are.

    A row that moved nothing is no evidence. `order` is 1 when rows come oldest first; `sign` is -1 when the balance is
    a debt.
    """
    last: dict[tuple[object, object], int] = {}
    closed = pairs = 0
    for row in rows if order > 0 else reversed(rows):
        moved = row.moved.get(reading)
        if row.balance is None:
            continue
        before = last.get(row.chain)
        last[row.chain] = row.balance
        if before is None or moved is None:
            continue
        if moved == 0 and row.balance == before:
            continue
        pairs += 1
        closed += row.balance - before == sign * moved
    return closed, pairs


@dataclass(frozen=True, kw_only=True)
class _Try:
    """A reading held against the balance: in this order of rows and with this sign of the balance, what closes."""

    reading: Reading
    order: int
    sign: int
    closes: int
    pairs: int

    @property
    def share(self) -> float:
        return self.closes / self.pairs if self.pairs else 0.0


def _judge(rows: Sequence[Row], known: Sequence[Reading], order: int | None) -> list[_Try]:
    """Return every try, those that close best first, earlier readings first."""
    tries: list[_Try] = []
    for reading in known:
        for sign in (1, -1):
            for direction in (order,) if order else (1, -1):
                closed, pairs = closing(rows, reading.name, order=direction, sign=sign)
                tries.append(_Try(reading=reading, order=direction, sign=sign, closes=closed, pairs=pairs))
    return sorted(tries, key=lambda found: -found.share)


def _ordered(rows: Sequence[Row], known: Sequence[Reading], order: int | None) -> list[_Try]:
    """Return the tries in the order that dates tell, or in the other one where only that closes."""
    tries = _judge(rows, known, order)
    if order is None or tries[0].share >= _CLOSES:
        return tries
    against = _judge(rows, known, -order)
    return against if against[0].share >= _CLOSES and against[0].closes >= _AGAINST_DATES else tries


def decide_amounts(seen: Seen, first: Mapping[str, str], *, order: int | None) -> Amounts | Need:
    """Return the meaning of the amounts, or what must be told.

    Args:
        seen: The statement.
        first: What the recipe works out once from the cleaned cells: `told_once`, `account` and `currency`.
        order: 1 or -1 where dates tell the order of the rows.
    """
    header, told = seen.header, seen.told
    known = readings(header, seen.words)
    read = seen.read(_judged(header, known), first)
    known = _fitting(known, read)
    rows = [
        Row(
            chain=(found["account"], found["currency"]),
            balance=_int(found["balance"]),
            moved={reading.name: _int(found[reading.name]) for reading in known},
        )
        for found in read
    ]
    tries = _ordered(rows, known, order)
    votes = _votes(read)
    if tries[0].closes and tries[0].share >= _CLOSES:
        even = [found for found in tries if (found.closes, found.pairs) == (tries[0].closes, tries[0].pairs)]
        owing = sum(1 if row.balance > 0 else -1 for row in rows if row.balance) > 0
        found = _among(even, header=header, card=told.is_card, votes=votes, owing=owing)
        return _amounts(found, replace(found.reading, balance_sign=found.sign), "balance", order)
    by_name = _by_words(known, read, votes=votes, hints=seen.hints, told=told)
    if isinstance(by_name, Need):
        return by_name
    tried = next(found for found in tries if found.reading is by_name[0] and found.sign == 1)
    return _amounts(tried, by_name[0], by_name[1], order)


def _fitting(known: Sequence[Reading], read: Sequence[Mapping[str, object]]) -> list[Reading]:
    """Return the readings the signs allow: spending that always bears its minus sign is read so, and only then."""
    spent = [went for found in read if (went := _int(found["went"]))]
    signed = bool(spent) and all(went < 0 for went in spent)
    if not any(reading.name == "split:minus" for reading in known):
        return list(known)
    return [reading for reading in known if (reading.name == "split:minus") == signed]


def _judged(header: Header, known: Sequence[Reading]) -> dict[str, str]:
    """Return the expressions by which readings are judged."""
    found = {
        "account": once("account"),
        "currency": once("currency"),
        "balance": fen_of(header, "balance"),
        "word": once("word") if not header.at("flag") and header.at("amount") else "CAST(NULL AS VARCHAR)",
        "amount": fen_of(header, "amount"),
        "went": fen_of(header, "out"),
    }
    for reading in known:
        found[reading.name] = (
            f"CASE {reading.direction} WHEN 'in' THEN {reading.gross} "
            f"WHEN 'out' THEN -({reading.gross}) WHEN 'neutral' THEN 0 END"
        )
    return found


def _amounts(found: _Try, reading: Reading, why: str, order: int | None) -> Amounts:
    told = found.order if found.closes and found.order != order else None
    return Amounts(reading=reading, why=why, closes=found.closes, pairs=found.pairs, order=told)


def _votes(read: Sequence[Mapping[str, object]]) -> tuple[int, int]:
    """Return how many rows' words say that a positive amount is in, and how many that it is out."""
    amounts = [(amount, found["word"]) for found in read if (amount := _int(found["amount"]))]
    said = [(amount > 0) == (word == "in") for amount, word in amounts if word]
    return sum(said), len(said) - sum(said)


def _int(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _among(tries: Sequence[_Try], *, header: Header, card: bool, votes: tuple[int, int], owing: bool) -> _Try:
    """Return the try among those that close equally well.

    A balance that falls when money comes in is a debt on a card, and wherever the sides are named income and spending;
    where they are named debit and credit the file is the holder's own ledger, whose sides are the other way round.
    Signed amounts are what they add to the account, unless it is a card's or all words of three rows or more say that
    positive is spent.
    """
    came, went = votes
    spending = (went > came if went != came else owing) if card else went >= _UNANIMOUS and not came
    sides = header.name("in") + header.name("out") + header.name("flag")
    ledger = not card and any(mark in sides for mark in ("借", "贷", "貸", "debit", "credit", "dr", "cr"))

    def rank(found: _Try) -> tuple[bool, bool, bool, int]:
        if found.reading.name in {"signed:in", "signed:out"}:
            return ((found.reading.name == "signed:out") != spending, found.sign < 0, False, -found.order)
        if found.reading.name in {"worded", "parties"}:
            return (True, True, False, -found.order)
        swapped = "swapped" in found.reading.name
        return (found.sign < 0 and ledger, swapped and not ledger, swapped or found.sign < 0, -found.order)

    return min(tries, key=rank)


def _by_words(
    known: Sequence[Reading], read: Sequence[Mapping[str, object]], *, votes: tuple[int, int], hints: Hints, told: Told
) -> tuple[Reading, str] | Need:
    """Return the reading that names, flags and words give, with what decided, or what must be told."""
    names: dict[str, Reading] = {reading.name: reading for reading in known}
    if "flagged" in names:
        mixed = any((_int(found["amount"]) or 0) < 0 and (_int(found["flagged"]) or 0) > 0 for found in read)
        return (names["flagged:signed"], "flag, negative amounts turn it") if mixed else (names["flagged"], "flag")
    if "split:minus" in names:
        return names["split:minus"], "columns, spending negative"
    if "signed:in" not in names:
        return known[0], "columns"
    amounts = [(amount, found["word"]) for found in read if (amount := _int(found["amount"]))]
    signs = {amount > 0 for amount, _ in amounts}
    sided = {word for _, word in amounts if word}
    parties = "parties" in names and all(found["parties"] is not None for found in read)
    ways = (
        (hints.positive is not None, f"signed:{hints.positive}", "told"),
        (signs == {True} and parties, "parties", "payer and payee"),
        (signs == {True} and len(sided) == 2 and all(word for _, word in amounts), "worded", "words"),
        (
            votes[0] != votes[1] and (told.is_card or len(signs) == 2),
            f"signed:{'in' if votes[0] > votes[1] else 'out'}",
            "words",
        ),
        (told.is_card, "signed:out", "card"),
        (len(signs) == 2 or signs == {False}, "signed:in", "sign"),
    )
    for holds, name, why in ways:
        if holds:
            return names[name], why
    return Need(option="--positive", key="statement.no_direction")
