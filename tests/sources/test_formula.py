"""An expression reads the columns of its own row and nothing else."""

import pytest

from suyuan.sources.formula import FUNCTIONS, parse, render


def _keys(text: str) -> list[str]:
    formula, wrong = parse(text, known={"a", "b", "From Bank"}.__contains__)
    assert (formula is None) == bool(wrong)
    return [each.key for each in wrong]


@pytest.mark.parametrize(
    "text",
    [
        "read_csv('x')",
        "read_text('/etc/passwd')",
        "read_parquet('x')",
        "getenv('HOME')",
        "(select 1)",
        "exists (select 1)",
        "sum(a)",
        "row_number() over ()",
        "*",
        "a::int",
        "cast(a as int)",
        "list_transform([a], lambda x: x)",
        "$1",
        "random()",
        "current_setting('x')",
        "a collate nocase",
    ],
)
def test_nothing_but_its_own_row_may_be_read(text: str) -> None:
    assert "mapping.not_allowed" in _keys(text) or _keys(text) == ["mapping.not_sql"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("c", "mapping.no_source_column"),
        ("x.a", "mapping.dotted"),
        ("fen(", "mapping.not_sql"),
        ("?", "mapping.not_allowed"),
        ("fen()", "mapping.arguments"),
        ("fen(a, b)", "mapping.arguments"),
        ("pick(a, 'x', 'y', 'z')", "mapping.arguments"),
        ("nth_of(a, 'x', b)", "mapping.arguments"),
        ("cst(a, b)", "mapping.literal"),
        ("day_plus(a, b)", "mapping.literal"),
    ],
)
def test_a_fault_is_named(text: str, key: str) -> None:
    assert key in _keys(text)


@pytest.mark.parametrize(
    "text",
    [
        "a",
        '"From Bank"',
        "'text'",
        "1.5",
        "true",
        "null",
        "a = 'x' and b is not null or not (a in ('x', 'y'))",
        "a between '1' and '2'",
        "a like '%x'",
        "case a when 'x' then b else 'y' end",
        "coalesce(nullif(trim(a), ''), lower(b), upper(b), left(a, 3), right(a, 3), substr(a, 1, 2))",
        "regexp_replace(regexp_extract(a, '[0-9]+'), '0', '')",
        "replace(concat(a, b), 'x', 'y')",
        "length(a) + 1 - 2 * 3 / 4 % 5",
        "starts_with(a, 'x') and contains(a, 'y') and regexp_matches(a, 'z')",
        "try_cast(a as double)",
        "split_part(a, '-', 1)",
        "lpad(a, 4, '0')",
        "md5(a)",
    ],
)
def test_what_the_page_promises_loads_and_renders(text: str) -> None:
    assert _keys(text) == []


def test_every_function_that_is_offered_is_named_once() -> None:
    assert len(FUNCTIONS) == len(set(FUNCTIONS))
    assert {"fen", "cst", "pick", "trim", "case"} <= set(FUNCTIONS)


def test_columns_are_told_in_order_and_rendered_where_they_lie() -> None:
    formula, _ = parse('b || "From Bank" || b', known=lambda _: True)
    assert formula is not None
    assert formula.columns == ("b", "From Bank")
    places = {"b": "c2", "From Bank": "c1"}
    assert render(formula, column=places.__getitem__).sql == "c2 || c1 || c2"


def test_a_single_column_stays_as_it_is() -> None:
    formula, _ = parse("a", known=lambda _: True)
    assert formula is not None
    assert render(formula, column=lambda _: "c7").sql == "c7"
