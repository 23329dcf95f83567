"""The command line as a whole: every command has help, an example and JSON; nothing loads that was not asked for."""

import importlib
import json
from collections.abc import Iterator

import pytest
import typer
from typer.main import get_command

from suyuan.cli.main import COMMANDS, build, main
from suyuan.domain.say import spoken


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    token = spoken.set("en")
    yield
    spoken.reset(token)


def _run(words: list[str]) -> int:
    with pytest.raises(SystemExit) as leaving:
        main(words)
    code = leaving.value.code
    assert isinstance(code, int)
    return code


def _leaves(command: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    below = getattr(command, "commands", None)
    if below is None:
        yield path, command
        return
    for name, child in below.items():
        yield from _leaves(child, (*path, name))


ALL = dict(_leaves(get_command(build(list(COMMANDS))), ()))


@pytest.mark.parametrize("path", sorted(ALL), ids=" ".join)
def test_every_command_has_help_an_example_and_json(path: tuple[str, ...]) -> None:
    command = ALL[path]
    assert getattr(command, "help", ""), "no help"
    assert "suyuan " + " ".join(path) in (getattr(command, "epilog", "") or ""), "no example in the epilog"
    options = {option for parameter in getattr(command, "params", []) for option in parameter.opts}
    assert "--json" in options


@pytest.mark.parametrize("path", sorted(ALL), ids=" ".join)
def test_every_option_says_what_it_is(path: tuple[str, ...]) -> None:
    silent = [
        parameter.name
        for parameter in getattr(ALL[path], "params", [])
        if not getattr(parameter, "help", None) and parameter.name != "help"
    ]
    assert not silent


def test_only_the_command_asked_for_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    real = importlib.import_module

    def spy(name: str, package: str | None = None) -> object:
        loaded.append(name)
        return real(name, package)

    monkeypatch.setattr("suyuan.cli.main.importlib.import_module", spy)
    assert _run(["doctor", "--json"]) in {0, 1}
    assert loaded == ["suyuan.cli.doctor"]


def test_an_unknown_command_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["conquer"]) == 2
    assert "conquer" in capsys.readouterr().err


def test_an_unknown_option_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["doctor", "--nonsense"]) == 2
    assert "--nonsense" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["conquer"], "suyuan --help"),
        (["run", "--nonsense"], "suyuan run --help"),
        (["resolve", "judge", "a", "b", "same"], "suyuan resolve judge --help"),
    ],
)
def test_a_command_that_cannot_be_read_shows_whose_help_to_ask(
    words: list[str], shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(words) == 2
    assert shown in " ".join(capsys.readouterr().err.split())


def test_the_language_stands_before_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    _run(["--lang", "zh", "doctor", "--json"])
    assert any("及以上" in check["name"] for check in json.loads(capsys.readouterr().out)["checks"])
    _run(["--lang=en", "doctor", "--json"])
    assert any("or newer" in check["name"] for check in json.loads(capsys.readouterr().out)["checks"])


def test_a_command_module_holds_an_app_or_a_function_of_its_name() -> None:
    for name, place in COMMANDS.items():
        module = importlib.import_module(place)
        assert isinstance(getattr(module, "app", None), typer.Typer) or callable(getattr(module, name, None))


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("suyuan 0.")
