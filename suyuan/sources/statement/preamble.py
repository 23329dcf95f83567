"""What a statement says outside its table: whose account, which currency and period, totals to check against."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import PurePosixPath

from suyuan.sources.statement.words import Words, normal

Row = Sequence[str | None]

_KEY = re.compile(r"(?:^|[\s,;|])([A-Za-z一-鿿][A-Za-z一-鿿/()'_\- ]{0,30}?)\s*:")
_YMD = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)|(?<!\d)((?:19|20)\d{2})([01]\d)([0-3]\d)(?!\d)"
)
_YM = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*(?:年\s*|[-/.])(\d{1,2})(?:\s*月|(?![-/.\d]))|(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(?!\d)"
)
_ACCOUNT = re.compile(r"[0-9A-Za-z*Xx._@+\-一-鿿 ]{2,64}")
_NOT_OWN = ("对方", "对手", "子账户", "别名", "收款", "付款", "交易对")
_MASKED_RUN = re.compile(r"(?<![0-9*])(\d{12,19}|\d{3,8}[*Xx]{2,12}\d{2,6})(?![0-9*])")
_AMOUNT = r"[¥$]?\s*([-+]?[\d,]+(?:\.\d+)?)"


@dataclass(frozen=True, kw_only=True)
class Total:
    """A total the file tells: of `what` (in, out, neutral, all), its count and its sum where told, and where."""

    what: str
    count: int | None
    fen: int | None
    where: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """What preamble, footer and file name tell; null where they tell nothing."""

    own_account: str | None = None
    own_account_is_nickname: bool = False
    own_account_from: str | None = None
    holder: str | None = None
    institution: str | None = None
    institution_name: str | None = None
    currency: str | None = None
    account_kind: str | None = None
    period_from_on: date | None = None
    period_to_on: date | None = None
    year_end: tuple[int, int] | None = None
    opening_fen: int | None = None
    closing_fen: int | None = None
    totals: tuple[Total, ...] = ()
    is_card: bool = False
    yuan: bool = False
    texts: tuple[str, ...] = field(default=(), repr=False)


def fen(text: str) -> int | None:
    """Return a plainly written amount in 1/100, or null; commas part thousands or nothing."""
    digits = re.sub(r"[^\d.,\-]", "", unicodedata.normalize("NFKC", text)).strip(",")
    if "," in digits and not re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d*)?-?", digits):
        return None
    try:
        return int((Decimal(digits.replace(",", "")) * 100).to_integral_value()) if digits else None
    except InvalidOperation:
        return None


def _flat(cell: str | None) -> str:
    return unicodedata.normalize("NFKC", cell or "").strip(" \t\r\n\ufeff\"'=")


def _value(text: str) -> str:
    return text.strip(" \t[]【】,;|-*" if not text.strip(" []").strip("*") else " \t[]【】,;|")


def pairs(rows: Sequence[Row], *, keys: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the (normalised key, value) pairs of `rows`.

    Understood: `键：值`, several in one cell, the value in the next cell, known keys without a colon, and a row of
    known keys over a row of values.
    """
    for index, row in enumerate(rows):
        cells = [_flat(cell) for cell in row]
        filled = [position for position, cell in enumerate(cells) if cell]
        bare_keys = [position for position in filled if _bare(cells[position]) in keys and ":" not in cells[position]]
        if len(bare_keys) >= 2 and len(bare_keys) == len(filled) and index + 1 < len(rows):
            below = [_flat(cell) for cell in rows[index + 1]]
            for position in bare_keys:
                if position < len(below) and below[position]:
                    yield _bare(cells[position]), _value(below[position])
            continue
        for place, position in enumerate(filled):
            following = cells[filled[place + 1]] if place + 1 < len(filled) else ""
            if position in bare_keys and following and _bare(following) not in keys:
                yield _bare(cells[position]), _value(following)
            yield from _pairs_of(cells[position], following)


def _bare(cell: str) -> str:
    """Return a key as it is compared, without its translation in brackets."""
    return normal(re.sub(r"(?<=\S)\s*[(\[].*[)\]]$", "", cell))


