"""The ledger on SQLite: events are appended, never changed, and each carries the digest of the one before.

Whoever can write the file can rewrite all of it; `head` is therefore worth noting elsewhere (a report, a sealed
package), and `verify` takes such a note.
"""

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from suyuan.domain.errors import DataError, UsageError
from suyuan.ledger.event import START, Event, Json, canonical, digest_of, time_text

WAIT_SECONDS = 30.0  # writers queue on SQLite's lock; an append takes a few milliseconds

_SCHEMA = (
    """
    create table if not exists event (
      seq integer primary key,
      recorded_at text not null,
      actor text not null,
      kind text not null,
      subject text not null,
      why text not null,
      body text not null,
      before_digest text not null,
      digest text not null unique
    ) strict
    """,
    "create index if not exists event_of_kind on event (kind, subject)",
    """
    create trigger if not exists event_is_never_changed before update on event
    begin select raise(abort, 'the ledger is append-only'); end
    """,
    """
    create trigger if not exists event_is_never_removed before delete on event
    begin select raise(abort, 'the ledger is append-only'); end
    """,
)
_READY = "select count(*) = 4 from sqlite_schema where name like 'event%'"
_COLUMNS = "seq, recorded_at, actor, kind, subject, why, body, before_digest, digest"

Row = tuple[int, str, str, str, str, str, str, str, str]


@dataclass(frozen=True, kw_only=True)
class Broken:
    """The first event of a ledger that cannot be true, and why (a catalogue key)."""

    seq: int
    key: str


class Ledger:
    """An open ledger. Safe for several processes and threads, each with its own `Ledger`."""

    def __init__(self, path: Path) -> None:
        """Open the ledger at `path`, making it when there is none.

        Raises:
            DataError: The file is no ledger, or cannot be opened.
        """
        self._path = path
        try:
            self._connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
            _to_wal(self._connection)
            self._connection.execute("pragma synchronous = full")
            if not self._connection.execute(_READY).fetchone()[0]:
                with self._writing():
                    for statement in _SCHEMA:
                        self._connection.execute(statement)
        except sqlite3.Error as fault:
            raise DataError("ledger.cannot_open", file=path.name, told=str(fault)) from fault

    def __enter__(self) -> Self:
        """Return the open ledger."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the one place of a writer; what is written inside stands altogether or not at all."""
        self._connection.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._connection.execute("commit")

    def append(
        self,
        kind: str,
        subject: str,
        body: Mapping[str, Json] | None = None,
        *,
        actor: str,
        now: datetime,
        why: str = "",
    ) -> Event:
        """Write down that `actor` did `kind` to `subject` and return the event.

        Args:
            kind: Dotted word of the calling room.
            subject: What it is about.
            body: JSON values only; a float must be finite.
            actor: Who; never empty.
            now: Naive, UTC+8. Clocks of several machines differ: order is by `seq`, not by time.
            why: The reason, where there is one.

        Durable when it returns. Raises:
            UsageError: `actor` or `kind` is empty, or `now` has a zone.
            DataError: The ledger cannot be written.
        """
        if not actor.strip() or not kind.strip():
            raise UsageError("ledger.no_actor")
        if now.tzinfo is not None:
            raise UsageError("ledger.zone", now=now.isoformat())
        text, recorded_at = canonical(dict(body or {})), time_text(now)
        try:
            with self._writing():
                seq, before = self.head()
                digest = digest_of(
                    seq=seq + 1,
                    recorded_at=recorded_at,
                    actor=actor,
                    kind=kind,
                    subject=subject,
                    why=why,
                    body=text,
                    before=before,
                )
                row: Row = (seq + 1, recorded_at, actor, kind, subject, why, text, before, digest)
                self._connection.execute(f"insert into event ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        except sqlite3.Error as fault:
            raise DataError("ledger.cannot_write", file=self._path.name, told=str(fault)) from fault
        return _event(row)

    def head(self) -> tuple[int, str]:
        """Return `seq` and digest of the last event; (0, `START`) of an empty ledger."""
        row = self._connection.execute("select seq, digest from event order by seq desc limit 1").fetchone()
        return (int(row[0]), str(row[1])) if row else (0, START)

    def events(self, *, kind: str | None = None, subject: str | None = None, after: int = 0) -> Iterator[Event]:
        """Yield the events in order.

        Args:
            kind: Only this kind, or with a trailing dot every kind that begins so (`case.`).
            subject: Only about this.
            after: Only those with a greater `seq`.
        """
        tests, values = ["seq > ?"], [str(after)]
        if kind is not None:
            tests.append("substr(kind, 1, ?) = ?" if kind.endswith(".") else "kind = ?")
            values += [str(len(kind)), kind] if kind.endswith(".") else [kind]
        if subject is not None:
            tests.append("subject = ?")
            values.append(subject)
        sql = f"select {_COLUMNS} from event where {' and '.join(tests)} order by seq"
        with closing(self._connection.execute(sql, values)) as rows:
            for row in rows:
                yield _event(row)

    def verify(self, *, noted: tuple[int, str] | None = None) -> Broken | None:
        """Return the first event that breaks the chain, or None when the whole ledger holds.

        Args:
            noted: A `head` written down earlier; the ledger must still contain it. Without one, an end that was cut
                off, or a chain rewritten as a whole, looks sound.
        """
        expected, seq = START, 0
        digests: dict[int, str] = {0: START}
        with closing(self._connection.execute(f"select {_COLUMNS} from event order by seq")) as rows:
            for row in rows:
                seq += 1
                key = _fault(row, seq=seq, before=expected)
                if key:
                    return Broken(seq=seq, key=key)
                expected = row[8]
                if noted and seq == noted[0]:
                    digests[seq] = expected
        if noted and digests.get(noted[0]) != noted[1]:
            return Broken(seq=noted[0], key="ledger.broken_cut" if seq < noted[0] else "ledger.broken_note")
        return None


def _to_wal(connection: sqlite3.Connection) -> None:
    """Turn write-ahead logging on; SQLite does not wait for this lock by itself."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _event(row: Row) -> Event:
    seq, recorded_at, actor, kind, subject, why, body, before, digest = row
    return Event(
        seq=seq,
        recorded_at=datetime.fromisoformat(recorded_at).replace(tzinfo=None),
        actor=actor,
        kind=kind,
        subject=subject,
        why=why,
        body=json.loads(body),
        before=before,
        digest=digest,
    )


def _fault(row: Row, *, seq: int, before: str) -> str | None:
    """Return the key of what is wrong with `row`, the `seq`-th of the ledger, after an event of digest `before`."""
    if row[0] != seq:
        return "ledger.broken_gap"
    if row[7] != before:
        return "ledger.broken_link"
    told = digest_of(
        seq=row[0],
        recorded_at=row[1],
        actor=row[2],
        kind=row[3],
        subject=row[4],
        why=row[5],
        body=row[6],
        before=row[7],
    )
    return None if told == row[8] else "ledger.broken_digest"
