"""Ordinary apps and their registers."""

import numpy as np

from suyuan.world.frame.tables import is_of, row_of
from suyuan.world.life.software import app_of
from tests.world.life.life_of import life_of


def test_every_lender_runs_an_app() -> None:
    world = life_of()
    lenders = np.unique(world.column("loan", "lender_id"))
    lenders = lenders[is_of(lenders, "company")]
    apps = app_of(world, lenders)
    assert (apps >= 0).all()
    assert (world.of(apps, "operator_id") == lenders).all()


def test_who_runs_no_app_has_none() -> None:
    world = life_of()
    assert app_of(world, np.array([-7])).tolist() == [-1]


def test_every_app_is_filed_and_registered_in_its_name() -> None:
    world = life_of()
    app = row_of(world.column("icp_filing", "app_id"))
    assert (world.column("icp_filing", "subject_id") == world.column("app", "operator_id")[app]).all()
    assert set(world.column("app_listing", "copyright_no")) <= set(world.column("software_copyright", "number"))
    assert set(world.column("app_listing", "filing_no")) <= set(world.column("icp_filing", "number"))


def test_most_apps_ask_for_what_they_need_only() -> None:
    world = life_of(scale=0.2)
    greedy = [("通讯录" in asked) for asked in world.column("app", "permissions")]
    assert 0 < np.mean(greedy) < 0.15
