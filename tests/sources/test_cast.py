"""What is told becomes the contract's type, or is named; it is never made null."""

from datetime import date, datetime

import duckdb
import pytest

from suyuan.domain.contract import Column, contracts
from suyuan.domain.contract_shape import Label, Type
from suyuan.sources.cast import breaches, trimmed, typed


def _column(kind: Type, values: tuple[str, ...] = ()) -> Column:
    label = Label(en="x", zh="x")
    return Column(name="x", type=kind, null="not_told", label=label, grade="C1", values=values)


def _read(told: str, kind: Type, values: tuple[str, ...] = ()) -> tuple[object, bool]:
    """Return the value of the SQL expression `told` and whether something was told that does not fit."""
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    con.execute(f"CREATE TABLE t AS SELECT {told} AS x")
    told_type = str(con.execute("DESCRIBE t").fetchall()[0][1])
    cast = typed("x", told_type=told_type, column=_column(kind, values))
    rows = con.execute(f"SELECT {cast.value}, {cast.given or 'false'} FROM t").fetchall()
    return rows[0][0], rows[0][0] is None and bool(rows[0][1])


@pytest.mark.parametrize(
    ("told", "kind", "value"),
    [
        ("' 6222 '", "text", "6222"),
        ("'　姓名　'", "text", "姓名"),
        ("'姓 名'", "text", "姓 名"),
        ("'6222\t'", "text", "6222"),
        ("''", "text", None),
        ("' \t'", "text", None),
        ("6222", "text", "6222"),
        ("['a', 'b']", "text[]", ["a", "b"]),
        ("' a '", "text[]", ["a"]),
        ("7", "text[]", ["7"]),
        ("'12'", "bigint", 12),
        ("' 12 '", "bigint", 12),
        ("'+12.00'", "bigint", 12),
        ("'1E+05'", "bigint", 100_000),
        ("'-9007199254740993'", "bigint", -9007199254740993),
        ("CAST(12 AS SMALLINT)", "bigint", 12),
        ("12.0::DOUBLE", "bigint", 12),
        ("12.00::DECIMAL(9,2)", "bigint", 12),
        ("'0.5'", "double", 0.5),
        ("1", "double", 1.0),
        ("'true'", "boolean", True),
        ("' 2024-01-05 '", "date", date(2024, 1, 5)),
        ("TIMESTAMP '2024-01-05 00:00:00'", "date", date(2024, 1, 5)),
        ("'2024-01-05 06:07:08'", "timestamp", datetime.fromisoformat("2024-01-05 06:07:08")),
        ("' 2024/1/5 6:07 '", "timestamp", datetime.fromisoformat("2024-01-05 06:07:00")),
        ("'2024-01-05'", "timestamp", datetime.fromisoformat("2024-01-05 00:00:00")),
        ("DATE '2024-01-05'", "timestamp", datetime.fromisoformat("2024-01-05 00:00:00")),
        ("NULL", "bigint", None),
        ("CAST(NULL AS VARCHAR)", "timestamp", None),
        ("'  '", "bigint", None),
    ],
)
def test_what_is_told_in_any_usual_form_fits(told: str, kind: Type, value: object) -> None:
    assert _read(told, kind) == (value, False)


@pytest.mark.parametrize(
    "told",
    [
        "'2024-01-05T00:00:00Z'",
        "'2024-01-05T08:00:00+08:00'",
        "'2024-01-05 00:00+00'",
        "'2024-01-05T02:00+02'",
        "TIMESTAMPTZ '2024-01-05 00:00:00+00'",
    ],
)
def test_a_time_that_names_its_zone_is_moved_to_china(told: str) -> None:
    assert _read(told, "timestamp") == (datetime.fromisoformat("2024-01-05 08:00:00"), False)


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("'abc'", "bigint"),
        ("'1.5'", "bigint"),
        ("'5e-1'", "bigint"),
        ("'0x10'", "bigint"),
        ("'1_000'", "bigint"),
        ("'99999999999999999999'", "bigint"),
        ("1.5::DOUBLE", "bigint"),
        ("9223372036854775807::HUGEINT + 1", "bigint"),
        ("'3000000000'", "int"),
        ("'nan'", "double"),
        ("'inf'::DOUBLE", "double"),
        ("'yesterday'", "date"),
        ("'2024-02-30'", "date"),
        ("'2024-01-05 25:00:00'", "timestamp"),
        ("'是'", "boolean"),
    ],
)
def test_what_does_not_fit_is_told_apart_from_what_is_not_told(told: str, kind: Type) -> None:
    assert _read(told, kind) == (None, True)


def test_a_value_of_an_enumeration_may_be_padded() -> None:
    assert _read("' day '", "text", ("day", "second")) == ("day", False)
    assert _read("'day'", "text", ("day", "second")) == ("day", False)


@pytest.mark.parametrize("text", ["", " ", "a", " a", "a ", "　a", "a　", "a\u00a0", "中", " 中 ", "a b", "\ta\r\n"])
def test_trimming_is_what_a_full_trim_does(text: str) -> None:
    con = duckdb.connect()
    found = con.execute(f"SELECT {trimmed('x')} FROM (SELECT ? AS x)", [text]).fetchall()[0][0]
    assert found == (text.strip(" \t\r\n　\u00a0") or None)


@pytest.mark.parametrize(
    ("table", "name", "value", "broken"),
    [
        ("transfer", "amount_fen", "0", ["out_of_range"]),
        ("transfer", "amount_fen", "1", []),
        ("entry", "amount_fen", "0", []),
        ("entry", "amount_fen", "-1", ["out_of_range"]),
        ("entry", "balance_fen", "-1", []),
        ("entry", "effect", "'sideways'", ["not_allowed"]),
        ("entry", "effect", "'in'", []),
        ("entry", "booked_at", "TIMESTAMP '1899-12-31'", ["out_of_range"]),
        ("entry", "booked_at", "TIMESTAMP '2200-01-01'", ["out_of_range"]),
        ("entry", "booked_at", "TIMESTAMP '1900-01-01'", []),
        ("tie", "share", "1.01", ["out_of_range"]),
        ("tie", "share", "1.0", []),
        ("tie", "until_on", "DATE 'infinity'", ["out_of_range"]),
        ("tie", "until_on", "DATE '9999-12-31'", []),
        ("loan", "term_days", "-1", ["out_of_range"]),
        ("entry", "effect", "NULL", []),
    ],
)
def test_a_value_beyond_its_bounds_is_named(table: str, name: str, value: str, broken: list[str]) -> None:
    column = contracts()[table].columns[name]
    con = duckdb.connect()
    found = [
        reason
        for reason, predicate in breaches("x", table=table, column=column)
        if con.execute(f"SELECT coalesce({predicate}, false) FROM (SELECT {value} AS x)").fetchall()[0][0]
    ]
    assert found == broken
