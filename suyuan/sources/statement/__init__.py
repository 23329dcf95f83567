"""Account statements, recognised by what their columns mean and never by whose they are.

    from suyuan.sources.statement import Ask, Hints, recognise, verify

    recognise(grid, hints=Hints(), con=con) -> Recipe | Ask | None

`con` is the DuckDB connection on which `grid.relation` is known; it is only read, and only by bounded or aggregating
queries. None: the grid is no statement. `Ask.needs` names each option that is missing and why. In a `Recipe`
`tables[0]` is `entry`, whose rows are what `rows_kept` counts; `tables[1]`, when there is one, is `account` (one row
per own account: its `where` picks the first row that shows it). A recipe's expressions read only the relation's
columns and are null where the file tells nothing; `refuse` holds the reasons why a row goes to quarantine.
`Recipe.facts` is JSON-ready.

    verify(con, relation, facts) -> dict

`relation` is the name of a view or table, or `read_parquet(…)`, with the columns of the `entry` contract as staged;
`facts` is `Recipe.facts`. The answer goes into the file's report as it is: `sums`, `in_fen`, `out_fen`, `balance`,
`totals`, `duplicates`.

    content(con, relation) -> (rows, digest)

Equal for two staged tables that tell the same lines, however their sheets write them: of those one is to be kept.
"""

from suyuan.sources.statement.ask import Ask, Hints, Need
from suyuan.sources.statement.recognise import recognise
from suyuan.sources.statement.verify import content, verify

__all__ = ["Ask", "Hints", "Need", "content", "recognise", "verify"]
