"""Hides what identifies people before anything leaves the house: by column, by key of a document, in free text.

Masking twice changes nothing more. Unmasked data leave only inside a `Revealed` (`suyuan/access/reveal.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow as pa

from suyuan.access.column import mask_column
from suyuan.access.free_text import mask_text
from suyuan.access.pseudonym import is_own
from suyuan.access.shape import mask_value
from suyuan.domain.contract import Contract, contracts
from suyuan.domain.contract_shape import Mask

__all__ = ["Revealed", "mask_json", "mask_table", "mask_text", "mask_value"]

_KIND_KEYS = ("kind", "subject_kind", "member_kind")
_TABLE_KEYS = ("table", "table_name")
_ROW_KEYS = frozenset({"row", "rows", "records"})
_PLAIN_WORDS = frozenset({"name", "value", "number", "owner", "operator", "place", "title", "body", "reason"})
"""Column names that mean something else wherever no table or kind stands beside them."""
_OWN_ENDINGS = ("_id", "digest", "digests", "sha256", "sm3")
_ID_KEYS = frozenset({"id", "member_id", "subject_id"})
_NAMED_KINDS = frozenset({"person", "account"})  # the names of companies and apps stand in public registers
_NAMED_KEYS: Mapping[str, Mask] = {"name": "name", "number": "account_no"}
_WORDS: Mapping[str, Mask] = {
    "holder": "name",
    "account": "account_no",
    "own_account": "account_no",
    "own_account_told": "account_no",
    "file": "none",  # a person must find the file again; who may read the report could type its path
    "path": "none",
}
"""What a statement says of itself in a file's report, and where things lie."""
_SHORTEST_NAME = 2


@dataclass(frozen=True)
class Revealed:
    """A document that may be shown as it is, because a reason was given and logged."""

    payload: Any


def mask_table(table: pa.Table, contract: Contract) -> pa.Table:
    """Return `table` with every column hidden as `contract` asks.

    Text columns that the contract does not know are treated as free text. Rows, order, names and types stay.
    """
    for place, name in enumerate(table.column_names):
        known = contract.columns.get(name)
        mask: Mask = known.mask if known else "text"
        column = table.column(place)
        hidden = mask_column(column, mask)
        if hidden is not column:
            table = table.set_column(place, table.schema.field(place), hidden.cast(column.type))
    return table


def mask_json(payload: Any) -> Any:
    """Return the document `payload` (mappings, lists, scalars) hidden; a `Revealed` comes back as what it holds.

    - In a mapping with `table` and `row`, `rows` or `records`, these are hidden by that table's contract.
    - Elsewhere a key that names a column is hidden as that column; `name` and `number`, where `kind` beside
      it is a person or an account; `id`, where `kind` is that of a subject; an unknown `…_id` that is a lake id.
    - Every other text is free text; a name hidden anywhere in the document is hidden in its texts too.
    """
    if isinstance(payload, Revealed):
        return payload.payload
    names: set[str] = set()
    masked = _mask(payload, masks=_masks(), names=names)
    return _without(masked, sorted(names, key=len, reverse=True)) if names else masked


@cache
def _masks() -> Mapping[str, Mask]:
    """Return column → mask over all contracts; the stricter where they differ, and plain words left out."""
    found: dict[str, Mask] = {}
    for contract in contracts().values():
        for column in contract.columns.values():
            if found.get(column.name, "none") == "none":
                found[column.name] = column.mask
    for name, mask in found.items():
        if mask == "none" and not name.endswith(_OWN_ENDINGS):
            found[name] = "text"
    return {name: mask for name, mask in found.items() if name not in _PLAIN_WORDS}


def _mask(value: Any, *, masks: Mapping[str, Mask], names: set[str], mask: Mask = "text") -> Any:
    if isinstance(value, Mapping):
        return _mask_mapping(value, masks=masks, names=names)
    if isinstance(value, list | tuple | set | frozenset):
        return [_mask(item, masks=masks, names=names, mask=mask) for item in value]
    if not isinstance(value, str):
        return value
    if mask == "text" and is_own(value):
        return value
    hidden = mask_value(value, mask)
    if mask == "name" and hidden != value and len(value) >= _SHORTEST_NAME and "*" not in value:
        names.add(value)
    return hidden


def _mask_mapping(value: Mapping[Any, Any], *, masks: Mapping[str, Mask], names: set[str]) -> dict[Any, Any]:
    table, kind = _told(value, _TABLE_KEYS), _told(value, _KIND_KEYS)
    row = _row_masks(table) if table in contracts() else masks
    hidden: dict[Any, Any] = {}
    for key, item in value.items():
        mask = row[key] if key in row else _of_key(key, item, kind=kind)
        inner = row if key in _ROW_KEYS else masks
        hidden[_mask(key, masks=masks, names=names)] = _mask(item, masks=inner, names=names, mask=mask)
    return hidden


def _of_key(key: Any, item: Any, *, kind: str) -> Mask:
    """Return how the value `item` of a `key` that names no column is hidden, beside a `kind`."""
    if key in _WORDS:
        return _WORDS[key]
    if kind in _NAMED_KINDS and key in _NAMED_KEYS:
        return _NAMED_KEYS[key]
    if key in _ID_KEYS and kind in contracts()["lead_member"].columns["kind"].values:
        return "key"
    lake_id = isinstance(key, str) and key.endswith("_id") and isinstance(item, str) and ":" in item
    return "key" if lake_id else "text"


def _told(value: Mapping[Any, Any], keys: tuple[str, ...]) -> str:
    """Return the first text that stands under one of `keys`; empty when there is none."""
    return next((value[key] for key in keys if isinstance(value.get(key), str)), "")


@cache
def _row_masks(table: str) -> Mapping[str, Mask]:
    return {column.name: column.mask for column in contracts()[table].columns.values()}


def _without(value: Any, names: list[str]) -> Any:
    """Return `value` with `names` hidden wherever they stand in a text."""
    if isinstance(value, dict):
        return {key: _without(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_without(item, names) for item in value]
    if isinstance(value, str):
        for name in names:
            value = value.replace(name, mask_value(name, "name") or "")
    return value
