"""Forges a million records of people as eight institutions tell them, and who they are."""

from pathlib import Path

import duckdb

from suyuan.world.people.facts import facts

SOURCES = 8

_PEOPLE = """
create table people as
with drawn as (
  select p, families[1 + luck(p * 31 + 1) % len(families)] as family,
    givens[1 + least(luck(p * 31 + 2), luck(p * 31 + 3)) % len(givens)] as one,
    case when luck(p * 31 + 4) % 100 >= {single} then givens[1 + luck(p * 31 + 5) % len(givens)] else '' end as two,
    regions[1 + luck(p * 31 + 6) % len(regions)] as region,
    date '1945-01-01' + cast(luck(p * 31 + 7) % 21900 as int) as birth_on,
    1 + luck(p * 31 + 8) % 995 as sequence
  from range({people}) as t(p), lists
),
bodied as (
  select *, region || strftime(birth_on, '%Y%m%d') || lpad(cast(sequence as text), 3, '0') as body from drawn
)
select p, family || one || two as name, family, one || two as given, birth_on, region,
  case when sequence % 2 = 1 then 'male' else 'female' end as sex,
  body || substr('10X98765432', 1 + cast(list_sum(list_transform(range(1, 18), lambda k:
    cast(substr(body, k, 1) as int) * [7,9,10,5,8,4,2,1,6,3,7,9,10,5,8,4,2][k])) % 11 as int), 1) as number
from bodied
"""

_RECORDS = """
create table records as
with told as (
  select r, case when r < {people} then r else luck(r * 17 + 1) % {people} end as p, luck(r * 17 + 2) % 8 as s,
    luck(r * 17 + 3) % 1000 as id_luck, luck(r * 17 + 4) % 1000 as name_luck, luck(r * 17 + 5) % 1000 as phone_luck,
    luck(r * 17 + 6) % 1000 as birth_luck, luck(r * 17 + 7) % 1000 as home_luck
  from range({records}) as t(r)
)
select r, t.p, 'bank_' || t.s as source, 'bank_' || t.s || ':C' || r as person_id,
  case when name_luck < 4 then p.family || reverse(p.given)
    when name_luck < 8 then left(p.name, length(p.name) - 1) || givens[1 + luck(r) % len(givens)]
    when name_luck < 60 then left(p.name, 1) || ' ' || substr(p.name, 2) else p.name end as name,
  case when id_luck >= 100 and id_luck < 122 then left(number, 6) || '********' || right(number, 4)
    when id_luck >= 122 and id_luck < 127 then left(number, 9) || cast(luck(r) % 10 as text) || substr(number, 11)
    when id_luck >= 127 then number end as id_number,
  case when birth_luck >= 30 then p.birth_on + case when birth_luck >= 40 then 0
    when day(p.birth_on) <= 18 then 10 else -10 end
    end as birth_on,
  case when birth_luck % 10 < 9 then p.sex end as sex,
  case when phone_luck >= 18 then case when phone_luck % 10 = 0 then '+86 ' else '' end || '1' || cast(3000000000
    + luck(t.p * 13 + case when phone_luck < 78 then r else 0 end) % 7000000000 as text) end as phone,
  case when luck(t.p * 7) % 100 < 25 and phone_luck % 2 = 0 then 'u' || luck(t.p * 7) % 10000000 || '@mail.example'
    end as email,
  case when home_luck >= 200 then '甘肃省兰州市城关区'
    || roads[1 + luck(t.p * 3 + case when home_luck < 250 then r else 0 end) % len(roads)] || '路'
    || luck(t.p * 5) % 400 || '号' || luck(t.p * 11) % 30 || '单元' || luck(t.p * 19) % 900 || '室' end as address,
  p.region as region_code,
  case when luck(t.p * 23) % 10 < 4 then '兰州' || roads[1 + luck(t.p * 29) % len(roads)] || luck(t.p * 37) % 20
    || '号商贸有限公司' end as employer
from told as t join people as p using (p), lists
"""

_TOLD = """
copy (
  select source, person_id, name, case when id_number is not null then 'resident_id' end as id_kind, id_number,
    birth_on, sex, phone, email, address, region_code, employer
  from records order by r
) to '{file}' (format parquet)
"""


def forged(folder: Path, *, people: int, records: int) -> tuple[Path, Path]:
    """Write `told.parquet` (as the contract person has it, institution beside) and `truth.parquet`; the same each time.

    Slips as the world's files have them, and more numbers missing: of a hundred records ten tell no identity number,
    two a masked one, one in two hundred a mistyped one.
    """
    names = facts("names")
    families = [family for family, weight in names["surnames"].items() for _ in range(max(1, weight // 40))]
    pool = sorted({each for part in names["given"].values() for each in part if "一" <= each <= "龥"})
    counties = facts("counties")
    regions = [str(code) for province in sorted(counties) if province.isdigit() for code in counties[province]]
    con = duckdb.connect(config={"threads": 2})
    con.execute("create macro luck(x) as cast(hash(x) % 1099511627776 as bigint)")
    con.execute("create table lists as select ? as families, ? as givens, ? as regions, ? as roads",
                [families, pool, regions, [a + b for a in pool[:40] for b in pool[40:70]]])  # fmt: skip
    con.execute(_PEOPLE.format(people=people, single=names["one_character"]))
    con.execute(_RECORDS.format(people=people, records=records))
    told, truth = folder / "told.parquet", folder / "truth.parquet"
    con.execute(_TOLD.format(file=told))
    con.execute(f"copy (select person_id as lake_id, p as truth from records) to '{truth}' (format parquet)")
    con.close()
    return told, truth
