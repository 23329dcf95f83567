from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import arrow_schema
from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine
from suyuan.resolve.transfers import plan

A, B = "6222005865412565805", "6217000010001234567"
NOON = datetime(2024, 3, 5, 12)  # noqa: DTZ001 - house times carry no zone


def lay(engine: Engine, table: str, rows: list[dict[str, Any]]) -> None:
    schema = arrow_schema(contracts()[table])
    nullable = pa.schema([field.with_nullable(True) for field in schema])
    engine.write(table, pa.Table.from_pylist([dict.fromkeys(schema.names) | row for row in rows], schema=nullable))


def line(file: str, no: int, account: str, effect: str, fen: int, **more: Any) -> dict[str, Any]:
    told = {"row_id": f"{file}:1:{no}", "source": file, "account_id": account, "effect": effect, "amount_fen": fen}
    return told | {"line_no": no, "currency": "CNY", "booked_at": NOON, "time_precision": "second"} | more


def joined(
    engine: Engine, entries: list[dict[str, Any]], told: list[dict[str, Any]] | None = None
) -> list[dict[str, Any]]:
    lay(engine, "entry", entries)
    lay(engine, "transfer", told or [])
    lay(
        engine,
        "account",
        [
            {
                "row_id": "a:1:1",
                "source": "a",
                "account_id": "a-A",
                "number": A,
                "holder_name": "甲",
                "holder_id": "p-1",
            },
            {
                "row_id": "b:1:1",
                "source": "b",
                "account_id": "a-B",
                "number": B,
                "holder_name": "乙",
                "holder_id": "p-2",
            },
        ],
    )
    numbers = {"a-A": A, "a-B": B}
    lay(
        engine,
        "entity",
        [
            {"entity_id": account, "kind": "account", "key_kind": "account_number", "key_value": number, "records": 1}
            for account, number in numbers.items()
        ],
    )
    engine.run(plan({"entry": engine.columns("entry")} if entries else {}))
    return sorted(engine.read("transfer").to_pylist(), key=lambda row: str(row["row_id"]))


def ends(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(row["src_account_id"], row["dst_account_id"]) for row in rows]


def test_two_lines_of_two_files_that_agree_are_two_witnesses_of_one_transfer(engine: Engine) -> None:
    rows = joined(
        engine,
        [
            line("f", 1, "a-A", "out", 500, serial="S000001", counterparty_name="乙"),
            line("g", 1, "a-B", "in", 500, serial="S000001"),
        ],
    )
    assert ends(rows) == [("a-A", "a-B")]
    witnesses = engine.read("transfer_witness").to_pylist()
    assert {(row["witness_row_id"], row["side"], row["effect"]) for row in witnesses} == {
        ("f:1:1", "src", "out"),
        ("g:1:1", "dst", "in"),
    }
    assert {row["transfer_id"] for row in witnesses} == {rows[0]["transfer_id"]}


@pytest.mark.parametrize(
    ("out", "into"),
    [
        ({"serial": "S000001"}, {"serial": "S000002"}),
        ({"serial": "S000001"}, {"serial": "S000001", "amount_fen": 501}),
        ({"serial": "S000001"}, {"serial": "S000001", "currency": "HKD"}),
        ({"serial": "S000001"}, {"serial": "S000001", "booked_at": NOON + timedelta(days=1)}),
        ({"serial": "S000001"}, {"serial": "S000001", "row_id": "f:1:9"}),
        ({"serial": "S000001", "counterparty_name": "丙"}, {"serial": "S000001"}),
        ({"serial": "S000001", "counterparty_account": "6230580000099999999"}, {"serial": "S000001"}),
        ({"serial": "00000000"}, {"serial": "00000000"}),
        ({"serial": "1"}, {"serial": "1"}),
        ({"counterparty_name": "乙"}, {"counterparty_name": "甲"}),
    ],
)
def test_lines_that_differ_in_one_thing_are_two_transfers(out: dict[str, Any], into: dict[str, Any]) -> None:
    engine = DuckEngine(threads=1)
    assert len(joined(engine, [line("f", 1, "a-A", "out", 500, **out), line("g", 1, "a-B", "in", 500) | into])) == 2


@pytest.mark.parametrize(
    ("out", "into"),
    [
        ({"serial": "1", "counterparty_account": B}, {"serial": "1", "counterparty_account": A}),
        ({"serial": "1", "counterparty_account": B}, {"serial": "1"}),
        ({"serial": "1"}, {"serial": "1", "counterparty_account": A}),
        ({"counterparty_account": B}, {"counterparty_account": A, "serial": "77"}),
        ({"serial": "S000001", "counterparty_name": "乙*"}, {"serial": "S000001", "counterparty_name": "甲"}),
    ],
)
def test_numbers_and_names_confirm_a_transfer(out: dict[str, Any], into: dict[str, Any]) -> None:
    engine = DuckEngine(threads=1)
    assert ends(joined(engine, [line("f", 1, "a-A", "out", 500, **out), line("g", 1, "a-B", "in", 500, **into)])) == [
        ("a-A", "a-B")
    ]


def test_an_account_returned_twice_tells_each_line_once(engine: Engine) -> None:
    twice = [
        line(file, no, "a-A", "out", 500, serial="S000001", counterparty_name="丙") for file in "fg" for no in (1, 2)
    ]
    rows = joined(engine, twice)
    assert len(rows) == 2
    assert len(engine.read("transfer_witness")) == 4


