from collections.abc import Callable
from datetime import date, datetime

import pyarrow as pa

from suyuan.engine.duck import DuckEngine
from suyuan.lead.group import group_steps
from suyuan.lead.members import member_steps
from suyuan.lead.picture import MOST_EDGES, REST, picture_steps


def test_a_pair_is_one_edge_and_what_is_too_much_is_counted_on_the_rest(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    at = datetime(2024, 1, 5, 10)  # noqa: DTZ001
    move = {"dst_account_id": "A", "amount_fen": 100, "booked_at": at}
    moves = [{**move, "transfer_id": f"t{n:03}", "src_account_id": f"p{n:03}"} for n in range(MOST_EDGES + 5)]
    moves.append({**moves[0], "transfer_id": "again", "amount_fen": 900})
    lay(
        engine,
        signal=[{"signal_id": "s", "typology_id": "t", "subject_kind": "account", "subject_id": "A"}],
        signal_evidence=[{"signal_id": "s", "table_name": "transfer", "row_id": move["transfer_id"]} for move in moves],
        transfer=moves,
    )
    engine.write("lead_name", pa.table({"group_id": ["s"], "lead_id": ["L"]}))
    engine.run([*group_steps(), *member_steps(), *picture_steps()])
    edges = {(row["src_id"], row["dst_id"]): row for row in engine.read("lead_edge").to_pylist()}
    assert len(edges) == MOST_EDGES + 1
    assert (edges["p000", "A"]["told"], edges["p000", "A"]["amount_fen"]) == (2, 1000)
    assert (edges[REST, REST]["told"], edges[REST, REST]["amount_fen"]) == (5, 500)
    days = engine.read("lead_day").to_pylist()
    assert [(row["moved_on"], row["flow"], row["amount_fen"]) for row in days] == [
        (date(2024, 1, 5), "received", 100 * (MOST_EDGES + 5) + 900)
    ]
