from collections.abc import Callable, Mapping

import networkx as nx
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from suyuan.engine.duck import DuckEngine
from suyuan.engine.protocol import Engine
from suyuan.lead.group import components, group_steps


def signal(name: str, kind: str, subject: str) -> dict[str, str]:
    return {"signal_id": name, "typology_id": "t", "subject_kind": kind, "subject_id": subject}


def row(signal_id: str, table: str, row_id: str) -> dict[str, str]:
    return {"signal_id": signal_id, "table_name": table, "row_id": row_id}


def groups(engine: Engine) -> Mapping[str, str]:
    engine.run(group_steps())
    return {row["signal_id"]: row["group_id"] for row in engine.read("lead_group").to_pylist()}


def test_signals_on_one_subject_are_one_group(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    lay(engine, signal=[signal("s1", "account", "A"), signal("s2", "account", "A"), signal("s3", "account", "B")])
    assert groups(engine) == {"s1": "s1", "s2": "s1", "s3": "s3"}


def test_an_account_joins_its_holder_and_his_other_account(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    lay(
        engine,
        signal=[signal("s1", "account", "A"), signal("s2", "company", "C"), signal("s3", "account", "B")],
        account=[{"account_id": "A", "holder_id": "C"}, {"account_id": "B", "holder_id": "C"}],
    )
    assert set(groups(engine).values()) == {"s1"}


def test_a_lender_joins_the_account_that_pays_out_its_loans(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    signals = [signal("s1", "company", "C"), signal("s2", "account", "P")]
    lay(engine, signal=signals, loan=[{"loan_id": "L", "lender_id": "C", "payer_account_id": "P"}])
    assert set(groups(engine).values()) == {"s1"}
    reserve = [{"account_id": "P", "kind": "reserve"}]
    lay(engine, signal=signals, account=reserve, loan=[{"loan_id": "L", "lender_id": "C", "payer_account_id": "P"}])
    assert set(groups(engine).values()) == {"s1", "s2"}


def test_a_shared_evidence_row_joins(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    signals = [signal("s1", "account", "A"), signal("s2", "account", "B"), signal("s3", "account", "C")]
    evidence = [row("s1", "transfer", "t"), row("s2", "transfer", "t"), row("s3", "loan", "t")]
    lay(engine, signal=signals, signal_evidence=evidence)
    assert groups(engine) == {"s1": "s1", "s2": "s1", "s3": "s3"}


def test_a_common_victim_joins_no_lenders_and_lies_beside_the_one_he_shares_most_with(
    lay: Callable[..., None],
) -> None:
    engine = DuckEngine()
    loans = [
        {"loan_id": f"L{lender}{n}", "lender_id": lender, "borrower_id": "V"} for lender in ("C", "D") for n in range(2)
    ]
    lay(
        engine,
        signal=[signal("s1", "company", "C"), signal("s2", "company", "D"), signal("s0", "person", "V")],
        signal_evidence=[
            *(row("s1", "loan", f"LC{n}") for n in range(2)),
            *(row("s2", "loan", f"LD{n}") for n in range(2)),
            *(row("s0", "loan", each) for each in ("LC0", "LD0", "LD1")),
        ],
        loan=loans,
    )
    assert groups(engine) == {"s1": "s1", "s2": "s2", "s0": "s2"}


def test_a_known_service_joins_nobody(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    service = {"subject_id": "C", "subject_kind": "company", "service": "payroll"}
    for to_on, expected in (("2024-12-31", {"s1", "s2"}), ("2023-12-31", {"s1"})):
        lay(
            engine,
            signal=[signal("s1", "account", "A"), signal("s2", "account", "B")],
            account=[{"account_id": "A", "holder_id": "C"}, {"account_id": "B", "holder_id": "C"}],
            known_service=[{**service, "from_on": day("2020-01-01"), "to_on": day(to_on)}],
        )
        assert set(groups(engine).values()) == expected


def day(text: str) -> object:
    from datetime import date

    return date.fromisoformat(text)


KEYS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("12345")), max_size=20)


@given(KEYS)
def test_components_equal_those_of_networkx(pairs: list[tuple[str, str]]) -> None:
    graph = nx.Graph([(("signal", one), ("key", key)) for one, key in pairs])
    expected = {}
    for part in nx.connected_components(graph):
        names = [name for kind, name in part if kind == "signal"]
        expected.update(dict.fromkeys(names, min(names)))
    schema = pa.schema([("signal_id", pa.string()), ("held", pa.string())])
    table = pa.table({"signal_id": [one for one, _ in pairs], "held": [key for _, key in pairs]}, schema=schema)
    assert components(table) == expected
