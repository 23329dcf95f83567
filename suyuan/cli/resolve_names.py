"""`suyuan resolve names`: two names, or a table of pairs, compared."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from suyuan.cli.edge import DONE, FINDINGS
from suyuan.cli.out import Json, emit
from suyuan.domain.errors import UsageError
from suyuan.domain.say import say
from suyuan.work.resolve_names import BAR, compare_table, compare_two

_MOST_SHOWN = 1_000
_KIND = {
    "same": "names.kind.same",
    "masked": "names.kind.masked",
    "homophone": "names.kind.homophone",
    "similar_shape": "names.kind.similar_shape",
    "swapped": "names.kind.swapped",
    "married": "names.kind.married",
    "one_missing": "names.kind.one_missing",
    "transliterated": "names.kind.transliterated",
    "truncated": "names.kind.truncated",
    "romanised": "names.kind.romanised",
    "former": "names.kind.former",
    "different": "names.kind.different",
}


def names(
    *,
    left: Annotated[str | None, typer.Argument(help=say("names.left"))] = None,
    right: Annotated[str | None, typer.Argument(help=say("names.right"))] = None,
    former_left: Annotated[str | None, typer.Option("--former-left", help=say("names.former_left"))] = None,
    former_right: Annotated[str | None, typer.Option("--former-right", help=say("names.former_right"))] = None,
    file: Annotated[Path | None, typer.Option("--file", help=say("names.file"))] = None,
    as_json: Json = False,
) -> int:
    """Compare two names, or the pairs of a table.

    Raises:
        UsageError: Neither two names nor a file were given, or both.
    """
    if (file is None) == (left is None or right is None) or (file is not None and left is not None):
        raise UsageError("names.two_or_file")
    if file is not None:
        table = compare_table(file)
        emit(table.to_json(), as_json=as_json, render=_render_table)
        return FINDINGS if table.share is not None and table.share < BAR else DONE
    verdict = compare_two(left or "", right or "", former_left=former_left, former_right=former_right)
    told = {"left": left, "right": right, "kind": verdict.kind, "same": verdict.same}
    emit(told, as_json=as_json, render=lambda console, masked: console.print(_line(masked)))
    return DONE


def _line(told: Any) -> Text:
    same = say("names.may_be") if told["same"] else say("names.may_not")
    return Text(say("names.verdict", left=told["left"], right=told["right"], kind=say(_KIND[told["kind"]]), same=same))


def _render_table(console: Console, told: Any) -> None:
    """Print the misses and their share; of a table that wants nothing, every verdict."""
    shown = told["misses"] if told["asked"] else told["pairs"]
    for pair in shown[:_MOST_SHOWN]:
        console.print(_missed(pair) if told["asked"] else _line(pair))
    if len(shown) > _MOST_SHOWN:
        console.print(Text(say("names.more", count=len(shown) - _MOST_SHOWN)))
    if told["share"] is None:
        return
    share = f"{100 * told['share']:.1f} %"
    console.print(Text(say("names.share", right=told["answered_rightly"], asked=told["asked"], share=share)))
    if told["share"] < told["bar"]:
        console.print(Text(say("names.below", bar=f"{100 * told['bar']:.0f} %")))


def _missed(pair: Any) -> Text:
    wanted = say(_KIND[pair["wanted"]]) if pair["wanted"] in _KIND else pair["wanted"]
    kind = say(_KIND[pair["kind"]])
    return Text(say("names.miss", row=pair["row"], left=pair["left"], right=pair["right"], kind=kind, wanted=wanted))
