"""Can a single row be told from the background? A LightGBM tries, and its AUC on rows it has not seen is the answer."""

import importlib.util
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from suyuan.domain.errors import UsageError
from suyuan.world.describe.features import features, settings
from suyuan.world.frame.dice import dice
from suyuan.world.frame.world import World

LEAST = 100
"""Ring rows without which an AUC would be noise."""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """How well rows of rings are told from the background, row by row.

    `auc` is 0.5 for a guess and 1.0 when every row gives itself away; None when there are too few ring rows, see `why`
    (a catalogue key). `strongest` are the features that helped most, as (feature, share of the gain).
    """

    table: str
    ring_rows: int
    background_rows: int
    auc: float | None
    why: str | None
    strict: bool
    strongest: tuple[tuple[str, float], ...] = ()


def tellings(world: World) -> list[Telling]:
    """Return the telling of every table that `world/data/describe.yml` names.

    Raises:
        UsageError: LightGBM or scikit-learn is not installed; the message says how to get them.
    """
    if not (importlib.util.find_spec("lightgbm") and importlib.util.find_spec("sklearn")):
        raise UsageError("describe.no_lightgbm")
    return [telling(world, table) for table in settings()["tables"]]


def telling(world: World, table: str) -> Telling:
    """Return how well rows of rings are told from the background in `table`: the mean AUC over stratified folds.

    Victims' own rows and look-alikes are background. Ring rows that are many are thinned to as many as the background
    drawn.
    """
    told = settings()
    ring = world.column(table, "_ring") >= 0 if world.tables.rows(table) else np.zeros(0, np.bool_)
    chance = dice(world.options.seed, "telling", table)
    ours, others = (_some(chance, np.flatnonzero(each), told["rows_at_most"]) for each in (ring, ~ring))
    strict = table in told["strict"]
    if len(ours) < LEAST or len(others) < LEAST:
        return Telling(
            table=table,
            ring_rows=len(ours),
            background_rows=len(others),
            auc=None,
            why="describe.too_few",
            strict=strict,
        )
    rows = np.concatenate([ours, others])
    columns = features(world.tables, table, rows)
    auc, gains = _judge(np.column_stack(list(columns.values())), np.arange(len(rows)) < len(ours), folds=told["folds"])
    order = np.argsort(-gains, kind="stable")[:5]
    names = list(columns)
    return Telling(
        table=table,
        ring_rows=len(ours),
        background_rows=len(others),
        auc=round(auc, 4),
        why=None,
        strict=strict,
        strongest=tuple((names[n], round(float(gains[n]), 3)) for n in order),
    )


def _some(chance: np.random.Generator, rows: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    return np.sort(chance.choice(rows, most, replace=False), kind="stable") if len(rows) > most else rows


def _judge(told: NDArray[np.float64], ring: NDArray[np.bool_], *, folds: int) -> tuple[float, NDArray[np.float64]]:
    """Return the mean AUC on held-out folds and each column's share of the gain."""
    from lightgbm import LGBMClassifier  # noqa: PLC0415
    from sklearn.metrics import roc_auc_score  # noqa: PLC0415
    from sklearn.model_selection import StratifiedKFold  # noqa: PLC0415

    aucs, gains = [], np.zeros(told.shape[1])
    for train, test in StratifiedKFold(folds, shuffle=True, random_state=0).split(told, ring):
        model = LGBMClassifier(
            n_estimators=120,
            learning_rate=0.05,
            num_leaves=31,
            min_child_samples=50,
            class_weight="balanced",
            importance_type="gain",
            random_state=0,
            n_jobs=1,
            deterministic=True,
            force_col_wise=True,
            verbosity=-1,
        )
        model.fit(told[train], ring[train])
        aucs.append(float(roc_auc_score(ring[test], np.asarray(model.predict_proba(told[test]))[:, 1])))
        gains += model.feature_importances_
    return sum(aucs) / folds, gains / max(1.0, float(gains.sum()))