def test_an_unknown_side_is_one_pseudo_account_for_each_own_account_and_name(engine: Engine) -> None:
    rows = joined(
        engine,
        [
            line("f", 1, "a-A", "out", 1, counterparty_name="丙"),
            line("f", 2, "a-A", "in", 2, counterparty_name=" 丙 "),
            line("f", 3, "a-A", "out", 3, counterparty_name="丁"),
            line("f", 4, "a-A", "out", 4),
            line("f", 5, "a-A", "out", 5, cash=True),
            line("f", 6, "a-A", "out", 6, counterparty_name="甲"),
            line("g", 1, "a-B", "out", 7, counterparty_name="丙"),
            line("g", 2, "a-B", "out", 8, counterparty_account="6230580000099999999"),
            line("f", 7, "a-A", "out", 9, counterparty_account="6230 5800 0009 9999 999"),
        ],
    )
    side = {
        row["amount_fen"]: (row["src_account_id"] if row["amount_fen"] == 2 else row["dst_account_id"]) for row in rows
    }
    assert side[1] == side[2]
    assert side[8] == side[9]
    assert len({side[fen] for fen in (1, 3, 4, 5, 6, 7, 8)}) == 7
    accounts = {row["account_id"]: row for row in engine.read("account").to_pylist()}
    assert accounts[side[1]]["holder_name"] == "丙"
    assert accounts[side[1]]["holder_id"] is None
    assert accounts[side[6]]["holder_id"] == "p-1"


def test_a_line_that_names_its_own_account_never_pays_itself(engine: Engine) -> None:
    rows = joined(
        engine,
        [
            line("f", 1, "a-A", "out", 500, counterparty_account=A, serial="S000001"),
            line("g", 2, "a-A", "in", 500, counterparty_account=A, serial="S000001"),
        ],
    )
    assert all(src != dst for src, dst in ends(rows))
    assert len(rows) == 2


def test_what_the_lake_tells_as_a_transfer_stays_and_repeats_are_witnesses(engine: Engine) -> None:
    told = [
        {
            "row_id": f"{file}:1:1",
            "source": "x",
            "transfer_id": "x:1",
            "src_account_id": "x:7",
            "dst_account_id": "x:8",
            "booked_at": NOON,
            "time_precision": "day",
            "amount_fen": 5,
            "currency": "USD",
        }
        for file in "mn"
    ]
    rows = joined(
        engine, [line("f", 1, "a-A", "neutral", 9), line("f", 2, "a-A", "void", 9), line("f", 3, "a-A", "in", 0)], told
    )
    assert [(row["transfer_id"], row["amount_fen"]) for row in rows] == [("x:1", 5)]
    assert [row["side"] for row in engine.read("transfer_witness").to_pylist()] == ["both", "both"]


@pytest.fixture(scope="module")
def duck() -> DuckEngine:
    return DuckEngine(threads=1)


LINES = st.lists(
    st.tuples(
        st.sampled_from("fgh"),
        st.sampled_from(["a-A", "a-B", "a-C"]),
        st.sampled_from(["in", "out"]),
        st.sampled_from([100, 200]),
        st.sampled_from([None, "1", "S000001", "S000002"]),
        st.sampled_from([None, A, B, "6230580000099999999", "6222****5805"]),
        st.sampled_from([None, "甲", "乙", "丙"]),
    ),
    max_size=14,
)


@settings(deadline=None, max_examples=25)
@given(LINES)
def test_every_line_witnesses_one_transfer_and_sums_are_kept(duck: DuckEngine, drawn: list[tuple[Any, ...]]) -> None:
    entries = [
        line(file, no, account, effect, fen, serial=serial, counterparty_account=number, counterparty_name=name)
        for no, (file, account, effect, fen, serial, number, name) in enumerate(drawn)
    ]
    transfers = {row["transfer_id"]: row for row in joined(duck, entries)}
    witnesses = duck.read("transfer_witness").to_pylist()
    assert Counter(row["witness_row_id"] for row in witnesses) == Counter(row["row_id"] for row in entries)
    assert {row["transfer_id"] for row in witnesses} == set(transfers)
    kept: Counter[tuple[str, str]] = Counter()
    for row in witnesses:
        transfer = transfers[row["transfer_id"]]
        assert row["amount_fen"] == transfer["amount_fen"]
        kept[transfer[f"{row['side']}_account_id"], row["effect"]] += row["amount_fen"]
    told: Counter[tuple[str, str]] = Counter()
    for row in entries:
        told[row["account_id"], row["effect"]] += row["amount_fen"]
    assert kept == told
    assert len(witnesses) - len(transfers) >= 0
    for transfer_id in transfers:
        sides = [row for row in witnesses if row["transfer_id"] == transfer_id]
        per_file = Counter((row["witness_row_id"].split(":")[0], row["side"]) for row in sides)
        assert set(per_file.values()) <= {1}


def test_without_lines_only_what_the_lake_told_is_a_transfer() -> None:
    told = [
        {"row_id": "m:1:1", "transfer_id": "x:1", "src_account_id": "x:7", "dst_account_id": "x:8", "amount_fen": 5}
    ]
    engine = DuckEngine(threads=1)
    assert ends(joined(engine, [], told)) == [("x:7", "x:8")]
    assert engine.read("transfer_witness").num_rows == 1
