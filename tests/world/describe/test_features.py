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


def test_every_described_table_and_column_is_contracted_or_private() -> None:
    told = settings()
    assert set(told["tables"]) <= set(contracts())
    assert set(told["strict"]) == set(told["columns"]) <= set(told["tables"])
    for table, columns in told["columns"].items():
        assert {name for name in columns if not name.startswith("_")} <= set(contracts()[table].columns)


def test_who_holds_an_account_tells_nothing_but_the_shape_of_its_number() -> None:
    world = World(options=Options(seed=1))
    names = [f"622200{n:013}" for n in range(400)]
    accounts = world.add("account", number=[*names, "2088000000001"], kind="card")
    world.add("transfer", src_account_id=accounts[[0, 1, 400]], dst_account_id=accounts[:3], amount_fen=[1, 2, 3])
    told = features(world.tables, "transfer", np.arange(3))
    assert told["src_account_id.number.length"].tolist() == [19, 19, 13]
    assert told["src_account_id.number.digits"].tolist() == [19, 19, 13]
    assert not [name for name in told if name.startswith("src_account_id.bank")]
