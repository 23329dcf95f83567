from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from suyuan.domain.errors import UsageError
from suyuan.ledger.store import Ledger
from suyuan.resolve.judgement import judge, judgements, merge, part

NOW = datetime(2026, 11, 22, 9)  # noqa: DTZ001


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.db") as opened:
        yield opened


def said(left: str, right: str, answer: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": "person",
        "left": left,
        "right": right,
        "answer": answer,
        "actor": "Lin",
        "why": "seen",
        "now": NOW,
        **more,
    }


def test_a_pair_is_one_pair_whichever_id_is_named_first(ledger: Ledger) -> None:
    told = judge(ledger, **said("icbc:9", "app:1", "same"))
    assert (told.left, told.right, told.answer, told.actor, told.why) == ("app:1", "icbc:9", "same", "Lin", "seen")
    judge(ledger, **said("app:1", "icbc:9", "different", actor="Wang"))
    (last,) = judgements(ledger.events())
    assert (last.answer, last.actor) == ("different", "Wang")
    assert [event.subject for event in ledger.events()] == ["person:app:1|icbc:9"] * 2


def test_one_pair_of_ids_is_judged_kind_by_kind(ledger: Ledger) -> None:
    judge(ledger, **said("a:1", "b:1", "same"))
    judge(ledger, **said("a:1", "b:1", "different", kind="account"))
    assert [(one.kind, one.answer) for one in judgements(ledger.events())] == [
        ("account", "different"),
        ("person", "same"),
    ]


def test_an_earlier_day_does_not_know_a_later_word(ledger: Ledger) -> None:
    judge(ledger, **said("a:1", "b:1", "same"))
    judge(ledger, **said("a:1", "b:1", "unsure", now=NOW + timedelta(days=1)))
    assert [one.answer for one in judgements(ledger.events(), as_of=NOW.date())] == ["same"]
    assert [one.answer for one in judgements(ledger.events())] == ["unsure"]
    assert judgements(ledger.events(), as_of=date(2026, 11, 21)) == ()


def test_the_order_follows_the_ids_and_not_the_day(ledger: Ledger) -> None:
    for left, right in (("c:1", "d:1"), ("a:1", "z:1"), ("a:1", "b:1")):
        judge(ledger, **said(left, right, "same"))
    ledger.append("lead.muted", "lead-1", {}, actor="Lin", now=NOW)
    assert [(one.left, one.right) for one in judgements(ledger.events())] == [
        ("a:1", "b:1"),
        ("a:1", "z:1"),
        ("c:1", "d:1"),
    ]


def test_a_word_against_two_numbers_is_kept_as_such(ledger: Ledger) -> None:
    judge(ledger, **said("a:1", "b:1", "same", against_numbers=True))
    judge(ledger, **said("a:1", "c:1", "same"))
    assert [one.against_numbers for one in judgements(ledger.events())] == [True, False]


@pytest.mark.parametrize(
    "wrong",
    [
        said("a:1", "b:1", "same", why="  "),
        said("a:1", "a:1", "same"),
        said("a:1", "b:1", "perhaps"),
        said("a:1", "b:1", "same", kind="loan"),
        said("a:1", "b:1", "same", actor=""),
    ],
    ids=["no reason", "one id", "no such answer", "no such kind", "nobody"],
)
def test_nonsense_is_refused_and_not_recorded(ledger: Ledger, wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as refused:
        judge(ledger, **wrong)
    assert str(refused.value)
    assert list(ledger.events()) == []


def test_to_unmerge_says_different_of_each_with_the_rest_and_same_of_those_named(ledger: Ledger) -> None:
    judge(ledger, **said("a:1", "b:1", "same"))
    told = part(
        ledger,
        kind="person",
        entity_id="p-1",
        named=["d:1", "b:1"],
        rest=["c:1", "a:1"],
        actor="Wang",
        why="cards swapped",
        now=NOW,
    )
    kept = judgements(ledger.events())
    assert {(one.left, one.right): one.answer for one in kept} == {
        ("a:1", "b:1"): "different",
        ("a:1", "d:1"): "different",
        ("b:1", "c:1"): "different",
        ("b:1", "d:1"): "same",
        ("c:1", "d:1"): "different",
    }
    assert {one.actor for one in kept} == {"Wang"}
    assert sorted(told, key=lambda one: (one.left, one.right)) == list(kept)
    assert len(list(ledger.events())) == 2


def test_to_merge_says_same_of_every_pair_with_one_word(ledger: Ledger) -> None:
    told = merge(
        ledger,
        kind="company",
        entities=("c-2", "c-1"),
        pairs=[("b:2", "a:1"), ("a:1", "c:3")],
        actor="Lin",
        why="renamed",
        now=NOW,
        against_numbers=True,
    )
    assert [(one.left, one.right, one.answer, one.against_numbers) for one in told] == [
        ("a:1", "b:2", "same", True),
        ("a:1", "c:3", "same", True),
    ]
    assert tuple(told) == judgements(ledger.events())
    assert [event.subject for event in ledger.events()] == ["c-1|c-2"]


def test_to_merge_and_to_unmerge_need_a_reason(ledger: Ledger) -> None:
    word: dict[str, Any] = {"kind": "person", "actor": "Lin", "why": "", "now": NOW}
    with pytest.raises(UsageError):
        merge(ledger, entities=("p-1", "p-2"), pairs=[("a:1", "b:1")], **word)
    with pytest.raises(UsageError):
        part(ledger, entity_id="p-1", named=["a:1"], rest=["b:1"], **word)
    assert list(ledger.events()) == []
