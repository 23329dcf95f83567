import numpy as np
import pytest

from suyuan.world.frame.world import World
from suyuan.world.people.cast import OPEN, firms_of, found, newcomers, open_accounts, take
from suyuan.world.people.facts import facts


@pytest.mark.parametrize("trade", list(facts("firms")["trades"]))
def test_every_trade_has_two_firms_that_stay(town: World, trade: str) -> None:
    firms = firms_of(town, trade)
    assert len(firms) >= 2
    assert (town.of(firms, "_founded") < 0).all()
    assert (town.of(firms, "_closed") == OPEN).all()


def test_firms_founded_for_a_story_are_not_the_backgrounds(stage: World) -> None:
    chance = stage.chance("cast", "firms")
    made = found(stage, chance, 3, trade="tech", on=-10)
    assert not np.isin(made, firms_of(stage, "tech")).any()


def test_what_is_cast_has_the_columns_of_the_background(stage: World) -> None:
    """No null or missing column tells a member of a ring from anybody else."""
    chance = stage.chance("cast", "columns")
    before = {name: stage.tables.table(name) for name in ("person", "company", "account", "sim")}
    people = newcomers(stage, chance, 30)
    found(stage, chance, 30, trade="retail", on=-100, legal_rep=people)
    open_accounts(stage, chance, take(stage, chance, 5), on=3)
    for name, background in before.items():
        every = stage.tables.table(name)
        added = every.slice(background.num_rows)
        for column in background.column_names:
            if column.startswith("_") or column in {"phone_2", "opened_by", "closed_on"}:
                continue
            whole, part = background[column].null_count == 0, added[column].null_count == 0
            assert part or not whole, f"{name}.{column}"
            assert added[column].null_count < added.num_rows, f"{name}.{column}"
