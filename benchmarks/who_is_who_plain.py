"""Plain Splink, set up as its tutorial does it, on the records that `bench_who_is_who` resolves."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

THRESHOLDS = (0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99)

FEBRL = """
create table told as
select trim(rec_id) as unique_id, regexp_extract(rec_id, 'rec-([0-9]+)-', 1) as truth,
  nullif(trim(given_name), '') as given_name, nullif(trim(surname), '') as surname,
  nullif(trim(street_number), '') as street_number, nullif(trim(address_1), '') as address_1,
  nullif(trim(suburb), '') as suburb, nullif(trim(postcode), '') as postcode, nullif(trim(state), '') as state,
  nullif(trim(date_of_birth), '') as date_of_birth
from read_csv('{file}', all_varchar = true, header = true, normalize_names = true)
"""
FAKE = """
create table told as
select cast(unique_id as text) as unique_id, cluster as truth, first_name, surname, dob, city, email
from read_csv('{file}', all_varchar = true, header = true)
"""
MILLION = """
create table told as
select person_id as unique_id, replace(name, ' ', '') as name, left(replace(name, ' ', ''), 1) as surname,
  substr(replace(name, ' ', ''), 2) as first_name, strftime(birth_on, '%Y-%m-%d') as dob, region_code as city,
  email, phone
from read_parquet('{file}')
"""


def febrl(file: Path) -> list[dict[str, Any]]:
    """Return what plain Splink makes of FEBRL 3 without the social-security number, by threshold."""
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.LevenshteinAtThresholds("date_of_birth", [1, 2]),
            cl.LevenshteinAtThresholds("street_number", [1]),
            cl.JaroWinklerAtThresholds("address_1", [0.9, 0.7]),
            cl.JaroWinklerAtThresholds("suburb", [0.9]),
            cl.LevenshteinAtThresholds("postcode", [1]),
            cl.ExactMatch("state"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("given_name", "surname"),
            block_on("date_of_birth"),
            block_on("postcode", "street_number"),
            block_on("address_1"),
            block_on("surname", "suburb"),
            block_on("given_name", "postcode"),
            block_on("surname", "postcode"),
            block_on("suburb", "postcode"),
        ],
    )
    linker, con = _linked(FEBRL.format(file=file), settings)
    sure = [block_on("given_name", "surname", "date_of_birth"), block_on("date_of_birth", "postcode")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.8)
    _train(linker, [block_on("date_of_birth"), block_on("given_name", "surname")])
    return _clusters(linker, con)


def fake(file: Path) -> list[dict[str, Any]]:
    """Return what the tutorial's model makes of its thousand people, by threshold."""
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=_tutorial(),
        blocking_rules_to_generate_predictions=[
            block_on("first_name", "city"),
            block_on("surname"),
            block_on("dob"),
            block_on("email"),
        ],
    )
    linker, con = _linked(FAKE.format(file=file), settings)
    sure = ["l.first_name = r.first_name and l.surname = r.surname and l.dob = r.dob", "l.email = r.email"]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.7)
    _train(linker, [block_on("first_name", "surname"), block_on("dob")])
    return _clusters(linker, con)


def million(file: Path, truth: Path) -> dict[str, Any]:
    """Return what the tutorial's model, which reads no identity numbers, takes on forged records, and how right it is.

    Blocks by surname alone would make three thousand million pairs of Chinese names: by surname and birthday here.
    """
    start, cpu = time.perf_counter(), time.process_time()
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[*_tutorial(), cl.ExactMatch("phone")],
        blocking_rules_to_generate_predictions=[
            block_on("first_name", "city"),
            block_on("surname", "dob"),
            block_on("phone"),
            block_on("email"),
        ],
    )
    linker, con = _linked(MILLION.format(file=file), settings)
    sure = [block_on("name", "dob"), block_on("phone")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.7)
    _train(linker, [block_on("first_name", "surname"), block_on("dob", "city")])
    scored = linker.inference.predict(threshold_match_probability=0.02)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(scored, 0.9)
    took = {
        "seconds": round(time.perf_counter() - start, 1),
        "cpu_seconds": round(time.process_time() - cpu, 1),
        "pairs": len(scored.as_pyarrow_table()),
    }
    con.register("found", clusters.as_pyarrow_table())
    joined = f"select cluster_id as one, truth from found join '{truth}' on lake_id = unique_id"
    return {**took, **pairwise(con, joined)}


def _tutorial() -> list[Any]:
    return [
        cl.NameComparison("first_name").configure(term_frequency_adjustments=True),
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        cl.LevenshteinAtThresholds("dob", 1),
        cl.ExactMatch("city").configure(term_frequency_adjustments=True),
        cl.EmailComparison("email"),
    ]


def _linked(sql: str, settings: SettingsCreator) -> tuple[Linker, duckdb.DuckDBPyConnection]:
    con = duckdb.connect(config={"threads": 2})
    con.execute(sql)
    return Linker(DuckDBAPI(con).register("told"), settings, log_level=50), con


def _train(linker: Linker, rules: Sequence[Any]) -> None:
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in rules:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)


def _clusters(linker: Linker, con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    scored = linker.inference.predict(threshold_match_probability=0.01)
    found = []
    for threshold in THRESHOLDS:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(scored, threshold)
        con.register("found", clusters.as_pyarrow_table())
        found.append({"threshold": threshold, **pairwise(con, "select cluster_id as one, truth from found")})
    return found


def pairwise(con: duckdb.DuckDBPyConnection, sql: str) -> dict[str, Any]:
    """Return precision, recall and F1 of the pairs that `sql` (`one`, `truth`, a row a record) puts together."""
    right, found, true = con.execute(f"""
        with told as (select one, truth, count(*) as n from ({sql}) as s group by all)
        select (select sum(n * (n - 1) // 2) from told),
          (select sum(n * (n - 1) // 2) from (select sum(n) as n from told group by one) as o),
          (select sum(n * (n - 1) // 2) from (select sum(n) as n from told group by truth) as t)""").fetchall()[0]
    f1 = round(2 * float(right) / float(found + true), 5)
    return {"precision": round(float(right / max(found, 1)), 5), "recall": round(float(right / true), 5), "f1": f1}
