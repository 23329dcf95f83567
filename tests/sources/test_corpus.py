"""Every broken file comes out as grids or as refusals, with nothing lost in silence, quickly and in little memory."""

import time
import tracemalloc
from pathlib import Path

import pytest

from suyuan.domain.say import say
from suyuan.sources.grid import Grid, Refused
from tests.sources.conftest import Opener
from tests.sources.corpus import CORPUS, GRID, Broken

MOST_SECONDS = 20
MOST_BYTES = 512 * 1024 * 1024


def test_the_corpus_is_large_and_names_are_its_own() -> None:
    assert len(CORPUS) >= 50
    assert len({entry.name for entry in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize("entry", CORPUS, ids=lambda entry: entry.name)
def test_a_broken_file_is_read_or_refused_with_its_reason(entry: Broken, opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / entry.name
    entry.build(path)
    tracemalloc.start()
    started = time.process_time()
    found = opener.all(path)
    seen = _seen(opener, found, path)
    spent, (_, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seen & set(entry.expect), seen
    assert seen - {GRID} <= set(entry.expect) | {"read.external_links"}, seen
    if "billion" not in entry.name and "entity" not in entry.name:  # two good ends: refused, or the entity left out
        assert set(entry.expect) <= seen
    assert spent < MOST_SECONDS
    assert peak < MOST_BYTES


def _seen(opener: Opener, found: list[Grid | Refused], path: Path) -> set[str]:
    """What came out: `grid`, notes and refusals. Every grid reads to its end and every message can be said."""
    seen: set[str] = set()
    for one in found:
        assert one.file.startswith(str(path))
        if isinstance(one, Refused):
            for lang in ("zh", "en"):
                assert one.file in say(one.key, lang=lang, **one.values)
            seen.add(one.key)
            continue
        seen |= {GRID, *one.notes}
        for note in one.notes:
            assert say(note)
        rows = opener.rows(one)
        assert len(rows) == one.n_rows
        assert all(len(row) == one.n_cols for row in rows)
    assert found
    return seen


def test_no_member_of_an_archive_leaves_staging(opener: Opener, tmp_path: Path) -> None:
    before = {path for path in tmp_path.parent.rglob("*") if opener.staging not in path.parents}
    entry = next(entry for entry in CORPUS if entry.name == "names_that_climb.zip")
    path = tmp_path / entry.name
    entry.build(path)
    opener.all(path)
    after = {path for path in tmp_path.parent.rglob("*") if opener.staging not in path.parents}
    assert after - before == {path}
