"""How well what several institutions tell of one transfer was brought together: pairs of lines of different sources."""

from collections.abc import Mapping
from dataclasses import dataclass

from suyuan.engine.protocol import Engine
from suyuan.engine.step import Keep, Step
from suyuan.world.score.number import f1, share

_LINE = """
with kinds as (
  select distinct table_name from found_witness
)
select t.transfer_id as truth_id, cast(t.source as text) as source,
  coalesce(w.transfer_id, '?' || t.file || ':' || cast(t.line as text)) as found_id, w.transfer_id is not null as known
from truth_transfers as t
join kinds as k on k.table_name = t.table_name
join truth_file as f on f.file = t.file
left join found_witness as w on w.table_name = t.table_name
  and w.row_id = f.digest || ':1:' || cast(t.line as text)
"""

_CELL = """
select truth_id, found_id, source, count(*) as told from score_line group by truth_id, found_id, source
"""

_PAIRS = """
with sides as (
  select 'both' as side, truth_id || ' ' || found_id as id, source, told from score_line_cell
  union all
  select 'true' as side, truth_id as id, source, told from score_line_cell
  union all
  select 'found' as side, found_id as id, source, told from score_line_cell
),
by_source as (
  select side, id, source, sum(told) as told from sides group by side, id, source
),
ids as (
  select side, id, sum(told) as told, sum(told * told) as alone from by_source group by side, id
)
select side, sum((told * told - alone) // 2) as pairs from ids group by side
"""


@dataclass(frozen=True, kw_only=True)
class TransferScores:
    """Lines of statements (or rows) that tell of transfers.

    `lines`: those of the truth, of the tables of which what was found speaks at all; `known`: of those what was found
    knows. `pairs`: pairs of lines of different institutions that tell of one transfer; `precision`, `recall` and `f1`
    are over such pairs.
    """

    lines: int
    known: int
    pairs: int
    precision: float | None
    recall: float | None
    f1: float | None


def transfer_scores(engine: Engine) -> TransferScores:
    """Return the scores.

    Reads `truth_transfers` and `truth_file` (`file`, `digest`: the first 16 hex of its SHA-256), of which the ids of
    rows of the lake are made, and `found_witness` (`transfer_id`, `table_name`, `row_id`). A line that what was found
    does not know stands alone. Cost: linear, no pairs are made.
    """
    engine.run(
        [
            Step(name="score_line", sql=_LINE, keep=Keep.TABLE),
            Step(name="score_line_cell", sql=_CELL, keep=Keep.TABLE),
            Step(name="score_line_pairs", sql=_PAIRS),
            Step(
                name="score_lines",
                sql="select count(*) as lines, sum(case when known then 1 else 0 end) as known from score_line",
            ),
        ]
    )
    (counts,) = engine.read("score_lines").to_pylist()
    pairs: Mapping[str, int] = {row["side"]: row["pairs"] for row in engine.read("score_line_pairs").to_pylist()}
    both, true, found = (int(pairs.get(side, 0)) for side in ("both", "true", "found"))
    return TransferScores(
        lines=counts["lines"],
        known=int(counts["known"] or 0),
        pairs=true,
        precision=share(both, found),
        recall=share(both, true),
        f1=f1(both, found, true),
    )
