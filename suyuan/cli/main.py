"""`suyuan`: one command, its verbs loaded only when they are asked for."""

import importlib
import sys
from collections.abc import Sequence
from typing import Annotated, get_args

import typer
from typer.exceptions import TyperException

from suyuan.cli.edge import DONE, USAGE, guarded
from suyuan.domain.errors import UsageError
from suyuan.domain.say import Lang, say, spoken

COMMANDS: dict[str, str] = {
    "demo": "suyuan.cli.demo",
    "init": "suyuan.cli.init",
    "ingest": "suyuan.cli.ingest",
    "resolve": "suyuan.cli.resolve",
    "entities": "suyuan.cli.entities",
    "run": "suyuan.cli.run",
    "leads": "suyuan.cli.leads",
    "lead": "suyuan.cli.lead",
    "find": "suyuan.cli.find",
    "transfers": "suyuan.cli.transfers",
    "loan": "suyuan.cli.loan",
    "contract": "suyuan.cli.contract",
    "typology": "suyuan.cli.typology",
    "world": "suyuan.cli.world",
    "evaluate": "suyuan.cli.evaluate",
    "doctor": "suyuan.cli.doctor",
}
"""Command → the module that holds it: a Typer named `app` for a group, else a function of the command's name.

Beside a function may stand `COMMAND`, the class of command to make of it.
"""


def _version(wanted: bool) -> None:
    if wanted:
        from suyuan import __version__  # noqa: PLC0415

        typer.echo(f"suyuan {__version__}")
        raise typer.Exit


def _root(
    lang: Annotated[str | None, typer.Option("--lang", help=say("cli.lang"), metavar="zh|en")] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=say("cli.version"))
    ] = False,
) -> None:
    """Hold the options that stand before a command."""


def build(names: Sequence[str]) -> typer.Typer:
    """Return the command line with the commands `names`, in the order of `COMMANDS`."""
    app = typer.Typer(
        help=say("cli.help"),
        epilog=say("cli.example"),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_root)
    for name in (name for name in COMMANDS if name in names):
        module = importlib.import_module(COMMANDS[name])
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            epilog = say(f"{name}.example")
            kind = getattr(module, "COMMAND", None)
            app.command(name, cls=kind, help=say(f"{name}.help"), epilog=epilog)(getattr(module, name))
    return app


def _take_lang(words: list[str]) -> None:
    for word, following in zip(words, [*words[1:], ""], strict=True):
        chosen = following if word == "--lang" else word.removeprefix("--lang=")
        for lang in get_args(Lang):
            if word.startswith("--lang") and chosen == lang:
                spoken.set(lang)
                return


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    Only the module of the command asked for is imported, so that `suyuan find` does not wait for the rest.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    _take_lang(words)
    asked = next((word for word in words if word in COMMANDS), None)
    sys.exit(guarded(lambda: _call(words, [asked] if asked else list(COMMANDS)), as_json="--json" in words))


def _call(words: list[str], names: Sequence[str]) -> int:
    try:
        answer = build(names)(args=words, standalone_mode=False, prog_name="suyuan")
    except typer.Exit as leave:
        return leave.exit_code
    except typer.Abort as abort:
        raise KeyboardInterrupt from abort
    except TyperException as fault:
        if not fault.format_message().strip():
            return USAGE  # a group without a command has shown its help
        context = getattr(fault, "ctx", None)
        asked = context.command_path if context else f"suyuan {' '.join(names[:1])}"
        raise UsageError("cli.usage", words=fault.format_message(), command=asked) from fault
    return answer if isinstance(answer, int) else DONE