def _pairs_of(cell: str, following: str) -> Iterator[tuple[str, str]]:
    found = list(_KEY.finditer(cell))
    for place, match in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(cell)
        value = _value(cell[match.end() : end])
        if not value and place + 1 == len(found):
            value = _value(following)
        if value:
            yield _bare(match[1]), value


def dates_in(text: str) -> list[date]:
    """Return the full dates written in `text`, in their order."""
    found: list[date] = []
    for match in _YMD.finditer(text):
        year, month, day = (int(part) for part in match.groups() if part is not None)
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return found


def _months_in(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for match in _YM.finditer(_YMD.sub(" ", text)):
        year, month = (int(part) for part in match.groups() if part is not None)
        if 1 <= month <= 12:
            found.append((year, month))
    return found


def _totals(texts: Iterable[tuple[str, str]], words: Words) -> list[Total]:
    found: list[Total] = []
    for where, text in texts:
        count = re.search(r"共\s*:?\s*(\d+)\s*[笔条]|(?:总|交易|记录)(?:交易)?(?:笔数|条数|记录数)\s*:?\s*(\d+)", text)
        if count and not _word_of(text[: count.start()], words):
            found.append(Total(what="all", count=int(count[1] or count[2]), fen=None, where=where))
        for what, terms in (("in", words.totals.in_), ("out", words.totals.out), ("neutral", words.totals.neutral)):
            found += _totals_of(what, terms, text, where)
    return found


def _word_of(text: str, words: Words) -> bool:
    return any(term in text for term in (*words.totals.in_, *words.totals.out, *words.totals.neutral))


def _totals_of(what: str, terms: Sequence[str], text: str, where: str) -> Iterator[Total]:
    word = "(?<![一-鿿])(?:总|本期|合计)?(?:" + "|".join(sorted(map(re.escape, terms), key=len, reverse=True)) + ")"
    if what == "neutral":
        word = "(?:" + "|".join(sorted(map(re.escape, terms), key=len, reverse=True)) + ")"
    both = re.search(
        rf"{word}\w{{0,4}}\s*:?\s*(?:共)?\s*(\d+)\s*笔(?:\([^)]*\))?[,\s]*(?:金额|合计|共计)?:?\s*(?:{_AMOUNT})?",
        text,
        re.IGNORECASE,
    )
    if both:
        yield Total(what=what, count=int(both[1]), fen=fen(both[2]) if both[2] else None, where=where)
        return
    count = re.search(rf"{word}(?:总|合计)?(?:交易)?笔数(?:合计)?\s*:?\s*(\d+)", text, re.IGNORECASE)
    money = re.search(
        rf"{word}\s*(?:发生)?(?:总金额|总额|合计金额|金额合计|合计|总计|金额|额|amount|total)+(?:\([^)]*\))?\s*:?\s*{_AMOUNT}",
        text,
        re.IGNORECASE,
    )
    if count or money:
        yield Total(
            what=what, count=int(count[1]) if count else None, fen=fen(money[1]) if money else None, where=where
        )


def _institution(texts: Sequence[str], name: str, words: Words) -> tuple[str | None, str | None]:
    """Return the key and the name of the institution that `texts` or the file name tell."""
    best: tuple[int, str, str] | None = None
    for text in texts:
        for key, names in words.institutions.items():
            for term in names:
                hit = term in normal(text) if not term.isascii() or len(term) > 5 else False
                if hit and (best is None or len(term) > best[0]):
                    best = (len(term), key, term)
        if best:
            return best[1], best[2]
    tokens = {token for token in re.split(r"[^a-z]+", name.lower()) if token}
    for key, names in words.institutions.items():
        for term in names:
            if (not term.isascii() and term in name) or (term.isascii() and term in tokens):
                return key, term
    return None, None


def read_told(before: Sequence[Row], after: Sequence[Row], *, file: str, sheet: str | None, words: Words) -> Told:
    """Return what the rows `before` and `after` the table, the file's name and the sheet's tell."""
    rows = [*before, *after]
    keys = frozenset(term for terms in words.preamble.values() for term in terms)
    found = list(pairs(rows, keys=keys))
    lines = [" ".join(flat for cell in row if (flat := _flat(cell))) for row in rows]
    name = PurePosixPath(file.replace("\\", "/").split("!")[-1]).name
    labels = [name, sheet or ""]

    def of(kind: str) -> str | None:
        return next((value for key, value in found if key in words.preamble[kind]), None)

    account, account_from = _account(found, name, words)
    nickname = of("nickname") if account is None else None
    key, institution = _institution([*lines[: min(len(before), 12)], of("institution") or "", sheet or ""], name, words)
    start, end = _period(of, lines, labels)
    titles = [line for line in lines[: len(before)] if len(line) <= 30]
    carded = " ".join(normal(text) for text in [*titles, *labels, of("account_kind") or ""])
    tokens = re.split(r"[^a-z]+", file.lower())
    return Told(
        own_account=account or nickname,
        own_account_is_nickname=account is None and nickname is not None,
        own_account_from=account_from if account else ("preamble" if nickname else None),
        holder=of("holder"),
        institution=key,
        institution_name=institution,
        currency=_currency(of("currency"), lines, words),
        account_kind=of("account_kind"),
        period_from_on=start,
        period_to_on=end,
        year_end=_year_end(start, end, of("statement_on"), [*lines[: len(before)], *labels]),
        opening_fen=fen(of("opening") or ""),
        closing_fen=fen(of("closing") or ""),
        totals=tuple(_totals([(f"row {number}", line) for number, line in _numbered(before, after, lines)], words)),
        is_card=any(term in carded for term in words.card) or "credit" in tokens,
        yuan=any(re.search(r"\d\s*元", line) for line in lines),
        texts=tuple(line for line in lines if line),
    )


def _numbered(before: Sequence[Row], after: Sequence[Row], lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for index, line in enumerate(lines):
        place = str(index + 1) if index < len(before) else f"-{len(after) - (index - len(before))}"
        yield place, line


def _currency(told: str | None, lines: Sequence[str], words: Words) -> str | None:
    if told and (code := words.currency(told)):
        return code
    titles = [match[1] for line in lines for match in re.finditer(r"\(([^()]{2,6})\)", line)]
    codes = {code for title in titles if not title.isascii() and (code := words.currency(title))}
    return codes.pop() if len(codes) == 1 else None


def _account(found: Sequence[tuple[str, str]], name: str, words: Words) -> tuple[str | None, str | None]:
    """Return the own account and where it is told: a full or masked number, never guessed from anything else."""
    terms = words.preamble["own_account"]
    for exact in (True, False):
        for key, value in found:
            if any(part in key for part in _NOT_OWN):
                continue
            hit = key in terms if exact else any(key.endswith(term) for term in terms if len(term) > 1)
            first = re.split(r"\s{2,}|[,;|]", value)[0].strip("[]() ")
            if hit and _ACCOUNT.fullmatch(first) and re.search(r"[0-9*Xx@]|[a-z]", first):
                return first, "preamble"
    run = [match[1] for match in _MASKED_RUN.finditer(name) if not dates_in(match[1][:8])]
    return (run[0], "file name") if len(set(run)) == 1 else (None, None)


def _period(of: object, lines: Sequence[str], labels: Sequence[str]) -> tuple[date | None, date | None]:
    assert callable(of)
    start, end = (dates_in(of(kind) or "") for kind in ("from", "to"))
    whole = dates_in(of("period") or "")
    if start and end:
        return start[0], end[-1]
    if len(whole) >= 2:
        return whole[0], whole[-1]
    for text in [*lines, *labels]:
        found = dates_in(text)
        if len(found) == 2 and found[0] <= found[1] and re.search(r"至|~|—|--|\bto\b|终止|截止|_", text):
            return found[0], found[1]
    return (start[0] if start else None), (end[-1] if end else None)


def _year_end(
    start: date | None, end: date | None, statement_on: str | None, texts: Sequence[str]
) -> tuple[int, int] | None:
    """Return year and month of the statement's end, by which dates without a year are dated; month 0 when not told."""
    if end:
        return end.year, end.month
    for text in [statement_on or "", *texts]:
        if days := dates_in(text):
            return max(days).year, max(days).month
        if months := _months_in(text):
            return max(months)
    for text in texts:
        if found := re.search(r"(?<!\d)(20\d{2})(?!\d)", text):
            return int(found[1]), 0
    return (start.year, 0) if start else None
