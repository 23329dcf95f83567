"""What there is to resolve: every record of a person, firm or account, its certain key, and its first cluster.

A record's key is a valid resident number, a valid credit code or a full account number. Records of one key are one
cluster; records that bear one institution's own id are one too, unless two of them bear different keys. Everything else
stands alone here: masked numbers join nothing, and whether names and phones do is weighed later.
"""

from collections.abc import Iterator, Mapping

from suyuan.domain.contract import contracts
from suyuan.engine.step import AnyStep, Keep, Step
from suyuan.resolve.keys import account_number, bare, capitals, credit_code, resident_body, resident_id

KINDS = ("person", "company", "account")

_KEY_KINDS = {"person": "resident_id", "company": "credit_code", "account": "account_number"}

_RECORDS = """
select '{kind}' as kind, '{table}' as table_name, row_id, source, {lake_id} as lake_id, {name} as name,
  {key} as key_value, '{key_kind}' as key_kind
from (select *, {body} as body from (select *, {bare} as given from {table}) as bared) as told
where {lake_id} is not null{only}"""

_TOLD = """
select '{kinds}' as kinds, '{table}' as table_name, min(row_id) as row_id, source, {column} as lake_id
from {table}
where {column} is not null
group by source, {column}"""

_UNHELD = """
with named as (
  select distinct kinds, lake_id from entity_told
),
held as (
  select distinct n.kinds, n.lake_id
  from named as n
  join entity_held as h on h.lake_id = n.lake_id and strpos(n.kinds, h.kind) > 0
),
unheld as (
  select n.kinds, n.lake_id, {bare} as given
  from named as n
  left join held as h on h.kinds = n.kinds and h.lake_id = n.lake_id
  where h.lake_id is null
),
read as (
  select *, {resident} as resident, {firm} as firm, {number} as number
  from (select *, {body} as body from unheld) as bodied
),
sure as (
  select kinds, lake_id,
    case when strpos(kinds, 'person') > 0 then resident end as resident,
    case when strpos(kinds, 'company') > 0 then firm end as firm,
    case when kinds = 'account' then number end as number
  from read
)
select kinds, lake_id,  -- one identity number in 31 passes for a credit code, hardly any code for an identity number
  case when resident is not null then 'person' when firm is not null then 'company' else 'account' end as kind,
  coalesce(resident, firm, number) as key_value
from sure
where coalesce(resident, firm, number) is not null
"""

_IMPLIED = """
select u.kind, t.table_name, t.row_id, t.source, t.lake_id, cast(null as text) as name, u.key_value,
  case u.kind {key_kinds} end as key_kind
from entity_told as t
join entity_unheld as u on u.kinds = t.kinds and u.lake_id = t.lake_id"""

_NAMED = """
select case when regexp_matches(a.holder_name, '{firm}') then 'company' else 'person' end as kind,
  'account' as table_name, a.row_id, a.source, a.holder_id as lake_id, a.holder_name as name,
  cast(null as text) as key_value,
  case when regexp_matches(a.holder_name, '{firm}') then 'credit_code' else 'resident_id' end as key_kind
from account as a
left join (select distinct lake_id from entity_held where kind <> 'account') as h on h.lake_id = a.holder_id
left join (select distinct lake_id from entity_unheld where kind <> 'account') as u on u.lake_id = a.holder_id
where a.holder_id is not null and a.holder_name is not null and h.lake_id is null and u.lake_id is null"""

_FIRM_WORDS = "公司|企业|合作社|集团|银行|事务所|工作室|经营部|商行|协会|医院|学校|中心|[厂店]$"

_HELD = "select distinct '{kind}' as kind, {kind}_id as lake_id from {kind} where {kind}_id is not null"

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

_NOTHING = {
    name: "select " + ", ".join(f"cast(null as text) as {column}" for column in columns) + " where 1 = 0"
    for name, columns in {
        "entity_held": ("kind", "lake_id"),
        "entity_record": (
            *("kind", "table_name", "row_id", "source"),
            *("lake_id", "name", "key_value", "key_kind"),
        ),
    }.items()
}


def plan(tables: Mapping[str, Mapping[str, str]]) -> list[AnyStep]:
    """Return the steps that write `entity_keyed`, one row a record and kind.

    Args:
        tables: Table → column → house type; those absent have no records. They hold lake ids (`source:source_key`).
            An account that names its holder's identity number or credit code is a record of that holder too, under the
            account's `holder_id`, or `source:number` where it has none; one that only names him is, where no register
            has the `holder_id`: a firm where the name says so, else a person. So is, in any table, an id that no
            register holds but whose own text is a key: institutions often use such numbers as ids.

    `entity_keyed`: `kind`, `table_name`, `row_id`, `source`, `lake_id`, `name` (null: not told), `key_kind`,
    `key_value` (null: none, of the record or of its id) and `cluster`: `<key_kind>:<key>`, or `lake:<lake_id>`. Cost:
    linear, no pairs of records are made.
    """
    own = [text for table in KINDS if table in tables for text in _records(table)]
    told = list(_told(tables))
    steps: list[AnyStep] = []
    if told:
        held = [_HELD.format(kind=kind) for kind in KINDS if kind in tables] or [_NOTHING["entity_held"]]
        steps = [
            Step(name="entity_told", sql="\nunion all\n".join(told), keep=Keep.TABLE),
            Step(name="entity_held", sql="\nunion all\n".join(held), keep=Keep.TABLE),
            Step(name="entity_unheld", sql=_unheld(), keep=Keep.TABLE),
        ]
        own.append(_implied())
        if "account" in tables:
            own.append(_NAMED.format(firm=_FIRM_WORDS))
    return [
        *steps,
        Step(name="entity_record", sql="\nunion all\n".join(own or [_NOTHING["entity_record"]]), keep=Keep.TABLE),
        Step(name="entity_keyed", sql=_KEYED, keep=Keep.TABLE),
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


def _told(tables: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Yield the select of every column of `tables` that names a person, firm or account, beside the registers' own."""
    for table, columns in sorted(tables.items()):
        known = contracts()[table].columns if table in contracts() else {}
        for name in columns:
            refs = (ref.split(".")[0] for ref in (known[name].refs if name in known else ()))
            kinds = "|".join(sorted({kind for kind in refs if kind in KINDS}, key=KINDS.index))
            if kinds:
                yield _TOLD.format(kinds=kinds, table=table, column=name)


def _unheld() -> str:
    """Return the select of the told ids that no register holds and that are keys themselves, with their kind."""
    return _UNHELD.format(
        bare=bare("substr(n.lake_id, strpos(n.lake_id, ':') + 1)"),
        body=resident_body("given"),
        resident=resident_id(given="given", body="body"),
        firm=credit_code(given="given"),
        number=account_number(given="given", scope=capitals("split_part(lake_id, ':', 1)")),
    )


def _implied() -> str:
    """Return the select of the records that told ids are by themselves."""
    key_kinds = " ".join(f"when '{kind}' then '{key_kind}'" for kind, key_kind in _KEY_KINDS.items())
    return _IMPLIED.format(key_kinds=key_kinds)


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
