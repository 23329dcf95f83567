"""Lays the tables a run reads: the lake as known at the end of a day, then with entity ids in place of lake ids.

Every contracted source table exists afterwards under its own name; one of which nothing was known is empty and listed
in `Laid.absent`, so that what reads it can be skipped by name instead of finding nothing in silence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa

from suyuan.domain.contract import Column, Contract
from suyuan.domain.contract_arrow import arrow_schema, sql_type
from suyuan.engine.protocol import Engine
from suyuan.engine.step import Keep, Step

SUBJECTS: dict[str, str] = {"person": "person_id", "company": "company_id", "account": "account_id"}
"""Register of a kind of entity → its key column."""

_HOLDERS = """
select member_row_id as row_id, min(entity_id) as entity_id
from entity_member
where table_name = 'account' and kind in ('person', 'company')
group by member_row_id
"""

WITNESSED = frozenset({"entry", "transfer"})  # told several times on purpose: resolution makes one transfer of them
READ_ONCE = frozenset({"entry", "address_book"})  # long, and read by one stage: a copy would double their memory


@dataclass(frozen=True, kw_only=True)
class Laid:
    """What was laid: known rows by table, and tables of the lake that no contract describes."""

    rows: Mapping[str, int]
    undated: Mapping[str, int]  # rows whose known time is null, by table; kept, see `known_step`
    repeated: Mapping[str, int]  # rows that repeat the key of another, by table; see `entity_steps`
    unknown: tuple[str, ...]

    @property
    def absent(self) -> frozenset[str]:
        """Tables of which no row was known."""
        return frozenset(table for table, rows in self.rows.items() if not rows)


def known_step(contract: Contract, *, columns: Mapping[str, str], raw: str, into: str, as_of: date | None) -> Step:
    """Return the step that shows of `raw` what was known at the end of `as_of`, in the columns of `contract`.

    Args:
        contract: Says which columns there are, when a row was known and which columns are filled in later.
        columns: Column → house type of `raw`; a column that an older contract did not have is null.
        raw: Name of the lake's rows.
        into: Written; same grain as `raw`.
        as_of: Last day whose knowledge counts (included); None: everything.

    A row whose known time is null counts as known at any time, as its contract says: registers rarely date their rows,
    and dropping them would take the names off dated events. A `later` column that is itself a time shows when that time
    had come; any other is null, because nobody can say when it was filled in.
    """
    shown = ",\n  ".join(
        f"{_shown(column, as_of=as_of, given=columns.get(column.name))} as {column.name}"
        for column in contract.columns.values()
    )
    known = contract.columns[contract.known_time] if contract.known_time else None
    if as_of is None or known is None or known.name not in columns:
        return Step(name=into, sql=f"select\n  {shown}\nfrom {raw}")
    told = f"({known.name} is null or {_by(known)})"
    return Step(name=into, sql=f"select\n  {shown}\nfrom {raw}\nwhere {told}", params=_days(as_of))


def _days(as_of: date) -> dict[str, date]:
    return {"as_of": as_of, "next_day": as_of + timedelta(days=1)}


def _by(column: Column) -> str:
    """Return the predicate that `column`, a date or a time, lies before the end of the day."""
    if column.type == "date":
        return f"{column.name} <= :as_of"
    return f"{column.name} < cast(:next_day as timestamp)"


def _shown(column: Column, *, as_of: date | None, given: str | None) -> str:
    nothing = f"cast(null as {sql_type(column)})"
    if given is None:
        return nothing
    name = column.name if given == column.type else f"cast({column.name} as {sql_type(column)})"
    if as_of is None or not column.later:
        return name
    if column.type not in {"date", "timestamp"}:
        return nothing
    day = as_of if column.type == "date" else as_of + timedelta(days=1)
    test = f"<= date '{day}'" if column.type == "date" else f"< timestamp '{day} 00:00:00'"
    return f"case when {column.name} {test} then {name} end"


def lay_known(
    engine: Engine,
    *,
    lake: Mapping[str, Sequence[Path]],
    contracts: Mapping[str, Contract],
    as_of: date | None,
) -> Laid:
    """Lay every source table of `contracts` as known at the end of `as_of`, with lake ids in its id columns.

    Args:
        engine: Gets `<table>` for every contract of a source, and `asof_<table>` for those with files.
        lake: Table → its Parquet files.
        contracts: By table; outputs are not laid.
        as_of: Last day whose knowledge counts (included); None: everything.

    Raises:
        DataError: A file of the lake cannot be read.
    """
    sources = {table: contract for table, contract in contracts.items() if not contract.is_output}
    rows: dict[str, int] = {}
    undated: dict[str, int] = {}
    repeated: dict[str, int] = {}
    for table, contract in sources.items():
        files = lake.get(table, ())
        rows[table] = 0
        if files:
            engine.scan(f"lake_{table}", files)
            columns = engine.columns(f"lake_{table}")
            raw, known = f"lake_{table}", f"asof_{table}"
            engine.run([known_step(contract, columns=columns, raw=raw, into=known, as_of=as_of)])
            rows[table], undated[table], repeated[table] = _count(engine, known, contract)
        if rows[table]:
            engine.run([Step(name=table, sql=f"select * from asof_{table}")])
        else:
            engine.write(table, _nullable(arrow_schema(contract)).empty_table())
    unknown = tuple(sorted(set(lake) - set(sources)))
    return Laid(rows=rows, undated=_some(undated), repeated=_some(repeated), unknown=unknown)


def _some(counts: Mapping[str, int]) -> dict[str, int]:
    return {table: count for table, count in counts.items() if count}


def _nullable(schema: pa.Schema) -> pa.Schema:
    return pa.schema([field.with_nullable(True) for field in schema])


def _count(engine: Engine, name: str, contract: Contract) -> tuple[int, int, int]:
    """Return how many rows `name` has, how many of them are undated, and how many repeat another's key."""
    undated = f"sum(case when {contract.known_time} is null then 1 else 0 end)" if contract.known_time else "0"
    sql = f"select count(*) as told, cast({undated} as bigint) as undated from {name}"
    engine.run([Step(name="counted", sql=sql)])
    row = engine.read("counted").to_pylist()[0]
    told, without = int(row["told"]), int(row["undated"] or 0)
    if not told or contract.table in WITNESSED or contract.table in SUBJECTS:
        return told, without, 0
    keys = ", ".join(contract.key)
    engine.run([Step(name="counted", sql=f"select count(*) as keys from (select distinct {keys} from {name}) as k")])
    return told, without, told - int(engine.read("counted").to_pylist()[0]["keys"])


