"""One person, one company, one account out of the records of many institutions, by certain keys alone.

A record's key is a valid resident number, a valid credit code or a full account number. Records of one key are one
entity; records that bear one institution's own id are one too, unless two of them bear different keys. Everything else
stands alone: masked numbers join nothing.
"""

from collections.abc import Iterable, Iterator, Mapping

from suyuan.domain.contract import contracts
from suyuan.engine.step import AnyStep, Keep, Step
from suyuan.resolve.keys import account_number, bare, capitals, credit_code, resident_body, resident_id

PREFIX = {"person": "p", "company": "c", "account": "a"}
"""Kind of entity → first letter of its ids."""

_KEY_KINDS = {"person": "resident_id", "company": "credit_code", "account": "account_number"}

_RECORDS = """
select '{kind}' as kind, '{table}' as table_name, row_id, source, {lake_id} as lake_id, {name} as name,
  {key} as key_value, '{key_kind}' as key_kind
from (select *, {body} as body from (select *, {bare} as given from {table}) as bared) as told
where {lake_id} is not null{only}"""

_TOLD = """
select '{kind}' as kind, '{table}' as table_name, min(row_id) as row_id, source, {column} as lake_id
from {table}
where {column} is not null{unheld}
group by source, {column}"""

_IMPLIED = """
select kind, table_name, row_id, source, lake_id, cast(null as text) as name,
  {key} as key_value, '{key_kind}' as key_kind
from (
  select *, {body} as body
  from (select *, {bare} as given from entity_told where kind = '{kind}') as bared
) as told
where {key} is not null
"""

_KEYED = """
with one_key as (
  select kind, lake_id, min(key_value) as key_value
  from entity_record
  group by kind, lake_id
  having count(distinct key_value) = 1
)
select r.kind, r.table_name, r.row_id, r.source, r.lake_id, r.name, r.key_kind,
  coalesce(r.key_value, k.key_value) as key_value,
  case when coalesce(r.key_value, k.key_value) is null then 'lake:' || r.lake_id
    else r.key_kind || ':' || coalesce(r.key_value, k.key_value) end as cluster
from entity_record as r
left join one_key as k on k.kind = r.kind and k.lake_id = r.lake_id
"""

_FIRSTS = """
select kind, cluster, row_id as first_row_id, key_kind, key_value,
  case kind {prefixes} end || '-' || substr(md5(table_name || ' ' || row_id || ' ' || lake_id), 1, 16) as entity_id
from entity_keyed
qualify row_number() over (partition by kind, cluster order by row_id, table_name, lake_id) = 1
"""

_MEMBERS = """
select f.entity_id, k.kind, k.table_name, k.row_id as member_row_id, min(k.source) as source,
  substr(k.lake_id, length(min(k.source)) + 2) as source_key, k.lake_id
from entity_keyed as k
join entity_first as f on f.kind = k.kind and f.cluster = k.cluster
group by f.entity_id, k.kind, k.table_name, k.row_id, k.lake_id
"""

_ENTITIES = """
with named as (
  select kind, cluster, name
  from entity_keyed
  where name is not null
  qualify row_number() over (partition by kind, cluster order by row_id, table_name, name) = 1
),
counted as (
  select kind, cluster, count(*) as records
  from entity_keyed
  group by kind, cluster
)
select f.entity_id, f.kind, n.name, case when f.key_value is not null then f.key_kind end as key_kind,
  f.key_value, c.records
from entity_first as f
join counted as c on c.kind = f.kind and c.cluster = f.cluster
left join named as n on n.kind = f.kind and n.cluster = f.cluster
"""

_ENTITY_OF = """
select kind, lake_id, min(entity_id) as entity_id
from entity_member
group by kind, lake_id
"""


