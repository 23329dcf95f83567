from collections.abc import Sequence
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.domain.ids import credit_code as credit
from suyuan.domain.ids import resident
from suyuan.domain.ids.check import mod_11_2, mod_31
from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine
from suyuan.engine.step import Step
from suyuan.resolve.keys import account_number, bare, credit_code, resident_body, resident_id


def keys_of(engine: Engine, told: Sequence[str | None], key: str) -> list[str | None]:
    engine.write("told", pa.table({"n": list(range(len(told))), "number": pa.array(told, pa.string())}))
    sql = f"""select n, {key} as key_value
from (select *, {resident_body("given")} as body from (select n, {bare("number")} as given from told) as bared) as t
order by n"""
    engine.run([Step(name="keys", sql=sql)])
    rows = {row["n"]: row["key_value"] for row in engine.read("keys").to_pylist()}
    return [rows[n] for n in range(len(told))]


def test_an_account_number_is_a_key_however_it_is_padded(engine: Engine) -> None:
    told = [
        "6222005865412565805",
        "\t6222 0058-6541 2565 805",
        "'6222005865412565805_1",
        '="6222005865412565805"',
        "6222005865412565805_CNY",
    ]
    assert set(keys_of(engine, told, account_number(given="given", scope="'ICBC'"))) == {"6222005865412565805"}


def test_a_masked_a_cut_and_a_missing_number_are_no_keys(engine: Engine) -> None:
    told = ["6222********5805", "622200XXXXXX5805", "5805", "张三", "", None, "零钱", "/"]
    assert keys_of(engine, told, account_number(given="given", scope="'ICBC'")) == [None] * len(told)


def test_a_short_number_or_a_wallet_name_is_a_key_within_its_institution_only(engine: Engine) -> None:
    told = ["12-345678-9", "someone@example.com"]
    key = account_number(given="given", scope="'HSBC'")
    assert keys_of(engine, told, key) == ["123456789@HSBC", "SOMEONE@EXAMPLECOM@HSBC"]


def test_a_resident_number_is_a_key_only_with_its_check_character_and_a_day(engine: Engine) -> None:
    good = "11010519491231002X"
    told = [
        good,
        "11010519491231002x",
        "110105 19491231 002X",
        "110105491231002",
        "110105194912310021",
        "11010519491331002X",
        "110105********002X",
        None,
    ]
    key = resident_id(given="given", body="body")
    assert keys_of(engine, told, key) == [good, good, good, good, None, None, None, None]


def test_a_credit_code_is_a_key_only_with_its_check_character(engine: Engine) -> None:
    good = "91350100M000100Y43"
    told = [good, good.lower(), "9135 0100 M000100Y 43", "91350100M000100Y44", "91350100M000100I43", None]
    assert keys_of(engine, told, credit_code(given="given")) == [good, good, good, None, None, None]


@pytest.fixture(scope="module")
def duck() -> DuckEngine:
    return DuckEngine(threads=1)


@settings(deadline=None, max_examples=20)
@given(
    st.lists(
        st.tuples(st.dates(date(1900, 1, 1), date(2024, 12, 31)), st.integers(0, 999), st.booleans()),
        min_size=1,
        max_size=20,
    )
)
def test_the_sql_agrees_with_the_parser_on_resident_numbers(
    duck: DuckEngine, drawn: list[tuple[date, int, bool]]
) -> None:
    told = []
    for day, serial, spoil in drawn:
        body = f"110105{day:%Y%m%d}{serial:03}"
        check = mod_11_2(body)
        told.append(body + ("0" if check != "0" else "1") if spoil else body + check)
    wanted = [number if resident.valid(number) else None for number in told]
    assert keys_of(duck, list(told), resident_id(given="given", body="body")) == wanted


@settings(deadline=None, max_examples=20)
@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8))
def test_the_sql_computes_the_check_character_of_credit_codes(duck: DuckEngine, serial: str) -> None:
    body = f"91110105{serial}0"
    good = body + mod_31(body)
    bad = body + ("0" if good[-1] != "0" else "1")
    assert keys_of(duck, [good, bad], credit_code(given="given")) == [good, None]
    assert not credit.valid(bad)
