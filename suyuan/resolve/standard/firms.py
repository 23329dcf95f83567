"""Records of firms in standard columns: what is compared when it is asked whether two records are one firm."""

import pyarrow as pa
import pyarrow.compute as pc

from suyuan.resolve.standard.addresses import addresses
from suyuan.resolve.standard.contacts import emails, phones
from suyuan.resolve.standard.firm_name import firm_names
from suyuan.resolve.standard.numbers import ids_told, resident_keys
from suyuan.resolve.standard.person_name import names
from suyuan.resolve.standard.text import distinct, folded, null_if_empty, squeezed, told

SCHEMA = pa.schema(
    [
        ("record_no", pa.int64()),
        *((name, pa.string()) for name in ("name_full", "name", "name_sound", "name_shape", "name_set")),
        *((name, pa.string()) for name in ("region", "form", "code_told")),
        *((name, pa.string()) for name in ("rep", "rep_sound", "rep_key", "rep_id_told", "founded")),
        *((name, pa.string()) for name in ("phone", "email")),
        *((name, pa.string()) for name in ("addr_area", "addr_road", "addr_number", "addr_rest", "industry")),
    ]
)
"""Columns of `standard_firms`, in order."""


def standard_firms(records: pa.Table) -> pa.Table:
    """Return the standard columns of firm records, one row each, in their order.

    Args:
        records: `record_no` (int64), `key` (valid unified social credit code or null) and any columns of the contract
            `company`; those absent are null.

    Columns, null where not told or not usable: `record_no`; those of `firm_name.firm_names`; `code_told` (a credit code
    that is no key, bare, `*` where hidden); `rep`, `rep_sound` (the legal representative's standard name), `rep_key`
    (valid resident number), `rep_id_told` (a number that is none); `founded` (YYYYMMDD); `phone`, `email`; `addr_area`
    (region code of today), `addr_road`, `addr_number`, `addr_rest`; `industry`.

    Deterministic; a row depends on its own record alone. Cost: linear, each distinct text is worked on once.
    """
    columns: dict[str, pa.Array | pa.ChunkedArray] = {"record_no": records["record_no"]}
    name = firm_names(told(records, "name"))
    columns |= dict(zip(name.column_names, name.columns, strict=True))
    columns["code_told"] = ids_told(told(records, "credit_code"), key=told(records, "key"))
    rep = names(told(records, "legal_rep_name"))
    columns["rep"], columns["rep_sound"] = rep["name"], rep["name_sound"]
    number = told(records, "legal_rep_id_no")
    columns["rep_key"] = resident_keys(number)
    columns["rep_id_told"] = ids_told(number, key=columns["rep_key"])
    columns["founded"] = _founded(records)
    columns["phone"], _ = phones(told(records, "phone"), pa.nulls(records.num_rows, pa.string()))
    columns["email"] = emails(told(records, "email"))
    nowhere = pa.nulls(records.num_rows, pa.string())
    where = addresses(told(records, "address"), region=told(records, "region_code"), city=nowhere, province=nowhere)
    columns |= dict(zip(where.column_names, where.columns, strict=True))
    columns["industry"] = distinct(told(records, "industry"), lambda each: null_if_empty(squeezed(folded(each))))
    return pa.Table.from_arrays([columns[column] for column in SCHEMA.names], schema=SCHEMA)


def _founded(records: pa.Table) -> pa.Array:
    if "founded_on" not in records.column_names:
        return pa.nulls(records.num_rows, pa.string())
    return pc.strftime(records["founded_on"].combine_chunks(), format="%Y%m%d")
