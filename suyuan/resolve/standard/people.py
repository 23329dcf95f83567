"""Records of people in standard columns: what is compared when it is asked whether two records are one person."""

import pyarrow as pa
import pyarrow.compute as pc

from suyuan.resolve.standard.addresses import addresses, plain
from suyuan.resolve.standard.contacts import email_users, emails, phones
from suyuan.resolve.standard.firm_name import cores
from suyuan.resolve.standard.numbers import births, ids_told, sexes
from suyuan.resolve.standard.person_name import bare_names, names
from suyuan.resolve.standard.text import Column, distinct, null_if_empty, squeezed, told

SCHEMA = pa.schema(
    [
        ("record_no", pa.int64()),
        *((name, pa.string()) for name in ("name", "family", "given", "name_sound", "name_shape", "name_set")),
        ("name_masked", pa.bool_()),
        *((name, pa.string()) for name in ("former", "id_told", "birth")),
        ("birth_proved", pa.bool_()),
        *((name, pa.string()) for name in ("sex", "phone", "phone_2", "email", "email_user")),
        *((name, pa.string()) for name in ("addr_area", "addr_road", "addr_number", "addr_rest")),
        *((name, pa.string()) for name in ("city", "province", "postcode", "employer")),
    ]
)
"""Columns of `standard_people`, in order."""


def standard_people(records: pa.Table) -> pa.Table:
    """Return the standard columns of person records, one row each, in their order.

    Args:
        records: `record_no` (int64), `key` (valid resident number or null) and any columns of the contract `person`;
            those absent are null.

    Columns, null where not told or not usable: `record_no`; `name` (simplified, capitals, no blanks, dots and titles;
    words of Latin letters parted by one blank; `*` for a hidden character), `family`, `given`, `name_sound` (toneless
    syllables in capitals, the family's first, ü as V), `name_shape` (each character as its class of like ones),
    `name_set` (characters or words sorted), `name_masked`; `former` (a former name like `name`); `id_told` (a number
    that is no key, bare); `birth` (YYYYMMDD), `birth_proved` (it comes from the key); `sex`; `phone`, `phone_2`;
    `email`, `email_user`; `addr_area` (region code of today), `addr_road`, `addr_number`, `addr_rest`; `city`,
    `province`, `postcode`; `employer` (the firm's core name).

    Deterministic; a row depends on its own record alone. Cost: linear, each distinct text is worked on once.
    """
    key = told(records, "key")
    columns: dict[str, pa.Array | pa.ChunkedArray] = {"record_no": records["record_no"]}
    name = names(told(records, "name"), family=told(records, "family_name"), given=told(records, "given_name"))
    columns |= dict(zip(name.column_names, name.columns, strict=True))
    columns["former"] = bare_names(told(records, "former_name"))
    columns["id_told"] = ids_told(told(records, "id_number"), key=key)
    columns |= _birth_and_sex(records, key=key)
    columns["phone"], columns["phone_2"] = phones(told(records, "phone"), told(records, "phone_2"))
    columns["email"] = emails(told(records, "email"))
    columns["email_user"] = email_users(columns["email"])
    columns |= _places(records)
    columns["employer"] = cores(told(records, "employer"))
    return pa.Table.from_arrays([columns[column] for column in SCHEMA.names], schema=SCHEMA)


def _birth_and_sex(records: pa.Table, *, key: Column) -> dict[str, pa.Array]:
    on = records["birth_on"].combine_chunks() if "birth_on" in records.column_names else told(records, "birth_on")
    return {
        "birth": births(key=key, on=on, told=told(records, "birth_told")),
        "birth_proved": pc.is_valid(key),
        "sex": sexes(key=key, told=told(records, "sex")),
    }


def _places(records: pa.Table) -> dict[str, pa.ChunkedArray]:
    """Return the address, of the household where no other is told, and city, province and postcode."""
    city, province = told(records, "city"), told(records, "province")
    address = pc.coalesce(told(records, "address"), told(records, "household_address"))
    found = addresses(address, region=told(records, "region_code"), city=city, province=province)
    columns = dict(zip(found.column_names, found.columns, strict=True))
    columns["city"], columns["province"] = distinct(city, _place), distinct(province, _place)
    columns["postcode"] = distinct(told(records, "postcode"), _place)
    return columns


def _place(names_told: Column) -> Column:
    """Return names of places folded, without 省 and 市."""
    text = squeezed(plain(names_told).text())
    return null_if_empty(pc.replace_substring_regex(text, pattern=r"(\p{Han}{2,})[省市]$", replacement=r"\1"))
