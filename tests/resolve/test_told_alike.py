from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest

from suyuan.domain.contract import contracts
from suyuan.domain.errors import DataError
from suyuan.engine.duck import DuckEngine
from suyuan.resolve import told_alike
from suyuan.resolve.told_alike import LEAST_LEARNED
from suyuan.resolve.transfers import plan
from tests.resolve.test_transfers import lay

START = datetime(2024, 1, 1)  # noqa: DTZ001 - house times carry no zone
PAIRS = 160


def lines(count: int) -> list[dict[str, Any]]:
    """Return `count` transfers told by two banks: each its own serial, the second later, now and then without a fee."""
    rng = np.random.default_rng(4)
    found: list[dict[str, Any]] = []
    for number in range(count):
        at = START + timedelta(days=int(rng.integers(0, 200)), seconds=int(rng.integers(0, 86_400)))
        fen, fee = int(rng.integers(1_000, 900_000)), 200 if number % 4 == 0 else 0
        payer, payee = f"a-{number % 40}", f"b-{number % 37}"
        common = {"currency": "CNY", "time_precision": "second", "loaded_at": START}
        found += [
            {"row_id": f"f:1:{number}", "source": "one", "account_id": payer, "effect": "out", "amount_fen": fen + fee,
             "booked_at": at, "serial": f"F{number:07d}", "counterparty_name": f"holder {payee}", "memo": "goods"},
            {"row_id": f"g:1:{number}", "source": "two", "account_id": payee, "effect": "in", "amount_fen": fen,
             "booked_at": at + timedelta(days=int(rng.integers(0, 3)), seconds=40), "serial": f"G{number:07d}",
             "counterparty_name": f"holder {payer}", "memo": "inward goods"},
        ]  # fmt: skip
        for line in found[-2:]:
            line.update(common)
    return found


def laid(entries: list[dict[str, Any]], told: list[dict[str, Any]]) -> DuckEngine:
    engine = DuckEngine(threads=1)
    accounts = sorted({line["account_id"] for line in entries})
    lay(engine, "entry", entries)
    lay(engine, "transfer", told)
    lay(engine, "account", [{"row_id": f"h:1:{account}", "source": "one", "account_id": account,
                             "number": f"62220000{number:06d}", "holder_name": f"holder {account}"}
                            for number, account in enumerate(accounts)])  # fmt: skip
    lay(engine, "entity", [{"entity_id": account, "kind": "account", "key_kind": "account_number",
                            "key_value": f"62220000{number:06d}", "records": 1}
                           for number, account in enumerate(accounts)])  # fmt: skip
    engine.run(plan({"entry": engine.columns("entry")}))
    return engine


def told_again(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the transfers of `entries` as a payment firm tells them: a day later, by the day."""
    return [
        {
            "row_id": f"p:1:{number}",
            "source": "firm",
            "transfer_id": f"firm:{number}",
            "src_account_id": out["account_id"],
            "dst_account_id": into["account_id"],
            "booked_at": out["booked_at"] + timedelta(days=1),
            "time_precision": "second",
            "amount_fen": into["amount_fen"],
            "currency": "CNY",
            "memo": "payment",
        }
        for number, (out, into) in enumerate(zip(entries[::2], entries[1::2], strict=True))
    ]


@pytest.fixture(scope="module")
def engine() -> DuckEngine:
    entries = lines(PAIRS)
    beyond = {**told_again(entries)[0], "row_id": "p:1:x", "transfer_id": "firm:x", "amount_fen": 77,
              "src_account_id": "firm:nobody", "booked_at": START - timedelta(days=300)}  # fmt: skip
    return laid(entries, [*told_again(entries), beyond])


def test_lines_with_serials_of_their_own_a_fee_and_later_days_are_one_transfer(engine: DuckEngine) -> None:
    pairs = engine.read("entry_weighed").to_pylist()
    right = sum(pair["out_event_id"].split(":")[-1] == pair["in_event_id"].split(":")[-1] for pair in pairs)
    assert right >= 0.97 * PAIRS
    assert right >= 0.99 * len(pairs)
    assert all(told_alike.LEAST_SCORE <= pair["score"] <= 1 for pair in pairs)


def test_the_amount_of_a_transfer_is_what_arrived_and_its_lines_keep_theirs(engine: DuckEngine) -> None:
    transfers = {row["transfer_id"]: row for row in engine.read("transfer").to_pylist()}
    witnesses = [row for row in engine.read("transfer_witness").to_pylist() if row["table_name"] == "entry"]
    for row in witnesses:
        if row["side"] == "dst":
            assert row["amount_fen"] == transfers[row["transfer_id"]]["amount_fen"]
    kept: Counter[tuple[str, str]] = Counter()
    for row in witnesses:
        kept[transfers[row["transfer_id"]][f"{row['side']}_account_id"], row["effect"]] += row["amount_fen"]
    told: Counter[tuple[str, str]] = Counter()
    for row in lines(PAIRS):
        told[row["account_id"], row["effect"]] += row["amount_fen"]
    assert kept == told


def test_a_told_transfer_is_one_more_witness_and_one_beyond_the_lines_stays(engine: DuckEngine) -> None:
    same = engine.read("transfer_same").to_pylist()
    assert len(same) >= 0.97 * PAIRS
    assert len({row["transfer_id"] for row in same}) == len(same)
    witnesses = engine.read("transfer_witness").to_pylist()
    assert sum(row["table_name"] == "transfer" for row in witnesses) == PAIRS + 1
    transfers = {row["transfer_id"] for row in engine.read("transfer").to_pylist()}
    assert {row["transfer_id"] for row in witnesses} == transfers
    assert "firm:x" in transfers
    assert not transfers & {row["told_id"] for row in same}


def test_where_little_can_be_learned_nothing_is_paired_by_weight() -> None:
    few = laid(lines(LEAST_LEARNED // 2), [])
    assert few.read("entry_weighed").num_rows == 0
    assert few.read("transfer").num_rows == LEAST_LEARNED // 2 * 2


def test_what_nothing_tells_apart_stays_apart_and_other_faults_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = lines(LEAST_LEARNED)

    def refuse(key: str) -> Any:
        def match(*_: object, **__: object) -> None:
            raise DataError(key)

        return match

    monkeypatch.setattr(told_alike, "match", refuse("transfers.too_alike"))
    assert laid(entries, []).read("entry_weighed").num_rows == 0
    monkeypatch.setattr(told_alike, "match", refuse("run.no_typology"))
    with pytest.raises(DataError):
        laid(entries, [])


def test_tables_of_the_contracts_hold_what_is_written(engine: DuckEngine) -> None:
    assert set(contracts()["transfer"].columns) == set(engine.columns("transfer"))