def plan(tables: Mapping[str, Mapping[str, str]]) -> list[AnyStep]:
    """Return the steps that make entities of the records of `person`, `company` and `account`.

    Args:
        tables: Table → column → house type; those absent have no records. They hold lake ids (`source:source_key`).
            An account that names its holder's identity number or credit code is a record of that holder too, under the
            account's `holder_id`, or `source:number` where it has none. So is, in any table, an id whose own text is a
            key: institutions often use account and identity numbers as ids.

    Writes `entity`, `entity_member` and `entity_of` (`kind`, `lake_id`, `entity_id`: one row an id). An entity's id is
    the letter of its kind and 16 hex of the digest of its first record, by `row_id`: table, row and id, for one row may
    name several entities. `key_value` is null for those that stand alone. Deterministic. Cost: linear, no pairs of
    records are made.
    """
    records = [text for table in ("person", "company", "account") if table in tables for text in _records(table)]
    told = list(_told(tables))
    records += [_implied(kind) for kind in sorted({kind for kind, _ in told})]
    none = (
        "select cast(null as text) as kind, cast(null as text) as table_name, cast(null as text) as row_id,"
        " cast(null as text) as source, cast(null as text) as lake_id, cast(null as text) as name,"
        " cast(null as text) as key_value, cast(null as text) as key_kind where 1 = 0"
    )
    prefixes = " ".join(f"when '{kind}' then '{letter}'" for kind, letter in PREFIX.items())
    heard = (
        [Step(name="entity_told", sql="\nunion all\n".join(sql for _, sql in told), keep=Keep.TABLE)] if told else []
    )
    return [
        *heard,
        Step(name="entity_record", sql="\nunion all\n".join(records or [none]), keep=Keep.TABLE),
        Step(name="entity_keyed", sql=_KEYED, keep=Keep.TABLE),
        Step(name="entity_first", sql=_FIRSTS.format(prefixes=prefixes), keep=Keep.TABLE),
        Step(name="entity_member", sql=_MEMBERS, keep=Keep.TABLE),
        Step(name="entity", sql=_ENTITIES, keep=Keep.TABLE),
        Step(name="entity_of", sql=_ENTITY_OF, keep=Keep.TABLE),
    ]


def _records(table: str) -> list[str]:
    """Return the selects of the records that `table` holds, of its own kind and of others."""
    resident, firm = resident_id(given="given", body="body"), credit_code(given="given")
    if table == "person":
        other = "coalesce(id_kind, 'resident_id') in ('passport', 'military', 'other')"
        key = f"case when not ({other}) then {resident} end"
        return [_select("person", table, lake_id="person_id", name="name", number="id_number", key=key)]
    if table == "company":
        return [_select("company", table, lake_id="company_id", name="name", number="credit_code", key=firm)]
    number = account_number(given="given", scope=capitals("coalesce(bank, source)"))
    holder = f"coalesce(holder_id, source || ':' || {bare('holder_id_no')})"
    return [
        _select("account", table, lake_id="account_id", name="holder_name", number="number", key=number),
        *(
            _select(kind, table, lake_id=holder, name="holder_name", number="holder_id_no", key=key, only=True)
            for kind, key in (("person", resident), ("company", firm))
        ),
    ]


def _told(tables: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    """Yield (kind, select) of every id that `tables` tell of a person, firm or account no register of theirs has."""
    for table, columns in sorted(tables.items()):
        known = contracts()[table].columns if table in contracts() else {}
        for name in columns:
            for kind in (ref.split(".")[0] for ref in (known[name].refs if name in known else ())):
                if kind in PREFIX:
                    unheld = _unheld(kind, name) if kind in tables else ""
                    yield kind, _TOLD.format(kind=kind, table=table, column=name, unheld=unheld)


def _implied(kind: str) -> str:
    """Return the select of the records that told ids of `kind` are by themselves; keys are worked out once a kind."""
    keys = {
        "person": resident_id(given="given", body="body"),
        "company": credit_code(given="given"),
        "account": account_number(given="given", scope=capitals("source")),
    }
    return _IMPLIED.format(
        kind=kind,
        key=keys[kind],
        key_kind=_KEY_KINDS[kind],
        bare=bare("substr(lake_id, length(source) + 2)"),
        body=resident_body("given"),
    )


def _unheld(kind: str, column: str) -> str:
    """Return the condition that the register of `kind` has no record under the id in `column`."""
    return f" and {column} not in (select {kind}_id from {kind} where {kind}_id is not null)"


def _select(kind: str, table: str, *, lake_id: str, name: str, number: str, key: str, only: bool = False) -> str:
    """Return the select of records of `kind`; with `only`, of rows that have the key."""
    return _RECORDS.format(
        kind=kind,
        table=table,
        lake_id=lake_id,
        name=name,
        key=key,
        key_kind=_KEY_KINDS[kind],
        bare=bare(number),
        body=resident_body("given"),
        only=f" and {key} is not null" if only else "",
    )
