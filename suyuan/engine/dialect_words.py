"""What the house dialect is made of, and what to write instead of what it leaves out. Data only."""

from typing import Final

from sqlglot import exp

STRUCTURE: Final[frozenset[type[exp.Expr]]] = frozenset(
    {
        exp.Alias, exp.Between, exp.Boolean, exp.Case, exp.Cast, exp.Column, exp.CTE, exp.DataType, exp.Distinct,
        exp.Except, exp.Filter, exp.From, exp.Group, exp.Having, exp.Identifier, exp.If, exp.IgnoreNulls, exp.In,
        exp.Intersect, exp.Interval, exp.Is, exp.Join, exp.Lambda, exp.Like, exp.Limit, exp.Literal, exp.Neg, exp.Not,
        exp.Null, exp.Offset, exp.Order, exp.Ordered, exp.Paren, exp.Placeholder, exp.Qualify, exp.Select, exp.Star,
        exp.Subquery, exp.Table, exp.TableAlias, exp.Tuple, exp.Union, exp.Unnest, exp.Values, exp.Var, exp.Where,
        exp.Window, exp.WindowSpec, exp.With, exp.WithinGroup, exp.Exists, exp.Array, exp.Bracket, exp.Anonymous,
    }
)  # fmt: skip
"""Parts of a select."""

OPERATORS: Final[frozenset[type[exp.Expr]]] = frozenset(
    {
        exp.Add, exp.And, exp.Div, exp.DPipe, exp.EQ, exp.GT, exp.GTE, exp.IntDiv, exp.LT, exp.LTE, exp.Mod, exp.Mul,
        exp.NEQ, exp.NullSafeEQ, exp.NullSafeNEQ, exp.Or, exp.Sub,
    }
)  # fmt: skip
"""Operators that mean the same, or are made to."""

FUNCTIONS: Final[frozenset[type[exp.Expr]]] = frozenset(
    {
        # numbers
        exp.Abs, exp.Ceil, exp.Floor, exp.Greatest, exp.Least, exp.Round, exp.Sign, exp.Sqrt,
        # null
        exp.Coalesce, exp.Nullif,
        # text
        exp.Concat, exp.ConcatWs, exp.Contains, exp.EndsWith, exp.Left, exp.Length, exp.MD5, exp.Pad, exp.RegexpExtract,
        exp.RegexpLike, exp.RegexpReplace, exp.Repeat, exp.Replace, exp.Right, exp.SHA2, exp.SplitPart, exp.StartsWith,
        exp.StrPosition, exp.Substring, exp.Translate, exp.Trim,
        # time
        exp.DateDiff, exp.DateTrunc, exp.Day, exp.DayOfWeek, exp.DayOfWeekIso, exp.DayOfYear,
        exp.Extract, exp.Hour, exp.LastDay, exp.Minute, exp.Month, exp.Quarter, exp.Second, exp.TimestampTrunc,
        exp.TimeToStr, exp.TimeToUnix, exp.Week, exp.WeekOfYear, exp.Year, exp.ToDays,
        exp.DateFromParts,
        # lists
        exp.ArrayAppend, exp.ArrayConcat, exp.ArrayContains, exp.ArrayDistinct, exp.ArrayFilter, exp.ArraySize,
        exp.ArraySort, exp.GenerateSeries, exp.Transform,
        # aggregates
        exp.ArrayAgg, exp.Avg, exp.Count, exp.CountIf, exp.GroupConcat, exp.LogicalAnd, exp.LogicalOr, exp.Max,
        exp.Median, exp.Min, exp.PercentileCont, exp.PercentileDisc, exp.Stddev, exp.StddevPop, exp.StddevSamp, exp.Sum,
        exp.Variance, exp.VariancePop,
        # windows
        exp.CumeDist, exp.DenseRank, exp.FirstValue, exp.Lag, exp.LastValue, exp.Lead, exp.NthValue, exp.Ntile,
        exp.PercentRank, exp.Rank, exp.RowNumber,
        # inexact, inside round(…) only
        exp.Exp, exp.Ln, exp.Log, exp.Pow,
    }
)  # fmt: skip
"""Functions that mean the same, or are made to."""

