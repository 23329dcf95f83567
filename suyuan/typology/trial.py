"""Tries a typology on its own cases."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa

from suyuan.domain.contract import Contract, contracts
from suyuan.domain.say import say
from suyuan.engine.protocol import Engine
from suyuan.engine.step import AnyStep
from suyuan.typology.case_rows import moment, table_of
from suyuan.typology.model import HEAD, Case, Cell, Typology
from suyuan.typology.signals import find_one, plain


@dataclass(frozen=True, kw_only=True)
class Derived:
    """How a run works out a table that typologies read: the tables it needs, and the steps that write it."""

    needs: tuple[str, ...]
    steps: Sequence[AnyStep]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a case went; `wrong` is empty when it went as expected."""

    typology_id: str
    case: str
    wrong: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether everything was as expected."""
        return not self.wrong


def lay(engine: Engine, typology: Typology, case: Case, *, derive: Mapping[str, Derived]) -> None:
    """Make the tables of `case` known to `engine`: the given ones, then the derived ones, the others empty."""
    known: Mapping[str, Contract] = contracts()
    worked_out = [derive[table] for table in sorted(typology.reads) if table in derive and table not in case.given]
    for table in sorted({*typology.reads, *case.given, *(need for each in worked_out for need in each.needs)}):
        engine.write(table, table_of(case.given.get(table, ()), known[table]))
    for each in worked_out:
        engine.run(each.steps)


def try_case(engine: Engine, typology: Typology, case: Case, *, derive: Mapping[str, Derived]) -> Outcome:
    """Run `typology` on the rows of `case` and compare what fires with what is expected, completely.

    Raises:
        DataError: A value of the case does not fit its column, or the typology cannot run.
    """
    lay(engine, typology, case, derive=derive)
    signals, _ = find_one(engine, typology, params=case.params)
    return Outcome(typology_id=typology.id, case=case.title, wrong=tuple(compare(case, signals)))


def compare(case: Case, signals: pa.Table) -> list[str]:
    """Return what differs between the subjects that `case` expects and `signals`, in the language now spoken."""
    found = {row["subject_id"]: _flat(row) for row in signals.to_pylist()}
    wanted = {row["subject_id"]: row for row in case.expect}
    wrong = [
        say("typology.unexpected", subject=subject, facts=_told(found[subject]))
        for subject in sorted(found.keys() - wanted.keys())
    ]
    for subject, row in wanted.items():
        if subject not in found:
            wrong.append(say("typology.not_fired", subject=subject))
            continue
        for name, value in row.items():
            given = found[str(subject)].get(name)
            if not same(value, given):
                wrong.append(say("typology.differs", subject=subject, column=name, wanted=value, given=given))
    return wrong


def _flat(row: Mapping[str, object]) -> dict[str, object]:
    facts = json.loads(str(row["facts"]))
    return {**facts, **{name: plain(row[name]) for name in HEAD}, "evidence_rows": row["evidence_rows"]}


def _told(row: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in row.items() if name != "subject_id")


def same(wanted: Cell, given: object) -> bool:
    """Return whether a signal's `given` value is the `wanted` one: numbers to 6 digits, times by their meaning."""
    if isinstance(wanted, datetime | date) or (isinstance(wanted, str) and isinstance(given, str) and "T" in given):
        return _at(wanted) == _at(given)
    if isinstance(wanted, bool) or isinstance(given, bool):
        return wanted is given
    if isinstance(wanted, int | float) and isinstance(given, int | float):
        return plain(float(wanted)) == plain(float(given))
    return wanted == given


def _at(value: object) -> datetime | str:
    text = value.isoformat() if isinstance(value, date) else str(value)
    try:
        return moment(text)
    except ValueError:
        return text
