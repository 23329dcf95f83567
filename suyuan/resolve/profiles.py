"""What each cluster looks like: the distinct things its records tell of a person or firm, in standard form.

Pairs are weighed between profiles, not records, so a person whom one bank lists a hundred times alike costs one.
"""

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import sql_type
from suyuan.engine.protocol import Engine
from suyuan.engine.step import ArrowStep, Keep, Step
from suyuan.resolve.standard.firms import standard_firms
from suyuan.resolve.standard.people import standard_people

WEIGHED = ("person", "company")
"""Kinds of entity whose records are compared; accounts join by number alone."""

_STANDARD: Mapping[str, Callable[[pa.Table], pa.Table]] = {"person": standard_people, "company": standard_firms}

_FROM_ACCOUNTS = {
    "person": {"name": "holder_name", "id_number": "holder_id_no", "phone": "phone"},
    "company": {"name": "holder_name", "credit_code": "holder_id_no", "phone": "phone"},
}

_LEFT_OUT = {"row_id", "source", "loaded_at", "person_id", "company_id"}

_TOLD = """
select min(k.lake_id) as lake_id, k.cluster, k.key_value as key, {columns}
from entity_keyed as k
join {kind} as t on t.row_id = k.row_id and t.{kind}_id = k.lake_id
where k.kind = '{kind}' and k.table_name = '{kind}'
group by k.cluster, k.key_value, {names}"""

_HELD = """
select min(o.lake_id) as lake_id, o.cluster, o.key_value as key, {columns}
from (
  select lake_id, min(cluster) as cluster, min(key_value) as key_value
  from entity_keyed
  where kind = '{kind}'
  group by lake_id
  having count(distinct cluster) = 1
) as o
join account as t on t.holder_id = o.lake_id
where t.holder_name is not null
group by o.cluster, o.key_value, {names}"""

_PROFILE = """
with digested as (
  select *, substr(md5({content}), 1, 16) as digest
  from standard_{kind}
)
select d.*, p.digest is null as is_new
from digested as d
left join (select digest from standing_profile where kind = '{kind}') as p on p.digest = d.digest
"""


def lay_profiles(engine: Engine, kind: str, *, accounts: bool) -> None:
    """Write `profile_<kind>` of the register `kind`, person or company.

    Args:
        engine: Knows `entity_keyed`, the registers and `standing_profile` (`kind`, `digest`: weighed before).
        kind: Whose profiles.
        accounts: Whether there is a table `account`; it tells of its holders too.

    Besides the standard columns (see `standard_people`, `standard_firms`) a profile has `profile_no` (dense, in an
    order that only the rows decide), `node_no` (dense number of its `cluster`), `cluster`, `lake_id` (least id that
    tells it), `key_text` (certain number of the cluster or null), `keyed`, `digest` (16 hex of its
    cluster and all it says) and `is_new` (it was never weighed).
    """
    engine.run(
        [
            Step(name=f"told_{kind}", sql=_told(kind, accounts=accounts), keep=Keep.TABLE),
            ArrowStep(name=f"standard_{kind}", reads={f"told_{kind}": None}, run=_standardised(kind), any_order=True),
        ]
    )
    said = sorted(set(engine.columns(f"standard_{kind}")) - {"profile_no", "node_no", "lake_id"})
    content = " || '|' || ".join(f"coalesce(cast({name} as text), '')" for name in said)
    engine.run([Step(name=f"profile_{kind}", sql=_PROFILE.format(kind=kind, content=content), keep=Keep.TABLE)])


def _told(kind: str, *, accounts: bool) -> str:
    columns = contracts()[kind].columns
    names = [name for name in columns if name not in _LEFT_OUT]
    told = _TOLD.format(
        kind=kind, columns=", ".join(f"t.{name}" for name in names), names=", ".join(f"t.{name}" for name in names)
    )
    if not accounts:
        return told
    held = _FROM_ACCOUNTS[kind]
    cells = (
        f"t.{held[name]} as {name}" if name in held else f"cast(null as {sql_type(columns[name])}) as {name}"
        for name in names
    )
    return (
        told
        + "\nunion all"
        + _HELD.format(kind=kind, columns=", ".join(cells), names=", ".join(f"t.{name}" for name in held.values()))
    )


def _standardised(kind: str) -> Callable[[Mapping[str, pa.Table]], pa.Table]:
    def run(tables: Mapping[str, pa.Table]) -> pa.Table:
        told = _in_order(tables[f"told_{kind}"])
        places = pa.array(np.arange(told.num_rows, dtype=np.int64))
        standard = _STANDARD[kind](told.append_column("record_no", places))
        nodes = pc.dictionary_encode(told["cluster"].combine_chunks()).indices.cast(pa.int64())
        return (
            standard.drop_columns(["record_no"])
            .append_column("profile_no", places)
            .append_column("node_no", nodes)
            .append_column("cluster", told["cluster"])
            .append_column("lake_id", told["lake_id"])
            .append_column("key_text", told["key"])
            .append_column("keyed", pc.is_valid(told["key"]))
        )

    return run


def _in_order(told: pa.Table) -> pa.Table:
    """Return `told` in an order that does not depend on how an engine gave it: by cluster, id, then all it says."""
    said = [name for name in told.column_names if name not in {"cluster", "lake_id"}]
    keys = [(name, "ascending") for name in ("cluster", "lake_id", *said)]
    return told.take(pc.sort_indices(told, sort_keys=keys)).combine_chunks()
