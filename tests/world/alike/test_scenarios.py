from suyuan.world.alike.scenarios import KINDS
from suyuan.world.frame.models import model_id


def test_every_kind_is_told_once_and_names_the_model_it_might_fool() -> None:
    assert len({one.kind for one in KINDS}) == len(KINDS) >= 38
    assert all(model_id(one.like) for one in KINDS)


def test_every_model_of_the_group_has_a_look_alike() -> None:
    models = {one.like for one in KINDS}
    assert models >= {
        "routine_loan", "debt_rollover", "contact_harassment", "app_family", "shell_cluster", "pass_through",
        "blank_borrowers", "complaint_mill", "surrender_arbitrage", "straw_car_buyers", "packaged_firms",
        "borrowed_names", "over_appraisal", "injury_claims", "debt_relief_fund", "interest_only", "illegal_ads",
        "data_misuse", "supply_chain", "insider_collusion", "forged_papers", "platform_rental",
    }  # fmt: skip
