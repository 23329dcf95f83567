"""`suyuan resolve review` and `suyuan resolve judge`: people say who is the same."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from suyuan.access.pseudonym import use_key
from suyuan.access.reveal import reveal
from suyuan.cli.clock import china_now
from suyuan.cli.edge import DONE
from suyuan.cli.entities import KINDS, Actor, EntityId, Reason, Where
from suyuan.cli.out import Json, emit
from suyuan.cli.review_draw import draw_question, draw_queue
from suyuan.domain.errors import Conflict, UsageError
from suyuan.domain.say import say
from suyuan.domain.workspace import Workspace
from suyuan.ledger.store import Ledger
from suyuan.resolve.judgement import Answer
from suyuan.work.entity_book import kind_of
from suyuan.work.judge import judge_pair
from suyuan.work.review import MOST, Question, Review

_KEYS: dict[str, Answer] = {"s": "same", "d": "different", "u": "unsure"}
_QUIT = "q"


def review(
    *,
    workspace: Where = Path(),
    limit: Annotated[int, typer.Option(min=1, max=10_000, help=say("review.limit"))] = MOST,
    unmasked: Annotated[bool, typer.Option("--reveal", help=say("entities.reveal"))] = False,
    reason: Reason = "",
    actor: Actor = "local",
    as_json: Json = False,
) -> int:
    """Ask about the pairs whose answer changes most leads; without a terminal, list them."""
    place = Workspace(root=workspace)
    use_key(place)
    teller = _Teller(place, actor=actor, reason=reason, unmasked=unmasked)
    with Review(place) as queue:
        if not as_json and sys.stdin.isatty() and sys.stdout.isatty():
            return _interview(queue, teller=teller, limit=limit)
        found = queue.asked(most=limit)
        emit(teller.shown(found.to_json(), subject=found.resolution_id), as_json=as_json, render=draw_queue)
    return DONE


def judge(
    left: EntityId,
    right: EntityId,
    answer: Annotated[str, typer.Argument(help=say("review.answer"), metavar="same|different|unsure")],
    *,
    reason: Reason,
    kind: Annotated[str | None, typer.Option(help=say("entities.which_kind"), metavar=KINDS)] = None,
    against_numbers: Annotated[bool, typer.Option("--against-numbers", help=say("entities.against_numbers"))] = False,
    workspace: Where = Path(),
    actor: Actor = "local",
    as_json: Json = False,
) -> int:
    """Record one answer."""
    place = Workspace(root=workspace)
    use_key(place)
    done = judge_pair(
        left,
        right,
        answer_of(answer),
        workspace=place,
        actor=actor,
        why=reason,
        now=china_now(),
        kind=None if kind is None else kind_of(kind),
        against_numbers=against_numbers,
    )
    emit(done.to_json(), as_json=as_json, render=_judged)
    return DONE


def answer_of(value: str) -> Answer:
    """Return the answer called `value`.

    Raises:
        UsageError: There is none.
    """
    for answer in _KEYS.values():
        if answer == value:
            return answer
    raise UsageError("review.bad_answer", value=value, known=", ".join(_KEYS.values()))


class _Teller:
    """Shows questions, masked or with a reason in clear; each look in clear goes to the ledger first."""

    def __init__(self, workspace: Workspace, *, actor: str, reason: str, unmasked: bool) -> None:
        self.workspace, self.actor = workspace, actor
        self._reason, self._unmasked = reason, unmasked

    def shown(self, payload: Any, *, subject: str) -> Any:
        """Return `payload` for `emit`."""
        if not self._unmasked:
            return payload
        with Ledger(self.workspace.ledger) as ledger:
            return reveal(payload, subject=subject, ledger=ledger, actor=self.actor, why=self._reason, now=china_now())


def _interview(queue: Review, *, teller: _Teller, limit: int) -> int:
    """Ask question after question until the queue is empty, `limit` are answered, or the person has had enough."""
    console, answered, refused = Console(), 0, set[tuple[str, str]]()
    reasons: dict[Answer, str] = {}  # what was given for the same answer is offered again
    while answered < limit:
        asked = queue.asked(most=len(refused) + 1)
        question = next((one for one in asked.questions if one.ids not in refused), None)
        if question is None:
            break
        _show(question, asked.open_questions, teller=teller, number=answered + 1)
        answer = _answer()
        if answer is None:
            break
        reasons[answer] = typer.prompt(say("review.ask_reason"), default=reasons.get(answer))
        if _record(console, question, answer, teller=teller, why=reasons[answer]):
            answered += 1
        else:
            refused.add(question.ids)
    console.print(Text(say("review.done", count=answered)))
    if answered:
        console.print(Text(say("entities.next_resolve"), style="bold"))
    return DONE


def _show(question: Question, open_questions: int, *, teller: _Teller, number: int) -> None:
    payload = {**question.to_json(), "open_questions": open_questions}
    shown = teller.shown(payload, subject="|".join(question.ids))
    emit(shown, as_json=False, render=lambda console, told: draw_question(console, told, number=number))


def _answer() -> Answer | None:
    while True:
        typed = typer.prompt(say("review.ask")).strip().lower()
        if typed[:1] == _QUIT:
            return None
        if typed[:1] in _KEYS:
            return _KEYS[typed[:1]]


def _record(console: Console, question: Question, answer: Answer, *, teller: _Teller, why: str) -> bool:
    """Record the answer; where it stands against two valid numbers, ask once more. Return whether it was recorded."""
    for against in (False, True):
        try:
            judge_pair(
                question.left.lake_id,
                question.right.lake_id,
                answer,
                workspace=teller.workspace,
                actor=teller.actor,
                why=why,
                now=china_now(),
                kind=question.pair["kind"],
                against_numbers=against,
            )
        except Conflict as conflict:
            console.print(Text(str(conflict), style="bold red"))
            if conflict.key != "entities.two_numbers" or not typer.confirm(say("review.ask_against_numbers")):
                return False
        else:
            return True
    return False


def _judged(console: Console, told: Any) -> None:
    (one,) = told["judgements"]
    answer = say(f"entities.answer.{one['answer']}")
    words = {"left_id": one["left_lake_id"], "right_id": one["right_lake_id"], "answer": answer}
    console.print(Text(say("review.judged", **words)))
    console.print(Text(told["next_step"], style="bold"))