def entity_steps(contracts: Mapping[str, Contract], *, laid: Laid) -> list[Step]:
    """Return the steps that put entity ids in every column that points at a person, a company or an account.

    Reads `entity_member` (`kind`, `table_name`, `member_row_id`, `lake_id`, `entity_id`) and the tables of `lay_known`;
    writes the tables under the same names. An id that resolution does not know stays as it stands in the lake. A
    register (`person`, `company`, `account`) gets one row an entity: of each column the first value told, in the order
    of `row_id`. Of rows that repeat a key (one loan in two exports) the first by `row_id` stands; `laid.repeated`
    counts the others. An account that names its holder by identity number alone gets the holder resolved from it.
    """
    present = {table: contracts[table] for table, rows in laid.rows.items() if rows}
    maps: dict[tuple[str, ...], str] = {}
    steps: list[Step] = []
    for table, contract in present.items():
        joined: list[str] = []
        shown: dict[str, str] = {}
        for column in contract.columns.values():
            kinds = _kinds(table, column)
            if kinds:
                shown[column.name] = _mapped(contract, column.name, kinds, joined=joined, maps=maps)
        if table == "account":
            joined.append("left join holders_told as h on h.row_id = t.row_id")
            shown["holder_id"] = shown["holder_id"].replace(", t.holder_id)", ", h.entity_id, t.holder_id)")
            steps.append(Step(name="holders_told", sql=_HOLDERS, keep=Keep.TABLE))
        if shown or table in laid.repeated:
            once = table in laid.repeated
            steps += _mapped_table(table, contract, shown=shown, joined=joined, once=once)
    return [*(_map_step(name, kinds) for kinds, name in maps.items()), *steps]


def _kinds(table: str, column: Column) -> tuple[str, ...]:
    """Return the kinds of entity that `column` of `table` may name, the likeliest first."""
    if SUBJECTS.get(table) == column.name:
        return (table,)
    kinds = [ref.split(".")[0] for ref in column.refs]
    return tuple(kind for kind in kinds if kind in SUBJECTS)


def _mapped(
    contract: Contract,
    column: str,
    kinds: tuple[str, ...],
    *,
    joined: list[str],
    maps: dict[tuple[str, ...], str],
) -> str:
    """Note the joins that `column` needs in `joined` and `maps`; return the expression of its entity id."""
    told_kind = f"{column.removesuffix('_id')}_kind"
    split = told_kind in contract.columns and set(kinds) == set(contract.columns[told_kind].values)
    found: list[str] = []
    for group in [(kind,) for kind in kinds] if split else [kinds]:
        name = maps.setdefault(group, f"ids_of_{'_'.join(group)}")
        alias = f"m{len(joined) + 1}"
        only = f" and t.{told_kind} = '{group[0]}'" if split else ""
        joined.append(f"left join {name} as {alias} on {alias}.lake_id = t.{column}{only}")
        found.append(f"{alias}.entity_id")
    return f"coalesce({', '.join(found)}, t.{column})"


def _map_step(name: str, kinds: tuple[str, ...]) -> Step:
    firsts = ", ".join(f"min(case when kind = '{kind}' then entity_id end)" for kind in kinds)
    best = f"coalesce({firsts})" if len(kinds) > 1 else firsts
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    sql = f"select lake_id, {best} as entity_id\nfrom entity_member\nwhere kind in ({listed})\ngroup by lake_id"
    return Step(name=name, sql=sql, keep=Keep.TABLE)


def _mapped_table(
    table: str, contract: Contract, *, shown: Mapping[str, str], joined: Sequence[str], once: bool
) -> list[Step]:
    columns = ",\n  ".join(f"{shown.get(name, f't.{name}')} as {name}" for name in contract.columns)
    joins = "\n".join(joined)
    sql = f"select\n  {columns}\nfrom asof_{table} as t\n{joins}"
    if once:
        keys = ", ".join(f"t.{key}" for key in contract.key)
        sql += f"\nqualify row_number() over (partition by {keys} order by t.row_id) = 1"
    if table not in SUBJECTS:
        return [Step(name=table, sql=sql, keep=Keep.VIEW if table in READ_ONCE else Keep.TABLE)]
    records = f"records_{table}"
    return [Step(name=records, sql=sql, keep=Keep.TABLE), _one_row_each(table, contract, records=records)]


def _one_row_each(table: str, contract: Contract, *, records: str) -> Step:
    """Return the step that keeps one row an entity of a register."""
    key = SUBJECTS[table]
    span = f"partition by {key} order by row_id rows between unbounded preceding and unbounded following"
    columns = ",\n  ".join(
        name if name == key else f"first_value({name} ignore nulls) over ({span}) as {name}"
        for name in contract.columns
    )
    sql = f"""select
  {columns}
from {records}
qualify row_number() over (partition by {key} order by row_id) = 1"""
    return Step(name=table, sql=sql, keep=Keep.TABLE)
