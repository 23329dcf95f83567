"""How long the cost of many loans takes: 3 M loans of four flows, their growth, and pyxirr called loan by loan.

    python benchmarks/bench_loan_cost.py [--loans 3000000] [--out build/bench_loan_cost.json]

Prints JSON: `plan` is the whole stage on DuckDB (tables in memory → `loan_cost`) and `plan_tenth` the same at a tenth
of the loans, `kernels` rates and sums alone, `pyxirr` the peer called loan by loan on a sample in the same run, with
how often it gave no rate and the largest relative difference where it gave one.
"""

import argparse
import json
import math
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyxirr

from suyuan.engine.duck import DuckEngine
from suyuan.engine.step import ArrowStep
from suyuan.money.allowed import reckon
from suyuan.money.cost import table_rates
from suyuan.money.schedule import Schedules
from suyuan.money.steps import plan

LOANS = """
select
  'r' || i as row_id, 'L' || i as loan_id, 'C' || i % 900 as lender_id, 'P' || i % 700000 as borrower_id,
  case i % 3 when 0 then 'private' when 1 then 'small_loan' else 'unlicensed' end as lender_kind, 'CNY' as currency,
  cast(100000 + i % 7 * 50000 as bigint) as principal_fen,
  cast((100000 + i % 7 * 50000) * (0.5 + i % 5 * 0.1) as bigint) as received_fen,
  cast(date '2016-01-01' + cast(i % 3500 as int) as date) as signed_on,
  cast(date '2016-01-01' + cast(i % 3500 as int) as timestamp) as paid_out_at,
  cast(null as int) as interval_days, cast(7 + i % 24 as int) as term_days
from range({n}) as t(i)
"""
PAYMENTS = """
select
  'q' || i || '-' || k as row_id, 'q' || i || '-' || k as repayment_id, 'L' || i as loan_id,
  cast(date '2016-01-01' + cast(i % 3500 + k * (7 + i % 24) as int) as timestamp) as paid_at,
  cast((100000 + i % 7 * 50000) / 3 + i % 1000 as bigint) as amount_fen, 'CNY' as currency
from range({n}) as t(i), range(1, 4) as u(k)
"""
FEES = """
select i as row_id, i as fee_id, i as loan_id, cast(0 as bigint) as amount_fen, i as currency,
  cast(null as timestamp) as charged_at, false as withheld
from (select '' as i) where false
"""


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return wall and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def whole_plan(loans: int) -> dict[str, object]:
    engine = DuckEngine(memory="6GiB", threads=2)
    for name, sql in (("loan", LOANS), ("repayment", PAYMENTS), ("loan_fee", FEES)):
        con = duckdb.connect()
        engine.write(name, con.sql(sql.format(n=loans)).to_arrow_table())
        con.close()
    steps, spent = {}, 0.0
    for step in plan():
        wall, cpu = timed(lambda step=step: engine.run([step]))
        steps[step.name + (" (kernels)" if isinstance(step, ArrowStep) else "")] = round(wall, 2)
        spent += cpu
    done = engine.read("loan_cost", columns=["nominal_rate", "line_name"])
    engine.close()
    return {
        "seconds": round(sum(steps.values()), 2),
        "cpu_seconds": round(spent, 2),
        "steps": steps,
        "loans": done.num_rows,
        "rated": done.num_rows - done["nominal_rate"].null_count,
        "lined": done.num_rows - done["line_name"].null_count,
    }


def schedules_of(loans: int) -> Schedules:
    rng = np.random.default_rng(7)
    received = rng.integers(50_000, 500_000, loans)
    start = rng.integers(16_800, 20_300, loans)
    gap = rng.integers(7, 31, loans)
    loan = np.tile(np.arange(loans), 4)
    day = np.concatenate([start + k * gap for k in range(4)])
    paid = (received * rng.uniform(0.34, 0.7, loans)).astype(np.int64)
    fen = np.concatenate([received, -paid, -paid, -paid])
    return Schedules.of(loans=loans, loan=loan, day=day, fen=fen)


def kernels(loans: int) -> dict[str, float]:
    schedules = schedules_of(loans)
    none = np.zeros(loans, dtype=np.int64)
    rate, never = none + 2400, none + (1 << 40)
    rates, rates_cpu = timed(lambda: table_rates(schedules, interval_days=none, term_days=none))
    sums, sums_cpu = timed(lambda: reckon(schedules, rate=rate, change_day=never, rate_after=none))
    return {
        "rates": round(rates, 3),
        "rates_cpu": round(rates_cpu, 3),
        "reckon": round(sums, 3),
        "reckon_cpu": round(sums_cpu, 3),
    }


def peer(sample: int) -> dict[str, object]:
    schedules = schedules_of(sample)
    none = np.zeros(sample, dtype=np.int64)
    ours = table_rates(schedules, interval_days=none, term_days=none).effective
    epoch = date(1970, 1, 1)
    days, fen = schedules.days.tolist(), schedules.fen.tolist()
    theirs: list[float | None] = []

    def each() -> None:
        for start, stop in zip(schedules.offsets[:-1].tolist(), schedules.offsets[1:].tolist(), strict=True):
            dates = [epoch + timedelta(days=day) for day in days[start:stop]]
            theirs.append(pyxirr.xirr(dates, fen[start:stop]))

    wall, _ = timed(each)
    none_given = sum(rate is None or not math.isfinite(rate) for rate in theirs)
    pairs = [(a, b) for a, b in zip(ours.tolist(), theirs, strict=True) if b is not None and math.isfinite(b)]
    worst = max(abs(a - b) / max(abs(b), 1e-9) for a, b in pairs)
    per_loan = wall / sample
    return {
        "sample": sample,
        "microseconds_per_loan": round(per_loan * 1e6, 2),
        "seconds_for_3m": round(per_loan * 3_000_000, 1),
        "no_rate": none_given,
        "worst_relative_difference": worst,
    }


def bars(told: dict[str, Any], loans: int) -> list[dict[str, object]]:
    """Return what must not be exceeded; growth has room: a tenth fits in the caches, all do not."""
    whole, tenth = told["plan"], told["plan_tenth"]
    peer_seconds = told["pyxirr"]["microseconds_per_loan"] * 1e-6 * loans
    rates = round(told["kernels"]["whole"]["rates"] / peer_seconds, 3)
    growth = round(whole["cpu_seconds"] / (10 * tenth["cpu_seconds"]), 3)
    return [
        {"name": "seconds for 3 M loans of four flows", "value": whole["seconds"] * 3_000_000 / loans, "bar": 15},
        {"name": "CPU of 10 x the loans over 10 x", "value": growth, "bar": 2.2},
        {"name": "rates alone, over pyxirr called loan by loan", "value": rates, "bar": 0.5},
    ]


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--loans", type=int, default=3_000_000)
    words.add_argument("--out", type=Path, default=Path("build/bench_loan_cost.json"))
    asked = words.parse_args()
    compile_wall, _ = timed(lambda: kernels(20_000))
    told: dict[str, Any] = {
        "loans": asked.loans,
        "compile_seconds": round(compile_wall, 2),
        "plan": whole_plan(asked.loans),
        "plan_tenth": whole_plan(asked.loans // 10),
        "kernels": {"tenth": kernels(asked.loans // 10), "whole": kernels(asked.loans)},
        "pyxirr": peer(20_000),
        "pyarrow": pa.__version__,
    }
    told["bars"] = bars(told, asked.loans)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
