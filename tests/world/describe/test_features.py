import numpy as np

from suyuan.domain.contract import contracts
from suyuan.world.describe.features import features, modus, settings
from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World


def test_a_transfer_tells_amount_digits_hour_weekday_and_the_shape_of_its_accounts() -> None:
    world = World(options=Options(seed=1))
    accounts = world.add("account", number=["6222000011112222333", "6217"], kind=["card", "corporate"])
    world.add(
        "transfer",
        src_account_id=accounts[[0, 0]],
        dst_account_id=np.array([accounts[1], -1]),
        booked_at=world.moment(np.array([2, 3]), 3 * 3600),
        amount_fen=np.array([123_456, 50_000]),
        memo=["工资", None],
    )
    told = features(world.tables, "transfer", np.arange(2))
    assert told["amount_fen.last_1000"].tolist() == [456, 0]
    assert told["booked_at.hour"].tolist() == [3, 3]
    assert told["booked_at.weekday"].tolist() == [0, 1]  # 2023-07-03 was a Monday
    assert np.isnan(told["memo.word"][1])
    assert told["dst_account_id.kind"][1] == -1
    assert "transfer_id.value" not in told


def test_the_columns_that_are_the_crime_are_columns_of_their_tables_and_left_out() -> None:
    for table, columns in modus().items():
        assert set(columns) <= set(contracts()[table].columns), table
    world = World(options=Options(seed=1))
    world.add("loan", principal_fen=[1], received_fen=[1], currency="CNY")
    assert not [name for name in features(world.tables, "loan", np.arange(1)) if name.startswith("principal_fen")]


def test_every_described_table_is_contracted() -> None:
    assert set(settings()["tables"]) <= set(contracts())
    assert set(settings()["strict"]) <= set(settings()["tables"])
