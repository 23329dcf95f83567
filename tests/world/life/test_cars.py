"""Cars bought on credit."""

from suyuan.world.frame.dice import dice
from suyuan.world.frame.tables import row_of
from suyuan.world.life.cars import vins
from tests.world.life.life_of import life_of


def test_a_vin_has_17_characters_and_comes_once() -> None:
    made = vins(dice(1), 500).to_pylist()
    assert {len(each) for each in made} == {17}
    assert len(set(made)) == 500


def test_price_is_what_was_paid_down_and_what_was_lent() -> None:
    world = life_of()
    lent = world.column("loan", "principal_fen")[row_of(world.column("vehicle", "loan_id"))]
    assert (world.column("vehicle", "down_payment_fen") + lent == world.column("vehicle", "price_fen")).all()


def test_a_few_dealers_sell_most_cars() -> None:
    world = life_of(scale=0.2)
    dealers = world.column("vehicle", "dealer_id")
    counts = sorted((int((dealers == each).sum()) for each in set(dealers)), reverse=True)
    assert counts[0] > 4 * counts[len(counts) // 2]
