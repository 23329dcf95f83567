"""Tricky rows, and every construct that a typology may use, written as a typology would."""

import random
from datetime import date, datetime, timedelta

import pyarrow as pa


def _at(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


ODD = pa.table(
    {
        "id": pa.array(list(range(1, 13)), pa.int64()),
        "k": pa.array([7, -7, 3, -3, 0, None, 5, -5, 8, 1, 2, 2], pa.int32()),
        "m": pa.array([2, 2, -2, -2, 3, 1, 0, None, 4, 3, 3, 3], pa.int32()),
        "n": pa.array([100, -250, None, 0, 10**15, -(10**15), 55, 55, 1, 2, 3, -4], pa.int64()),
        "x": pa.array([0.5, 1.5, 2.5, -0.5, -1.5, -2.5, None, 1e15, 0.1, 2.675, -0.0, 1234567.891], pa.float64()),
        "s": ["a", "", "张三", "  pad ", "ABC-def", None, "a\\b", "o'c", "𠮷野家", "x%y_z", "Straße", "line\nfeed"],
        "g": ["p", "p", "q", "q", None, "p", "q", "r", "r", "r", "s", None],
        "made_on": [
            date(2024, 2, 29), date(2024, 3, 1), date(2023, 12, 31), date(2025, 1, 1), None, date(1969, 12, 31),
            date(2024, 3, 3), date(2024, 3, 4), date(2024, 3, 9), date(2024, 3, 10), date(2021, 1, 3),
            date(2020, 12, 28),
        ],
        "made_at": pa.array(
            [
                _at(2024, 2, 29, 23, 59, 59), _at(2024, 3, 1), _at(2023, 12, 31, 23), _at(2025, 1, 1, 0, 0, 0,
                  500000),
                None, _at(1969, 12, 31, 23, 59, 59, 999999), _at(2024, 3, 10, 2, 30), _at(2024, 3, 31, 2, 30),
                _at(2024, 3, 31, 2, 30, 0, 1), _at(1991, 4, 14, 0, 30), _at(1986, 5, 4, 2, 30), _at(2024, 3, 1),
            ],
            pa.timestamp("us"),
        ),
        "b": [True, False, None, True, True, False, None, None, True, False, True, False],
        "xs": pa.array(
            [[1, 2], [], None, [None, 3], [3, 1, 2, 2], [5], [None], [7, 7], [1], [2], [3], [4]], pa.list_(pa.int64())
        ),
        "ws": pa.array(
            [["a", "b"], [], None, [None, "c"], ["z", "a", "张"], ["e"], [None], ["g", "g"], ["h"], ["i"], ["j"],
              ["k"]]
        ),
    }
)  # fmt: skip
"""Nulls, negatives, ties, halves, times that a daylight-saving zone would bend, letters beyond the first plane."""


def transfers(rows: int = 400) -> pa.Table:
    """Return transfers among twelve accounts within ten days, with equal times, equal amounts and nulls."""
    luck = random.Random(7)
    start = _at(2024, 3, 5)
    names = [f"A{i:02}" for i in range(12)]
    return pa.table(
        {
            "transfer_id": [f"t{i:04}" for i in range(rows)],
            "src": [luck.choice(names) for _ in range(rows)],
            "dst": [luck.choice([*names, None]) for _ in range(rows)],
            "booked_at": pa.array(
                [start + timedelta(minutes=30 * luck.randrange(480)) for _ in range(rows)], pa.timestamp("us")
            ),
            "amount_fen": pa.array(
                [luck.choice([100, 500, 500, 999, 12345, -1, None]) for _ in range(rows)], pa.int64()
            ),
            "channel": [luck.choice(["app", "柜面", None]) for _ in range(rows)],
        }
    )


def _columns(*expressions: str) -> str:
    return "select id,\n  " + ",\n  ".join(f"{text} as r{at}" for at, text in enumerate(expressions)) + "\nfrom odd"


DAY = "date_diff('day', date '1970-01-01', cast(booked_at as date))"

SHAPES: dict[str, str] = {
    "division by zero is null": _columns("k / m", "k // m", "k % m", "n / 7", "x / m", "n / 0", "mod(k, 3)"),
    "division of negatives": _columns("k // 2", "-k // 2", "k % 2", "-k % 3", "n // 7", "(k + 1) // (m - 9)"),
    "casts of doubles round half to even": _columns(
        "cast(x as bigint)", "cast(-x as bigint)", "cast(x * 2 as bigint)", "cast(n / 2 as bigint)",
        "cast(2.5 as int)", "cast(-3.5 as int)", "cast(case when x > 0 then x else -x end as bigint)",
        "x::bigint + 1", "cast(coalesce(x, 0.5) as bigint)", "cast(least(x, 4.5) as bigint)",
    ),
    "literals with a point are doubles": _columns("0.1 + 0.2", "n * 0.1", "1.0 / 3", "k + 1.5", "1e3", ".5 * k"),
    "rounding": _columns("round(x, 2)", "round(x)", "round(n / 7, 6)", "round(-x, 1)", "floor(x)", "ceil(x)"),
    "plain arithmetic": _columns("abs(k)", "sign(x)", "sqrt(abs(n))", "-x", "k * 100000", "n + k - m", "n * x"),
    "inexact functions inside round": _columns(
        "round(ln(abs(k) + 1), 6)", "round(exp(k), 6)", "round(pow(x, 2) / 1e30, 6)", "round(log10(abs(n) + 1), 6)"
    ),
    "greatest and least leave nulls out": _columns("greatest(k, m, 0)", "least(k, null, m)", "greatest(x, 1)"),
    "nulls": _columns(
        "coalesce(k, m, 0)", "nullif(k, m)", "ifnull(k, -1)", "k is distinct from m", "k is not distinct from m",
        "k is null or m is not null", "not b", "b and k > 2 or m is null",
    ),
    "conditions": _columns(
        "case when b then 1 when k > 2 then 2 end", "if(b, 'y', 'n')", "case g when 'p' then 1 else 0 end",
        "k between -3 and 3", "g in ('p', 'q')", "g not in ('p', 'q')", "k not between 0 and 5",
    ),
    "boundaries between dates": _columns(
        *[f"date_diff('{unit}', made_on, date '2024-03-01')" for unit in ("day", "month", "quarter", "year")]
    ),
    "boundaries between times": _columns(
        *[
            f"date_diff('{unit}', made_at, timestamp '2024-03-01 12:30:30')"
            for unit in ("day", "month", "quarter", "year", "hour", "minute", "second")
        ],
        "date_diff('hour', made_on, made_at)", "date_diff('day', made_at, made_on)",
    ),
    "parts of times": _columns(
        "year(made_at)", "month(made_on)", "day(made_at)", "hour(made_at)", "minute(made_at)", "second(made_at)",
        "quarter(made_on)", "week(made_on)", "weekofyear(made_on)", "isodow(made_on)", "isodow(made_at)",
        "dayofweek(made_on)", "dayofyear(made_on)",
    ),
    "extract": _columns(
        *[
            f"extract({part} from made_at)"
            for part in ("year", "quarter", "month", "week", "day", "hour", "minute", "second", "isodow", "dow",
              "doy")
        ]
    ),
    "seconds since 1970": _columns(
        "epoch(made_at)", "epoch_us(made_at)", "cast(epoch(made_at) as bigint)", "epoch(made_on)",
        "extract(epoch from made_at)", "epoch_us(made_at) // 1000",
    ),
    "truncated times": _columns(
        "date_trunc('year', made_at)", "date_trunc('quarter', made_on)", "date_trunc('month', made_at)",
        "date_trunc('week', made_on)", "date_trunc('week', made_at)", "date_trunc('day', made_at)",
        "date_trunc('hour', made_at)", "date_trunc('month', made_on)", "last_day(made_on)",
    ),
    "days added": _columns(
        "made_on + 7", "made_on - 7", "made_on + k", "made_on - date '2024-01-01'", "made_on + interval 1 day",
        "made_on + interval 1 month", "made_on - interval 36 hour",
    ),
    "intervals": _columns(
        "made_at + interval 36 hour", "made_at - interval 1 month", "made_at + interval (24) hour",
        "made_at + interval '90' minute", "made_at + interval 1 year", "made_at - interval 2 week",
        "made_at + to_days(3)",
    ),
    "times compared": _columns(
        "made_on = date '2024-03-01'", "made_at >= made_on", "made_at < timestamp '2024-03-01 00:00:00'",
        "made_on between date '2024-01-01' and date '2024-12-31'", "made_at <= made_on + interval 1 day",
        "cast(made_at as date)", "cast(made_on as timestamp)", "made_at >= '2024-03-01'",
    ),
    "times as text": _columns(
        "strftime(made_at, '%Y-%m-%d %H:%M:%S')", "strftime(made_on, '%Y%m')", "cast(made_on as varchar)",
        "cast(made_at as varchar)", "cast(k as varchar)", "cast(b as varchar)", "make_date(2024, 2, 29)",
    ),
    "casts between numbers": _columns(
        "cast(b as int)", "cast(k as boolean)", "cast(k as double)", "cast(k as bigint)"
    ),
    "text": _columns(
        "length(s)", "len(s)", "substr(s, 1, 2)", "substr(s, 2)", "substring(s, 2, 3)", "substr(s, -2)", "left(s, 2)",
        "right(s, 2)", "s || '-x'", "concat(s, '-', g)", "concat_ws('-', s, g)", "replace(s, 'a', 'b')",
        "repeat(g, 3)", "lpad(g, 3, '0')", "rpad(g, 3, '*')", "translate(s, 'abc', 'xyz')",
    ),
    "text found": _columns(
        "strpos(s, 'a')", "position('b' in s)", "contains(s, 'a')", "starts_with(s, 'a')", "ends_with(s, 'd')",
        "split_part(s, '-', 1)", "split_part(s, '-', 5)", "split_part(s, '.', 1)", "s = 'a\\b'", "s < 'b'", "s > '一'",
    ),
    "text trimmed": _columns(
        "trim(s)", "trim(s, ' ')", "ltrim(s)", "rtrim(s)", "trim('\u3000x\u00a0')", "trim(concat(chr_tab.c, s))"
    ).replace("from odd", "from odd cross join (select '\t' as c) as chr_tab"),
    "patterns": _columns("s like '%a%'", "s like 'a%'", "s not like '%三'", "s like '_o%'", "s like '%x%y%'"),
    "regular expressions": _columns(
        "regexp_matches(s, '^[a-z]')", "regexp_matches(s, 'd$')", "regexp_matches(s, 'e.f')",
        "regexp_matches(s, '^\\w+-\\w{2,}$')", "regexp_extract(s, '([A-Z]+)-([a-z]+)', 2)",
        "regexp_extract(s, '[A-Z]+')", "regexp_replace(s, '[a-z]', '#', 'g')", "regexp_matches(s, '张|野')",
        "regexp_matches(s, '[.$]|feed$')",
    ),
    "digests": _columns("md5(s)", "sha256(s)", "substr(sha256(s || g), 1, 16)"),
    "lists": _columns(
        "len(xs)", "array_length(ws)", "xs[1]", "xs[3]", "list_contains(xs, 3)", "list_contains(xs, k)",
        "array_contains(ws, 'a')", "list_sort(xs)", "array_sort(ws)", "len(list_distinct(xs))",
        "list_sort(list_distinct(xs))", "[k, m]", "list_append(xs, 9)", "list_concat(xs, [1, 2])",
    ),
    "lambdas": _columns(
        "list_transform(xs, lambda e: e + 1)", "list_filter(xs, lambda e: e > 1)",
        "len(list_filter(xs, lambda e: e > 1 and e < 4))", "list_transform(xs, lambda e: e * n)",
    ),
    "counts and sums": """
        select g, count(*) as rows_all, count(k) as known, count(distinct k) as different, sum(k) as sum_k,
          sum(n) as sum_n,
          sum(distinct m) as sum_m, avg(k) as mean, min(s) as first_s, max(made_at) as last_at, min(x) as low,
            max(b) as any_b
        from odd group by g""",
    "sums over no rows": """
        select count(*) as c, sum(k) as s, avg(k) as a, min(k) as lo, count_if(b) as ci, bool_or(b) as bo,
          median(k) as me, string_agg(s, ',' order by id) as st, list(k order by id) as li
        from odd where id > 99""",
    "boolean aggregates": """
        select g, bool_or(b) as some, bool_and(b) as every, count_if(b) as n_true, count_if(k > 2) as n_big,
          bool_or(k > 2) as some_big
        from odd group by g""",
    "filtered aggregates": """
        select g, count(*) filter (where b) as n_b, sum(n) filter (where k > 0) as sum_up,
          min(made_on) filter (where m = 3) as first_on, median(n) filter (where n > 0) as mid,
          list(k order by id) filter (where k > 0) as ks, string_agg(s, '|' order by id desc) filter (where b)
            as texts
        from odd group by g""",
    "pivot by conditional sums": """
        select g, sum(case when k > 0 then n else 0 end) as up, sum(case when k < 0 then n else 0 end) as down,
          count(distinct case when b then m end) as ms, max(case when b then s end) as last_s
        from odd group by g""",
    "inexact aggregates inside round": """
        select g, round(sum(x), 6) as sx, round(avg(x), 6) as ax, round(stddev_samp(n) / 1000, 6) as sd,
          round(stddev_pop(k), 6) as sp, round(quantile_cont(n, 0.9), 3) as q9, round(median(x), 6) as mx,
          round(var_samp(k), 6) as vs, round(sum(x * k) / nullif(sum(k), 0), 6) as weighted
        from odd group by g""",
    "quantiles": """
        select src, median(amount_fen) as mid, quantile_disc(amount_fen, 0.5) as qd, quantile_disc(amount_fen,
          0.9) as q9,
          percentile_disc(0.25) within group (order by amount_fen) as q1,
          round(percentile_cont(0.75) within group (order by amount_fen), 6) as q3
        from tx group by src""",
    "ordered lists": """
        select g, list(s order by id) as up, list(s order by k desc, id) as down, array_agg(k order by m, n desc,
          id) as both_ways,
          list(id order by made_at nulls first, id) as nulls_first, list(distinct k order by k) as different
        from odd group by g""",
    "lists measured without order": """
        select g, len(list(k)) as n_rows, list_sort(list(n)) as sorted, len(list(distinct m)) as n_m,
          list_contains(list(k), 3) as has_3
        from odd group by g""",
    "ordered text": """
        select g, string_agg(s, ',' order by id) as up, string_agg(s, '' order by k desc, id) as down,
          string_agg(distinct g, '-' order by g) as one, string_agg(cast(k as varchar), '>' order by n, id) as ks
        from odd group by g""",
    "first of a list": """
        select g, (list(s order by made_at desc, id))[1] as latest, (list(k order by id))[2] as second_k
          from odd group by g""",
    "having and group by all": """
        select g, b, count(*) as c, sum(n) as s from odd group by all having count(*) > 1 or sum(n) is null""",
    "group by an expression": """
        select year(made_on) as y, date_trunc('month', made_at) as mo, count(*) as c from odd
          group by year(made_on), date_trunc('month', made_at)""",
    "grouping without groups": "select sum(n) as s, count(distinct g) as gs, max(made_at) as last_at from odd",
    "row numbers and ranks": """
        select id, row_number() over (partition by g order by n desc, id) as rn, rank() over (order by k) as rk,
          dense_rank() over (order by k) as dr, ntile(3) over (order by id) as nt,
          percent_rank() over (order by k) as pr, cume_dist() over (order by k desc) as cd
        from odd""",
    "nulls stand last in both directions": """
        select id, row_number() over (order by k, id) as up, row_number() over (order by k desc, id) as down,
          row_number() over (order by k nulls first, id) as first_up
        from odd""",
    "lag and lead": """
        select id, lag(k) over (partition by g order by id) as before_k, lead(s, 2) over (order by id) as after_s,
          lag(n, 1, 0) over (order by id) as before_n, lead(made_at) over (order by id) as next_at
        from odd""",
    "first and last of a frame": """
        select id, first_value(k) over (partition by g order by id) as f,
          last_value(k) over (partition by g order by id rows between unbounded preceding
            and unbounded following) as l,
          nth_value(s, 2) over (order by id rows between unbounded preceding and unbounded following) as second_s,
          last_value(n ignore nulls) over (order by id rows between unbounded preceding and current row) as so_far
        from odd""",
    "running sums": """
        select transfer_id, sum(amount_fen) over (partition by src order by booked_at, transfer_id) as up_to,
          sum(amount_fen) over (partition by src order by booked_at) as with_ties,
          count(*) over (partition by dst) as to_dst, avg(amount_fen) over (partition by src order by booked_at,
            transfer_id rows 3 preceding) as lately
        from tx""",
    "windows of hours": """
        select transfer_id,
          count(*) over (partition by src order by booked_at range between interval 24 hour preceding
            and current row) as a_day,
          sum(amount_fen) over (partition by src order by booked_at range between interval 90 minute preceding
            and interval 1 hour following) as around,
          max(amount_fen) over (partition by src order by booked_at range between interval 2 day preceding
            and interval 1 minute preceding) as before
        from tx""",
    "windows of whole numbers": f"""
        select transfer_id, sum(amount_fen) over span as s, count(*) over span as c
        from (select *, {DAY} as day_no from tx) as dated
        window span as (partition by src order by day_no range between 2 - 1 preceding and current row)""",
    "windows of days": """
        select id, count(*) over (order by made_on range between interval 7 day preceding and current row) as week
        from odd where made_on is not null""",
    "lists over a frame": """
        select transfer_id, list(dst) over (partition by src order by booked_at, transfer_id
          rows between 3 preceding and current row) as dsts,
          array_length(array_agg(channel) over (partition by src order by booked_at, transfer_id
            rows between 2 preceding and 1 preceding)) as k
        from tx""",
    "filtered window": """
        select id, count(*) filter (where b) over (partition by g order by id) as c,
          sum(n) filter (where k > 0) over (order by id rows between 2 preceding and current row) as s
        from odd""",
    "distinct counts over a partition": """
        select t.transfer_id, d.parties from tx as t join (select src, count(distinct dst) as parties
          from tx group by src) as d on d.src = t.src""",
    "qualify": """
        select src, transfer_id, amount_fen from tx where amount_fen is not null
        qualify row_number() over (partition by src order by amount_fen desc, transfer_id) <= 2""",
    "qualify inside": """
        with top as (select distinct g, b from odd qualify row_number() over (partition by g order by id) <= 2)
        select * from top union all select g, b from odd where id > 3 qualify count(*) over (partition by g) > 1""",
    "qualify on an aggregate": """
        select src, dst, count(*) as c from tx group by src, dst
        qualify rank() over (partition by src order by count(*) desc) = 1""",
    "share of a total": """
        select src, sum(amount_fen) as s, round(sum(amount_fen) / sum(sum(amount_fen)) over (), 6) as share
          from tx group by src""",
    "inner join on a day bucket": f"""
        with legs as (select *, {DAY} as day_no from tx where dst is not null),
        credits as (select *, day_no as look_day from legs union all select *, day_no + 1 as look_day from legs)
        select c.transfer_id as credit_id, d.transfer_id as debit_id
        from credits as c join legs as d on d.src = c.dst and d.day_no = c.look_day
        where d.booked_at >= c.booked_at and d.booked_at <= c.booked_at + interval 24 hour
          and d.amount_fen between 0.9 * c.amount_fen and 1.1 * c.amount_fen""",
    "outer joins": """
        select o.id, p.id as other, coalesce(o.k, p.k) as k
        from odd as o full join (select id + 6 as id, k from odd) as p on p.id = o.id""",
    "left join with a condition": """
        select o.id, count(p.id) as later from odd as o left join odd as p on p.g = o.g
          and p.made_at > o.made_at group by o.id""",
    "using": "select id, a.k, b.m from odd as a join odd as b using (id)",
    "semi and anti joins": """
        select 's' as w, a.id from odd as a semi join odd as b on b.k = a.m
        union all select 'a' as w, a.id from odd as a anti join odd as b on b.k = a.m""",
    "not exists": """
        select transfer_id from tx as t where not exists (
          select 1 from tx as o where o.dst = t.src and o.booked_at < t.booked_at
            and o.booked_at >= t.booked_at - interval 12 hour)""",
    "exists and in": """
        select id from odd as o where exists (select 1 from odd as p where p.k = o.m and p.id <> o.id)
          and o.g in (select g from odd where b) and o.id not in (select id from odd where n = 1)""",
    "not in with a null": "select id from odd where k not in (select m from odd) union all select 0 as id",
    "scalar subqueries": """
        select id, (select max(n) from odd) as top, n - (select min(n) from odd) as above from odd
        where n > (select avg(n) from odd)""",
    "correlated scalar subquery": "select o.id, (select max(p.n) from odd as p where p.g = o.g) as top from odd as o",
    "union, except, intersect": """
        (select g, b from odd union select g, b from odd where k > 0) except select 'p' as g, true as b
        union all (select g, b from odd intersect select g, false as b from odd)""",
    "distinct": "select distinct g, b from odd",
    "order and limit": "select id, k from odd order by k desc, id limit 4 offset 1",
    "stars": "select o.* exclude (xs, ws), o.k + 1 as next_k from odd as o",
    "star with replacements": "select * replace (coalesce(k, 0) as k) from odd",
    "names used again": "select id, k + 1 as up, up * 2 as twice from odd where up > 0",
    "values": "select v.a, v.b from (values (1, 'x'), (2, null)) as v(a, b)",
    "unnested lists": "select o.id, u.e from odd as o cross join unnest(o.xs) as u(e)",
    "a row for each day": """
        select o.id, u.i from odd as o cross join unnest(generate_series(0, 2)) as u(i) where o.k > 2""",
    "gaps and islands": """
        with breaks as (
          select src, transfer_id, booked_at, case when date_diff('minute', lag(booked_at) over (partition by src
            order by booked_at, transfer_id), booked_at) <= 120 then 0 else 1 end as starts
          from tx),
        islands as (
          select *, sum(starts) over (partition by src order by booked_at, transfer_id
            rows unbounded preceding) as island
          from breaks)
        select src, island, count(*) as c, min(booked_at) as from_at, date_diff('minute', min(booked_at),
          max(booked_at)) as minutes
        from islands group by src, island""",
    "last earlier row": """
        with pair as (
          select dst as account, booked_at, transfer_id, 0 as is_out, booked_at as in_at from tx where dst is not null
          union all select src, booked_at, transfer_id, 1, null from tx)
        select account, transfer_id, date_diff('minute', last_value(in_at ignore nulls) over (partition by account
          order by booked_at, is_out, transfer_id rows between unbounded preceding and current row), booked_at)
            as waited
        from pair qualify is_out = 1""",
    "nested lists of ctes": """
        with a as (select g, sum(n) as s from odd group by g), b as (select g, s, rank() over (order by s desc)
          as place from a),
        c as (select * from b where place <= 3)
        select c.g, c.s / nullif((select sum(s) from a), 0) as share from c""",
    "weekday and night shares": """
        select src, count_if(isodow(booked_at) >= 6) as weekend,
          count_if(hour(booked_at) >= 22 or hour(booked_at) < 6) as night,
          count(distinct cast(booked_at as date)) as days, count(*) as c
        from tx group by src""",
    "whole sums stay whole": """
        select src, sum(amount_fen) * 2 as twice, sum(amount_fen) // 3 as third, sum(amount_fen) % 7 as rest
          from tx group by src""",
    "unicode order": "select s, row_number() over (order by s) as place from odd where s is not null",
}  # fmt: skip

REFUSED: dict[str, tuple[str, str]] = {
    "recursion": (
        "with recursive r as (select 1 as i union all select i + 1 from r where i < 3) select i from r",
        "dialect.no_recursion",
    ),
    "asof join": ("select * from odd as a asof join odd as b on a.made_at >= b.made_at", "dialect.no_such_join"),
    "limit without order": ("select id from odd limit 3", "dialect.limit_order"),
    "distinct on": ("select distinct on (g) g, id from odd order by g", "dialect.no_distinct_on"),
    "unordered list": ("select list(k) as r from odd", "dialect.list_order"),
    "unordered text": ("select string_agg(s, ',') as r from odd", "dialect.list_order"),
    "any value": ("select any_value(k) as r from odd", "dialect.no_any_value"),
    "first": ("select first(k) as r from odd", "dialect.no_any_value"),
    "arg_max": ("select arg_max(k, n) as r from odd", "dialect.no_arg_max"),
    "mode": ("select mode(k) as r from odd", "dialect.no_arg_max"),
    "min by order": ("select min(k order by n) as r from odd", "dialect.no_arg_max"),
    "estimate": ("select approx_quantile(k, 0.5) as r from odd", "dialect.no_approx"),
    "upper": ("select upper(s) as r from odd", "dialect.no_upper"),
    "ilike": ("select s ilike 'a%' as r from odd", "dialect.no_upper"),
    "similar to": ("select s similar to 'a.*' as r from odd", "dialect.no_similar"),
    "random": ("select random() as r from odd", "dialect.no_clock"),
    "today": ("select current_date as r from odd", "dialect.no_clock"),
    "now": ("select now() as r from odd", "dialect.no_clock"),
    "try_cast": ("select try_cast(s as int) as r from odd", "dialect.no_try_cast"),
    "levenshtein": ("select levenshtein(s, g) as r from odd", "dialect.no_levenshtein"),
    "unnest in a select list": ("select unnest(xs) as r from odd", "dialect.no_unnest_in_select"),
    "struct": ("select {'a': k} as r from odd", "dialect.no_struct"),
    "slice": ("select xs[1:2] as r from odd", "dialect.no_slice"),
    "sample": ("select id from odd using sample 3", "dialect.no_sample"),
    "pivot": ("select * from (pivot odd on g using sum(n)) as p", "dialect.no_pivot"),
    "rollup": ("select g, sum(n) as s from odd group by rollup (g)", "dialect.no_rollup"),
    "trunc": ("select trunc(x) as r from odd", "dialect.no_trunc"),
    "any": ("select k = any(xs) as r from odd", "dialect.no_any"),
    "groups frame": ("select sum(k) over (order by k groups 1 preceding) as r from odd", "dialect.no_groups"),
    "decimal": ("select cast(k as decimal(18, 2)) as r from odd", "dialect.no_such_type"),
    "changing interval": ("select made_at + interval (k) hour as r from odd", "dialect.interval"),
    "count of several": ("select count(distinct (k, m)) as r from odd", "dialect.count_several"),
    "exists in a select list": ("select exists (select 1 from odd) as r from odd", "dialect.no_exists_in_select"),
    "in in a select list": ("select k in (select m from odd) as r from odd", "dialect.no_exists_in_select"),
    "pattern from a column": ("select s like g as r from odd", "dialect.like"),
    "look-ahead": ("select regexp_matches(s, 'a(?=b)') as r from odd", "dialect.regex"),
    "word boundary": ("select regexp_matches(s, '\\bx') as r from odd", "dialect.regex"),
    "replacing the first": ("select regexp_replace(s, 'a', 'b') as r from odd", "dialect.regexp_replace"),
    "substring from zero": ("select substr(s, 0, 2) as r from odd", "dialect.substring"),
    "list place from a column": ("select xs[k] as r from odd", "dialect.list_index"),
    "distinct list": ("select list_distinct(xs) as r from odd", "dialect.list_distinct"),
    "lambda of two": ("select list_filter(xs, lambda e, i: i > 1) as r from odd", "dialect.lambda_one"),
    "weeks between": ("select date_diff('week', made_on, made_at) as r from odd", "dialect.unit"),
    "rounding by a column": ("select round(x, k) as r from odd", "dialect.round_places"),
    "names of months": ("select strftime(made_on, '%B') as r from odd", "dialect.time_format"),
    "milliseconds": ("select epoch_ms(made_at) as r from odd", "dialect.epoch_ms"),
    "bare logarithm": ("select ln(n) as r from odd", "dialect.inexact"),
    "bare deviation": ("select stddev(n) as r from odd", "dialect.inexact"),
    "bare quantile": ("select quantile_cont(n, 0.9) as r from odd", "dialect.inexact"),
    "qualify with an order": (
        "select id from odd qualify row_number() over (order by id) = 1 order by id", "dialect.qualify_order",
    ),
    "rank without window": ("select rank() as r from odd", "dialect.no_window"),
    "unknown function": ("select reverse(s) as r from odd", "dialect.unknown"),
    "bits": ("select k & 1 as r from odd", "dialect.unknown"),
    "two statements": ("select 1 as a; select 2 as a", "dialect.not_a_select"),
    "not a select": ("delete from odd", "dialect.not_a_select"),
    "no SQL": ("select from where", "dialect.not_sql"),
    "reading a file": ("select * from read_csv('x.csv')", "dialect.unknown"),
}  # fmt: skip
"""What is refused by its look, and why."""

REFUSED_BY_TYPE: dict[str, tuple[str, str]] = {
    "time minus time": ("select made_at - made_at as r from odd", "dialect.time_minus_time"),
    "double as text": ("select cast(x as varchar) as r from odd", "dialect.cast_to_text"),
    "text as number": ("select cast(s as int) as r from odd where id = 99", "dialect.cast_from_text"),
    "bare sum of doubles": ("select sum(x) as r from odd", "dialect.inexact"),
    "bare mean of doubles": ("select avg(x) as r from odd", "dialect.inexact"),
    "bare median of doubles": ("select median(x) as r from odd", "dialect.inexact"),
    "quantile of dates": ("select quantile_disc(made_on, 0.5) as r from odd", "dialect.quantile_number"),
    "frame of months and days": (
        (
            "select sum(k) over (order by made_at range between interval 1 month preceding and interval 1 day "
            "following) as r from odd"
        ),
        "dialect.frame_units",
    ),
    "sum of booleans": ("select sum(b) as r from odd", "dialect.sum_boolean"),
    "double slash of doubles": ("select x // 2 as r from odd", "dialect.int_div"),
    "lists joined by pipes": ("select xs || [1] as r from odd", "dialect.list_pipes"),
}
"""What is refused once the types are known, and why."""
