"""Writes the page of a table from its contract, in Chinese and in English."""

from collections.abc import Iterator

from suyuan.domain.contract_shape import Chain, Column, Contract, Grade, Label, Mask, Null, Unit
from suyuan.domain.say import Lang, say

CHAINS: dict[Chain, str] = {
    "people": "contract.chain_people",
    "funds": "contract.chain_funds",
    "technology": "contract.chain_technology",
    "information": "contract.chain_information",
    "every": "contract.chain_every",
    "output": "contract.chain_output",
}
NULLS: dict[Null, str] = {
    "never": "contract.null_never",
    "not_told": "contract.null_not_told",
    "not_yet": "contract.null_not_yet",
    "none": "contract.null_none",
    "unknown": "contract.null_unknown",
}
UNITS: dict[Unit, str] = {
    "fen": "contract.unit_fen",
    "days": "contract.unit_days",
    "seconds": "contract.unit_seconds",
    "share": "contract.unit_share",
    "rate": "contract.unit_rate",
    "count": "contract.unit_count",
    "order": "contract.unit_order",
    "degree": "contract.unit_degree",
    "score": "contract.unit_score",
}
MASKS: dict[Mask, str] = {
    "none": "contract.mask_none",
    "name": "contract.mask_name",
    "id_number": "contract.mask_id_number",
    "phone": "contract.mask_phone",
    "account_no": "contract.mask_account_no",
    "address": "contract.mask_address",
    "email": "contract.mask_email",
    "device": "contract.mask_device",
    "text": "contract.mask_in_text",
    "key": "contract.mask_key",
}
GRADES: dict[Grade, str] = {"C1": "contract.grade_c1", "C2": "contract.grade_c2", "C3": "contract.grade_c3"}
_HEAD = (
    "contract.page_column",
    "contract.page_label",
    "contract.page_type",
    "contract.page_null",
    "contract.page_grade",
    "contract.page_mask",
    "contract.page_notes",
)


def page(contract: Contract) -> str:
    """Return the Markdown page of `contract`: Chinese first, then English."""
    lines = [f"# {contract.title.zh} · {contract.title.en}", "", f"`{contract.table}`", ""]
    for lang in ("zh", "en"):
        lines += _half(contract, lang)
    return "\n".join(lines).rstrip() + "\n"


def index(contracts: list[Contract]) -> str:
    """Return the page that lists the tables by chain."""
    lines = [f"# {say('contract.page_index', lang='zh')} · {say('contract.page_index', lang='en')}", ""]
    for chain, key in CHAINS.items():
        lines += [f"## {say(key, lang='zh')} · {say(key, lang='en')}", ""]
        lines += [
            f"- [`{contract.table}`]({contract.table}.md) {contract.title.zh} · {contract.title.en}"
            for contract in contracts
            if contract.chain == chain
        ]
        lines.append("")
    lines += [f"## {say('contract.page_grades', lang='zh')} · {say('contract.page_grades', lang='en')}", ""]
    lines += [f"- {say(key, lang='zh')} · {say(key, lang='en')}" for key in GRADES.values()]
    return "\n".join(lines).rstrip() + "\n"


def _in(label: Label, lang: Lang) -> str:
    return label.zh if lang == "zh" else label.en


def _half(contract: Contract, lang: Lang) -> Iterator[str]:
    yield f"## {_in(contract.title, lang)}"
    yield ""
    for key, told in _facts(contract, lang):
        yield f"- {say(key, lang=lang)}{told}"
    yield ""
    yield "| " + " | ".join(say(key, lang=lang) for key in _HEAD) + " |"
    yield "|" + "---|" * len(_HEAD)
    for column in contract.columns.values():
        yield "| " + " | ".join(_row(column, lang)) + " |"
    yield ""


def _facts(contract: Contract, lang: Lang) -> Iterator[tuple[str, str]]:
    yield "contract.page_grain", _in(contract.grain, lang)
    yield "contract.page_chain", say(CHAINS[contract.chain], lang=lang)
    yield "contract.page_version", str(contract.version)
    yield "contract.page_key", ", ".join(f"`{name}`" for name in contract.key)
    if contract.event_time:
        yield "contract.page_event_time", f"`{contract.event_time}`"
    if not contract.is_output:
        known = f"`{contract.known_time}`" if contract.known_time else say("contract.page_always_known", lang=lang)
        yield "contract.page_known_time", known
    if contract.ftm:
        yield "contract.page_ftm", f"`{contract.ftm}`"


def _row(column: Column, lang: Lang) -> tuple[str, ...]:
    kind = f"{column.type}, {say(UNITS[column.unit], lang=lang)}" if column.unit else column.type
    return (
        f"`{column.name}`",
        _in(column.label, lang),
        kind,
        say(NULLS[column.null], lang=lang),
        column.grade,
        say(MASKS[column.mask], lang=lang),
        "; ".join(_notes(column, lang)),
    )


def _notes(column: Column, lang: Lang) -> Iterator[str]:
    if column.refs:
        yield "→ " + ", ".join(f"`{ref}`" for ref in column.refs)
    if column.values:
        yield say("contract.page_values", lang=lang) + ", ".join(f"`{value}`" for value in column.values)
    if column.later:
        yield say("contract.page_later", lang=lang)
    if column.ftm:
        yield f"FtM `{column.ftm}`"
