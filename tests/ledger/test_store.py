import multiprocessing
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from suyuan.domain.errors import DataError, UsageError
from suyuan.ledger.event import START
from suyuan.ledger.store import Broken, Ledger

NOW = datetime.fromisoformat("2026-11-22T09:30:00.123456")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger(path) as opened:
        yield opened


def fill(ledger: Ledger, count: int, *, actor: str = "li") -> None:
    for number in range(count):
        ledger.append("case.noted", f"case-{number % 2}", {"number": number, "text": "转移"}, actor=actor, now=NOW)


def tamper(path: Path, *statements: str) -> None:
    """Change the file as somebody with a database tool would: without our triggers."""
    connection = sqlite3.connect(path)
    for name in ("event_is_never_changed", "event_is_never_removed"):
        connection.execute(f"drop trigger {name}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_an_event_comes_back_as_it_was_written(ledger: Ledger) -> None:
    written = ledger.append(
        "case.opened", "case-1", {"amount_fen": 5, "who": ["王"]}, actor="li", now=NOW, why="工作需要"
    )
    assert list(ledger.events()) == [written]
    assert (written.seq, written.before, written.recorded_at) == (1, START, NOW)


def test_an_empty_ledger_holds_and_begins_at_nothing(ledger: Ledger) -> None:
    assert ledger.head() == (0, START)
    assert ledger.verify() is None


def test_events_are_found_by_kind_family_subject_and_place(ledger: Ledger) -> None:
    for kind in ("case.opened", "case.closed", "casework", "mute"):
        ledger.append(kind, "a", actor="li", now=NOW)
    ledger.append("case.opened", "b", actor="li", now=NOW)
    assert [event.kind for event in ledger.events(kind="case.")] == ["case.opened", "case.closed", "case.opened"]
    assert [event.seq for event in ledger.events(kind="case.opened")] == [1, 5]
    assert [event.seq for event in ledger.events(subject="a", after=2)] == [3, 4]


def test_an_event_needs_an_actor_and_a_kind(ledger: Ledger) -> None:
    with pytest.raises(UsageError):
        ledger.append("case.opened", "a", actor=" ", now=NOW)
    with pytest.raises(UsageError):
        ledger.append("", "a", actor="li", now=NOW)


def test_a_time_with_a_zone_is_refused(ledger: Ledger) -> None:
    with pytest.raises(UsageError):
        ledger.append("case.opened", "a", actor="li", now=datetime(2026, 1, 1, tzinfo=UTC))


def test_what_has_no_json_form_leaves_no_event(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="JSON"):
        ledger.append("case.opened", "a", {"score": float("inf")}, actor="li", now=NOW)
    assert ledger.head() == (0, START)


def test_the_database_itself_refuses_to_change_or_remove_an_event(ledger: Ledger, path: Path) -> None:
    fill(ledger, 2)
    connection = sqlite3.connect(path)
    for statement in ("update event set actor = 'wang'", "delete from event"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)
    connection.close()
    assert ledger.verify() is None


@pytest.mark.parametrize(
    ("statement", "seq", "key"),
    [
        ("update event set body = '{}' where seq = 2", 2, "ledger.broken_digest"),
        ("update event set actor = 'wang' where seq = 4", 4, "ledger.broken_digest"),
        ("update event set recorded_at = '2020-01-01T00:00:00.000000+08:00' where seq = 1", 1, "ledger.broken_digest"),
        ("update event set digest = 'x' where seq = 3", 3, "ledger.broken_digest"),
        ("update event set before_digest = 'x' where seq = 3", 3, "ledger.broken_link"),
        ("delete from event where seq = 3", 3, "ledger.broken_gap"),
        ("delete from event where seq = 1", 1, "ledger.broken_gap"),
        ("update event set seq = 9 where seq = 5", 5, "ledger.broken_gap"),
    ],
)
def test_tampering_is_found_at_the_first_event_it_touches(path: Path, statement: str, seq: int, key: str) -> None:
    with Ledger(path) as ledger:
        fill(ledger, 5)
    tamper(path, statement)
    with Ledger(path) as ledger:
        assert ledger.verify() == Broken(seq=seq, key=key)


def test_an_end_that_was_cut_off_is_found_by_a_noted_head(path: Path) -> None:
    with Ledger(path) as ledger:
        fill(ledger, 5)
        noted = ledger.head()
    tamper(path, "delete from event where seq > 3")
    with Ledger(path) as ledger:
        assert ledger.verify() is None
        assert ledger.verify(noted=noted) == Broken(seq=5, key="ledger.broken_cut")
        fill(ledger, 4, actor="wang")
        assert ledger.verify(noted=noted) == Broken(seq=5, key="ledger.broken_note")


def test_a_noted_head_stays_true_while_the_ledger_grows(ledger: Ledger) -> None:
    noted = ledger.head()
    fill(ledger, 3)
    assert ledger.verify(noted=noted) is None
    assert ledger.verify(noted=ledger.head()) is None


def write_many(path: Path, actor: str, count: int) -> None:
    with Ledger(path) as ledger:
        fill(ledger, count, actor=actor)


def test_threads_write_one_chain(path: Path) -> None:
    threads = [threading.Thread(target=write_many, args=(path, f"t{number}", 25)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Ledger(path) as ledger:
        assert ledger.head()[0] == 100
        assert ledger.verify() is None


def test_processes_write_one_chain(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=write_many, args=(path, f"p{number}", 40)) for number in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    with Ledger(path) as ledger:
        assert ledger.head()[0] == 80
        assert ledger.verify() is None


def die_while_writing(path: Path) -> None:
    """Be killed after the row is written and before it is committed."""
    import os
    import signal

    ledger = Ledger(path)
    with ledger._writing():
        ledger._connection.execute(
            "insert into event values (2, 't', 'a', 'k', 's', '', '{}', 'not the one before', 'half')"
        )
        os.kill(os.getpid(), signal.SIGTERM)


def test_a_writer_killed_in_between_leaves_no_half_event(path: Path) -> None:
    with Ledger(path) as ledger:
        fill(ledger, 1)
        before = ledger.head()
    process = multiprocessing.get_context("spawn").Process(target=die_while_writing, args=(path,))
    process.start()
    process.join()
    assert process.exitcode != 0
    with Ledger(path) as ledger:
        assert ledger.head() == before
        fill(ledger, 1)
        assert ledger.verify() is None


def test_a_file_that_is_no_ledger_is_refused(path: Path) -> None:
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(DataError, match=r"ledger\.db"):
        Ledger(path)
