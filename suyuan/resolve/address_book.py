"""Says who stands in a harvested address book: contacts and owners are found by their phones."""

from collections.abc import Mapping

from suyuan.domain.contract import contracts
from suyuan.engine.step import AnyStep, Keep, Step
from suyuan.resolve.keys import bare

MOST_HOLDERS = 50
"""A number that more people give than this is a switchboard's or an agent's and names nobody."""

_WIDE, _NARROW = "０１２３４５６７８９＋－＊", "0123456789+-*"
_FOLLOWS = "[转,，;；/|或xX#].*$"  # an extension, or a second number
_ABROAD = "(0086|86)?"
_DIALLED = "(0|17951|17911|17901|12593|10193)?"  # trunk zero, carriers' prefixes for cheap calls
_AREA = "(10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}"
_ALIKE = "|".join(f"{digit}{{8}}" for digit in range(10))

_HOLDERS = {
    "person": """select person_id, phone as told from records_person where phone is not null
    union all
    select person_id, phone_2 as told from records_person where phone_2 is not null""",
    "account": """select holder_id as person_id, phone as told from records_account
    where phone is not null and starts_with(holder_id, 'p-')""",
}

_HOLDER = """
with told as (
  select distinct person_id, told
  from (
    {holders}
  ) as each
)
select number, person_id
from (
  select person_id, {number} as number
  from (select person_id, told, {digits} as digits from told) as bared
) as numbered
where number is not null
group by number, person_id
"""

_SOLE = """
select number, min(person_id) as person_id
from phone_holder
group by number
having count(*) = 1
"""

_SHARED = """
with several as (
  select number
  from phone_holder
  group by number
  having count(*) > 1 and count(*) <= :most
)
select distinct h.number, h.person_id, n.name
from phone_holder as h
join several as s on s.number = h.number
join (
  {names}
) as n on n.person_id = h.person_id
where length(n.name) > 1
"""

_NAMES = {
    "person": f"""select person_id, {bare("name")} as name from records_person where name is not null
  union all
  select person_id, {bare("former_name")} as name from records_person where former_name is not null""",
    "account": f"""select holder_id as person_id, {bare("holder_name")} as name from records_account
  where holder_name is not null and starts_with(holder_id, 'p-')""",
}

_MET = """
with numbered as (
  select contact_phone, contact_name, {number} as number
  from (
    select contact_phone, contact_name, {digits} as digits
    from address_book
    where contact_person_id is null and contact_name is not null
  ) as bared
)
select distinct contact_phone, contact_name, number
from numbered
where number in (select number from phone_shared)
"""

_NAMED = """
with met as (
  select contact_phone, contact_name, number, {name} as name
  from phone_met
),
agreed as (
  select m.contact_phone, m.contact_name, s.person_id,
    max(case when strpos(m.name, s.name) > 0 then 2 else 1 end) as how
  from met as m
  join phone_shared as s on s.number = m.number
  where length(m.name) > 1 and (strpos(m.name, s.name) > 0 or strpos(s.name, m.name) > 0)
  group by m.contact_phone, m.contact_name, s.person_id
),
best as (
  select contact_phone, contact_name, person_id
  from agreed
  qualify rank() over (partition by contact_phone, contact_name order by how desc) = 1
)
select contact_phone, contact_name, min(person_id) as person_id
from best
group by contact_phone, contact_name
having count(*) = 1
"""

_BOOK = """
with unknown as (
  select *, case when contact_person_id is null then contact_phone end as contact_told,
    case when owner_id is null then owner_phone end as owner_told
  from address_book
),
numbered as (
  select *, {contact_number} as contact_number, {owner_number} as owner_number
  from (select *, {contact_digits} as contact_digits, {owner_digits} as owner_digits from unknown) as bared
)
select
  {columns}
from numbered as t
left join phone_sole as c on c.number = t.contact_number
left join phone_named as n on n.contact_phone = t.contact_phone and n.contact_name = t.contact_name
left join phone_sole as o on o.number = t.owner_number
"""


