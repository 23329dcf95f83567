import pyarrow as pa

from suyuan.engine.duck import DuckEngine
from suyuan.resolve.pairs import pair_steps

COLUMNS = ("event_id", "file", "account_id", "effect", "sure_serial", "other_id", "other_key", "other_name", "own_name")


def sides(*rows: tuple[str | None, ...]) -> pa.Table:
    text = {name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(COLUMNS)}
    same = {
        "amount_fen": [700] * len(rows),
        "currency": ["CNY"] * len(rows),
        "booked_on": ["d"] * len(rows),
        "booked_at": ["t"] * len(rows),
    }
    return pa.table(text | same)


def test_a_surer_round_takes_its_partner_before_a_less_sure_one() -> None:
    engine = DuckEngine(threads=1)
    engine.write(
        "entry_side",
        sides(
            ("o1", "f", "A", "out", "S000001", None, None, None, None),
            ("o2", "f", "A", "out", "S000001", "B", "kB", None, None),
            ("i1", "g", "B", "in", "S000001", None, None, None, None),
            ("i2", "h", "C", "in", "S000001", None, None, None, None),
        ),
    )
    engine.run(pair_steps(into="entry_pair"))
    assert {row["event_id"]: row["out_event_id"] for row in engine.read("entry_pair").to_pylist()} == {
        "o1": "o1",
        "i2": "o1",
        "o2": "o2",
        "i1": "o2",
    }


def test_one_serial_over_a_whole_pay_day_makes_no_more_pairs_than_lines() -> None:
    engine = DuckEngine(threads=1)
    outs = [(f"o{n:04}", "f", "A", "out", "BATCH01", None, None, None, None) for n in range(3000)]
    ins = [(f"i{n:04}", "g", f"W{n:04}", "in", "BATCH01", None, None, None, None) for n in range(3000)]
    engine.write("entry_side", sides(*outs, *ins))
    engine.run(pair_steps(into="entry_pair"))
    assert engine.read("entry_pair").num_rows == 6000