ANONYMOUS: Final[frozenset[str]] = frozenset({"epoch_us"})
"""Functions that sqlglot has no class for."""

CLOCKS: Final[frozenset[str]] = frozenset({"now", "today", "get_current_timestamp", "transaction_timestamp", "setseed"})

INEXACT: Final[tuple[type[exp.Expr], ...]] = (
    exp.Exp, exp.Ln, exp.Log, exp.Pow, exp.Stddev, exp.StddevPop, exp.StddevSamp, exp.Variance, exp.VariancePop,
    exp.PercentileCont,
)  # fmt: skip
"""Functions whose last digits differ between engines, or between two runs on several threads."""

WINDOWED: Final[tuple[type[exp.Expr], ...]] = (
    exp.CumeDist, exp.DenseRank, exp.FirstValue, exp.Lag, exp.LastValue, exp.Lead, exp.NthValue, exp.Ntile,
    exp.PercentRank, exp.Rank, exp.RowNumber,
)  # fmt: skip
"""Functions that mean nothing without a window."""

INSTEAD: Final[dict[type[exp.Expr], str]] = {
    exp.AnyValue: "dialect.no_any_value",
    exp.First: "dialect.no_any_value",
    exp.Last: "dialect.no_any_value",
    exp.ArgMax: "dialect.no_arg_max",
    exp.ArgMin: "dialect.no_arg_max",
    exp.Mode: "dialect.no_arg_max",
    exp.ApproxDistinct: "dialect.no_approx",
    exp.ApproxQuantile: "dialect.no_approx",
    exp.Upper: "dialect.no_upper",
    exp.Lower: "dialect.no_upper",
    exp.ILike: "dialect.no_upper",
    exp.SimilarTo: "dialect.no_similar",
    exp.Glob: "dialect.no_similar",
    exp.Rand: "dialect.no_clock",
    exp.CurrentDate: "dialect.no_clock",
    exp.CurrentTimestamp: "dialect.no_clock",
    exp.CurrentTime: "dialect.no_clock",
    exp.Uuid: "dialect.no_clock",
    exp.TryCast: "dialect.no_try_cast",
    exp.StrToTime: "dialect.no_try_cast",
    exp.Levenshtein: "dialect.no_levenshtein",
    exp.Explode: "dialect.no_unnest_in_select",
    exp.Struct: "dialect.no_struct",
    exp.Dot: "dialect.no_struct",
    exp.Slice: "dialect.no_slice",
    exp.Pivot: "dialect.no_pivot",
    exp.TableSample: "dialect.no_sample",
    exp.Lateral: "dialect.no_lateral",
    exp.Rollup: "dialect.no_rollup",
    exp.Cube: "dialect.no_rollup",
    exp.GroupingSets: "dialect.no_rollup",
    exp.RespectNulls: "dialect.no_respect_nulls",
    exp.Trunc: "dialect.no_trunc",
    exp.UnixToTime: "dialect.epoch_ms",
    exp.Any: "dialect.no_any",
    exp.All: "dialect.no_any",
    exp.Fetch: "dialect.no_fetch",
}
"""What to write instead of what is left out; anything else is `dialect.unknown`."""

CAST_TYPES: Final[frozenset[str]] = frozenset(
    {"INT", "BIGINT", "DOUBLE", "VARCHAR", "TEXT", "BOOLEAN", "DATE", "TIMESTAMP", "TIMESTAMPNTZ", "ARRAY", "LIST"}
)
UNITS: Final[frozenset[str]] = frozenset({"YEAR", "QUARTER", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"})
"""Units of date_diff."""

TRUNC_UNITS: Final[frozenset[str]] = UNITS | {"WEEK"}
INTERVAL_UNITS: Final[frozenset[str]] = frozenset(
    f"{unit}{plural}" for unit in ("YEAR", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND") for plural in ("", "S")
)
EXTRACTS: Final[frozenset[str]] = UNITS | {"WEEK", "ISODOW", "DOW", "DOY", "EPOCH"}
TIME_FORMATS: Final[tuple[str, ...]] = ("%Y", "%m", "%d", "%H", "%M", "%S")
