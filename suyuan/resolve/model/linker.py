"""The one module that talks to Splink: hands it profiles, pairs and weights, takes scores, leaves nothing behind.

Source: Splink 5 (Ministry of Justice, https://moj-analytical-services.github.io/splink/); I. P. Fellegi and
A. B. Sunter, A Theory for Record Linkage, JASA 64 (1969), doi:10.1080/01621459.1969.10501049.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import pyarrow as pa
import sqlglot
from splink import DuckDBAPI, Linker
from splink.internals.exceptions import SplinkException  # it has no other home

from suyuan.domain.errors import DataError
from suyuan.engine.arrow import in_house
from suyuan.engine.native import duck_connection, spark_session
from suyuan.engine.protocol import Engine
from suyuan.resolve.model.shape import Comparison, Shape
from suyuan.resolve.model.weights import Model


class Splink:
    """Splink over one table of profiles, named `profiles` on `engine`, weighing by `model`."""

    def __init__(self, engine: Engine, shape: Shape, model: Model, *, profiles: str) -> None:
        """Register the table; nothing is computed."""
        self._engine, self._shape, self._model = engine, shape, model
        self._profiles = profiles

    def scores(self, pairs: str, *, least: float | None = None) -> pa.Table:
        """Return the scores of the pairs in the table `pairs` (`join_key_l`, `join_key_r`, `match_key`).

        `left_no`, `right_no`, `weight`, `probability`, `level_…` (int; -1 not compared, 0 the worst).

        With `least`, only pairs of at least that probability.

        Raises:
            DataError: Splink or the database refuses; the message holds its words.
        """
        levels = ", ".join(f"gamma_{each.name} as level_{each.name}" for each in self._shape.comparisons)
        names = "profile_no_l as left_no, profile_no_r as right_no, match_weight as weight"
        select = f"select {names}, match_probability as probability, {levels} from {{this}}"
        return self._asked(pairs, select, least=least)

    def patterns(self, pairs: str) -> pa.Table:
        """Return how many of the `pairs` show each combination of levels: `level_…`, `pairs`."""
        levels = ", ".join(f"gamma_{each.name} as level_{each.name}" for each in self._shape.comparisons)
        by = ", ".join(f"gamma_{each.name}" for each in self._shape.comparisons)
        return self._asked(pairs, f"select {levels}, count(*) as pairs from {{this}} group by {by}", least=None)

    def chance(self) -> dict[str, tuple[float, ...]]:
        """Return comparison → share of each level, from the best down, among all pairs of the table's profiles.

        A comparison that nobody tells keeps the shares of the model.
        """
        with self._linked() as (_, linker):
            linker.training.estimate_u_using_random_sampling(
                max_pairs=1e15, seed=1, min_count_per_level=None, num_chunks=1
            )
            told = linker.misc.save_model_to_json()
        return {
            comparison["output_column_name"]: tuple(
                float(level.get("u_probability", 0.0))
                for level in comparison["comparison_levels"]
                if not level.get("is_null_level")
            )
            for comparison in told["comparisons"]
        }

    def _asked(self, pairs: str, select: str, *, least: float | None) -> pa.Table:
        with self._linked() as (api, linker):
            blocked = api.register(pairs)
            linker.table_management.register_blocked_pairs_for_predict(blocked)
            found = linker.inference.predict(threshold_match_probability=least, warning_mode="never")
            told = found.query_sql(select)
            return in_house(told.as_pyarrow_table())  # type: ignore[no-untyped-call]

    @contextmanager
    def _linked(self) -> Iterator[tuple[Any, Linker]]:
        """Give a linker, silent; afterwards its tables are gone."""
        log = logging.getLogger("splink")
        before = log.level
        log.setLevel(logging.CRITICAL + 1)
        api = self._api()
        try:
            settings = splink_settings(self._shape, self._model)
            linker = Linker(api.register(self._profiles), settings, log_level=None, validate_settings=False)
            for column in self._model.rarities:
                linker.table_management.register_term_frequency_lookup(api.register(f"model_tf_{column}"), column)
            yield api, linker
        except _faults(self._engine) as fault:
            raise DataError("model.failed", kind=self._shape.kind, why=str(fault)) from fault
        finally:
            self._swept(api)
            log.setLevel(before)

    def _api(self) -> Any:
        if self._engine.dialect != "spark":
            return DuckDBAPI(duck_connection(self._engine))
        return _spark_api()(
            spark_session=spark_session(self._engine),
            break_lineage_method="persist",
            register_udfs_automatically=False,  # our levels need no jar
        )

    def _swept(self, api: Any) -> None:
        if self._engine.dialect != "spark":
            api.delete_tables_created_by_splink_from_db()
            return
        spark = spark_session(self._engine)
        for view in spark.sql("show views like '__splink__*'").collect():
            spark.catalog.uncacheTable(view.viewName)
            spark.catalog.dropTempView(view.viewName)


def _faults(engine: Engine) -> tuple[type[Exception], ...]:
    """Return what Splink and the database behind `engine` raise; Spark computes late, outside of Splink."""
    if engine.dialect != "spark":
        return SplinkException, ValueError, duckdb.Error
    from pyspark.errors import PySparkException  # noqa: PLC0415 - needs pyspark

    return SplinkException, ValueError, PySparkException


def _spark_api() -> type[Any]:
    from splink.backends.spark import SparkAPI  # noqa: PLC0415 - needs pyspark

    class Plain(SparkAPI):
        """Splink's own Spark dialect cannot inherit from the compiled sqlglot; the plain one writes the same here."""

        def _setup_for_execute_sql(self, sql: str, physical_name: str) -> str:
            del physical_name
            return str(sqlglot.transpile(sql, read="spark", write="spark")[0])

    return Plain


def splink_settings(shape: Shape, model: Model) -> dict[str, Any]:
    """Return `shape` with the weights of `model` as Splink's settings; no blocks, pairs come ready."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "profile_no",
        "probability_two_random_records_match": model.prior,
        "comparisons": [_comparison(each, model.weights[each.name]) for each in shape.comparisons],
        "blocking_rules_to_generate_predictions": ["l.profile_no = r.profile_no"],
        "retain_matching_columns": True,  # levels come with them only
        "retain_intermediate_calculation_columns": False,
    }


def _comparison(comparison: Comparison, weights: Sequence[tuple[float, float]]) -> dict[str, Any]:
    null = {"sql_condition": comparison.null, "label_for_charts": "null", "is_null_level": True}
    levels = []
    for level, (m, u) in zip(comparison.levels, weights, strict=True):
        rarity = (
            {"tf_adjustment_column": level.rarity, "disable_tf_exact_match_detection": True} if level.rarity else {}
        )
        sql = "ELSE" if level.sql == "else" else level.sql
        levels.append(
            {"sql_condition": sql, "label_for_charts": level.label, "m_probability": m, "u_probability": u, **rarity}
        )
    return {"output_column_name": comparison.name, "comparison_levels": [null, *levels]}
