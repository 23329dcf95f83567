"""How long 12 M rows of harvested address books take to be joined to 1 M people, on two cores.

    python benchmarks/bench_address_book.py --out FILE [--rows 12000000]

Forges Parquet files as they lie in a lake (the same every time): people of whom 97 % tell a phone, a tenth of them in
another form, 4 % sharing it with another; accounts are left out. A row bears the phone of a person (7 of 10) or a
stranger's, in one of four forms, and his name, a nickname or none. Measured, in a process of its own a size: laying the
tables as a run does (`lay`), then the steps of `suyuan.resolve.address_book` and reading how many were found (`join`).
The larger size goes with ten times the people of the smaller.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from suyuan.domain.contract import contracts
from suyuan.engine.duck import DuckEngine
from suyuan.resolve import address_book
from suyuan.work.views import entity_steps, lay_known

THREADS = 2
PEOPLE = """
SELECT '0123456789abcdef:1:' || i AS row_id, 'bank' AS source, 'bank:P' || i AS person_id,
       chr(19968 + CAST(hash(i) % 400 AS INT)) || chr(20968 + CAST(hash(i + 1) % 2000 AS INT))
         || chr(21968 + CAST(hash(i + 2) % 2000 AS INT)) AS name,
       CASE WHEN i % 100 < 3 THEN NULL WHEN i % 10 = 3 THEN '+86 ' || number ELSE number END AS phone
FROM (SELECT i, '1' || CAST(3000000000 + hash(i - (i % 25 = 7)::INT) % 7000000000 AS VARCHAR) AS number
      FROM range({people}) AS t(i)) AS drawn
"""
BOOK = """
SELECT 'fedcba9876543210:1:' || i AS row_id, 'app' AS source, 'app:C' || i AS contact_id,
       CASE WHEN i % 5 > 0 THEN 'bank:P' || who END AS owner_id,
       CASE WHEN i % 3 = 0 THEN '1' || CAST(3000000000 + hash(who) % 7000000000 AS VARCHAR) END AS owner_phone,
       'app:A' || i % 40 AS app_id,
       CASE i % 4 WHEN 0 THEN '老友' WHEN 1 THEN NULL
         ELSE chr(19968 + CAST(hash(met) % 400 AS INT)) || chr(20968 + CAST(hash(met + 1) % 2000 AS INT))
           || chr(21968 + CAST(hash(met + 2) % 2000 AS INT)) END AS contact_name,
       CASE i % 8 WHEN 0 THEN '+86' || number WHEN 1 THEN substr(number, 1, 3) || '-' || substr(number, 4, 4) || '-'
         || substr(number, 8) WHEN 2 THEN '0086 ' || number ELSE number END AS contact_phone,
       TIMESTAMP '2024-01-01' + to_seconds(CAST(i % 30000000 AS BIGINT)) AS harvested_at
FROM (SELECT i, who, met,
             '1' || CAST(3000000000 + hash(met - (met % 25 = 7)::INT) % 7000000000 AS VARCHAR) AS number
      FROM (SELECT i, hash(i // 150) % {people} AS who,
                   CASE WHEN i % 10 < 7 THEN hash(i + 5) % {people} ELSE {people} + hash(i + 9) % 100000000 END
                     ::BIGINT AS met
            FROM range({rows}) AS t(i)) AS a) AS b
"""
MEMBERS = """
SELECT 'p-' || lpad(CAST(i AS VARCHAR), 16, '0') AS entity_id, 'person' AS kind, 'person' AS table_name,
       '0123456789abcdef:1:' || i AS member_row_id, 'bank' AS source, 'P' || i AS source_key, 'bank:P' || i AS lake_id
FROM range({people}) AS t(i)
"""


def forge(folder: Path, *, rows: int) -> None:
    con = duckdb.connect()
    sizes = {"rows": rows, "people": rows // 12}
    for name, sql in (("person", PEOPLE), ("address_book", BOOK), ("entity_member", MEMBERS)):
        con.execute(f"COPY ({sql.format(**sizes)}) TO '{folder / name}.parquet' (FORMAT parquet, COMPRESSION zstd)")


def joined(folder: Path) -> dict[str, object]:
    engine = DuckEngine(threads=THREADS, temp_dir=folder / "spill")
    start, cpu = time.perf_counter(), time.process_time()
    files = {table: [folder / f"{table}.parquet"] for table in ("person", "address_book")}
    laid = lay_known(engine, lake=files, contracts=contracts(), as_of=None)
    engine.scan("entity_member", [folder / "entity_member.parquet"])
    engine.run(entity_steps(contracts(), laid=laid))
    laid_at, laid_cpu = time.perf_counter(), time.process_time()
    engine.run(address_book.plan({table: engine.columns(table) for table in files}))
    found = engine.read("address_book", columns=["contact_person_id", "owner_id"])
    return {
        "rows": found.num_rows,
        "contacts_found": found.num_rows - found["contact_person_id"].null_count,
        "owners_known": found.num_rows - found["owner_id"].null_count,
        "lay_seconds": round(laid_at - start, 2),
        "join_seconds": round(time.perf_counter() - laid_at, 2),
        "lay_cpu_seconds": round(laid_cpu - cpu, 2),
        "join_cpu_seconds": round(time.process_time() - laid_cpu, 2),
        "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def apart(rows: int, folder: Path) -> dict[str, float]:
    place = folder / str(rows)
    place.mkdir()
    forge(place, rows=rows)
    told = subprocess.run(
        [sys.executable, __file__, "--join", str(place)], check=True, capture_output=True, text=True
    ).stdout
    return dict(json.loads(told))


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--rows", type=int, default=12_000_000)
    words.add_argument("--join", type=Path, help="only join what was forged there")
    words.add_argument("--out", type=Path)
    asked = words.parse_args()
    if asked.join:
        print(json.dumps(joined(asked.join)))
        return
    with tempfile.TemporaryDirectory() as folder:
        tenth, whole = (apart(rows, Path(folder)) for rows in (asked.rows // 10, asked.rows))
    growth = round(whole["join_cpu_seconds"] / (10 * tenth["join_cpu_seconds"]), 3)
    bars = [
        {"name": "seconds to join 12 M rows of address books to 1 M people", "value": whole["join_seconds"], "bar": 60},
        {"name": "CPU of 10 x the rows over 10 x", "value": growth, "bar": 1.5},
        {"name": "GiB at most", "value": round(whole["mebibytes"] / 1024, 2), "bar": 6},
    ]
    text = json.dumps({"bars": bars, "tenth": tenth, "whole": whole}, indent=2) + "\n"
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
