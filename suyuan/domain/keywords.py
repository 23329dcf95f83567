"""Words that a table or a column may not be called, because a database would read them as SQL."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# `select keyword_name from duckdb_keywords() where keyword_category in ('reserved', 'column_name', 'type_function')` on
# DuckDB 2.0.0; tests/domain/test_keywords.py compares.
DUCKDB = _words(
    """
    all analyse analyze and anti any array as asc asof asymmetric at authorization between bigint binary bit boolean
    both by case cast char character check coalesce collate collation column columns concurrently constraint create
    cross dec decimal default deferrable desc describe distinct do else end except exists extract false fetch float
    for foreign freeze from full generated glob group grouping grouping_id having ilike in initially inner inout int
    integer intersect interval into is isnull join lambda lateral leading left like limit map national natural nchar
    none not notnull null nullif numeric offset on only or order out outer overlaps overlay pivot pivot_longer
    pivot_wider placing position positional precision primary qualify real references returning right row select
    semi setof show similar smallint some struct substring summarize symmetric table tablesample then time timestamp
    to trailing treat trim true try_cast tuple union unique unpack unpivot using values varchar variadic verbose
    when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi
    xmlroot xmlserialize xmltable
    """
)

# Reserved in Spark's ANSI mode, or never usable as a table alias.
# Source: Spark SQL reference, "ANSI compliance", list of SQL keywords, 4.1.
SPARK = _words(
    """
    all and anti any as authorization both case cast check collate column constraint create cross current_date
    current_time current_timestamp current_user distinct else end escape except execute exists false fetch filter
    for foreign from full function grant group having in inner insert intersect into is join lateral leading left
    minus natural not null offset on only or order outer overlaps primary references right select semi session_user
    setminus some sql table then time to trailing union unique unknown user using values when where with within
    """
)

# Allowed by both and still read wrongly somewhere (types as casts, units as functions).
RISKY = _words("date datetime day hour minute month second week year index interval range rows timestamp")

FORBIDDEN = DUCKDB | SPARK | RISKY