def plan(present: Mapping[str, Mapping[str, str]]) -> list[AnyStep]:
    """Return the steps that fill `contact_person_id` and `owner_id` of the view `address_book` by phone.

    Args:
        present: Table → column → house type of what was told. Without `address_book`, or without people or accounts,
            there is nothing to do.

    Reads the views with entity ids, and `records_person` and `records_account`, one row a record. What an institution
    told stays. A number that one person alone gives, in any record, is his. Of several, the contact is the one whose
    name agrees: it stands in the name of the contact (`张伟同事`), else the contact's name in his (`伟民`); null where
    none or two do. An owner is found by a number of his alone. Numbers are compared in one form, see `phone`.
    Deterministic. Cost: linear; names are compared only for numbers of 2 to 50 people.
    """
    tables = [table for table in _HOLDERS if table in present]
    if "address_book" not in present or not tables:
        return []
    holders = "\n    union all\n    ".join(_HOLDERS[table] for table in tables)
    names = "\n  union all\n  ".join(_NAMES[table] for table in tables)
    holder = _HOLDER.format(holders=holders, number=phone(told="told", digits="digits"), digits=digits("told"))
    met = _MET.format(number=phone(told="contact_phone", digits="digits"), digits=digits("contact_phone"))
    named = _NAMED.format(name=bare("contact_name"))
    return [
        Step(name="phone_holder", sql=holder, keep=Keep.TABLE),
        Step(name="phone_sole", sql=_SOLE, keep=Keep.TABLE),
        Step(name="phone_shared", sql=_SHARED.format(names=names), keep=Keep.TABLE, params={"most": MOST_HOLDERS}),
        Step(name="phone_met", sql=met, keep=Keep.TABLE),
        Step(name="phone_named", sql=named, keep=Keep.TABLE),
        Step(name="address_book", sql=_book(), keep=Keep.TABLE),
    ]


def _book() -> str:
    found = {
        "contact_person_id": "coalesce(t.contact_person_id, c.person_id, n.person_id) as contact_person_id",
        "owner_id": "coalesce(t.owner_id, o.person_id) as owner_id",
    }
    return _BOOK.format(
        contact_number=phone(told="contact_told", digits="contact_digits"),
        owner_number=phone(told="owner_told", digits="owner_digits"),
        contact_digits=digits("contact_told"),
        owner_digits=digits("owner_told"),
        columns=",\n  ".join(found.get(name, f"t.{name}") for name in contracts()["address_book"].columns),
    )


def digits(told: str) -> str:
    """Return the expression of the digits of the first number in `told`, without extension; null where some are hidden.

    One that is plainly a mobile number is not looked at: that is null too, see `phone`.
    """
    narrow = (
        f"case when regexp_matches({told}, '[{_WIDE}]') then translate({told}, '{_WIDE}', '{_NARROW}') else {told} end"
    )
    first = f"regexp_replace({narrow}, '{_FOLLOWS}', '', 'g')"
    return (
        f"case when not regexp_matches({told}, '^1[3-9][0-9]{{9}}$') and strpos({told}, '*') = 0"
        f" and strpos({told}, '＊') = 0 then regexp_replace({first}, '[^0-9]', '', 'g') end"
    )


def phone(*, told: str, digits: str) -> str:
    """Return the expression of a phone in one form: 11 digits of a mobile, or area code and number with the trunk zero.

    Args:
        told: As it is written: with +86, 0086, 86, a carrier's prefix, blanks, dashes, brackets, an extension.
        digits: What `digits(told)` gives.

    Null for what is no number of China in full, and for numbers that are nobody's (eight digits alike, 13800138000).
    """
    fixed = f"'^{_ABROAD}0?{_AREA}$'"
    number = (
        f"case when {digits} is null then case when regexp_matches({told}, '^1[3-9][0-9]{{9}}$') then {told} end"
        f" when regexp_matches({digits}, '^{_ABROAD}{_DIALLED}1[3-9][0-9]{{9}}$') then right({digits}, 11)"
        f" when regexp_matches({digits}, {fixed}) and regexp_matches({digits}, '^(0086|86|0)')"
        f" then '0' || regexp_replace({digits}, '^(0086|86)?0?', '', 'g') end"
    )
    nobodys = f"regexp_matches({number}, '^1[3-9][0-9]({_ALIKE})$') or {number} = '13800138000'"
    return f"case when not ({nobodys}) then {number} end"
