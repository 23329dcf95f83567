import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import pytest

from suyuan.cli.main import COMMANDS
from suyuan.domain import say as module
from suyuan.domain.say import MESSAGES, catalogue, say, spoken
from suyuan.domain.yamlfile import read_yaml

PACKAGE = Path(module.__file__).parents[1]
SPEAKERS = {"say", "DataError", "UsageError", "NotFound", "Conflict", "Why", "Refused", "Fault"}
ADDED_LATER = {"read": {"file"}}  # `suyuan/sources/open.py` names the file of every refusal
KEY_PLACE = {"Fault": 2}  # which argument is the key, where it is not the first


@dataclass(frozen=True)
class Call:
    """A call that names a message, and the fields it fills (None when it fills them by `**`)."""

    where: str
    key: str
    fields: frozenset[str] | None


def fields(text: str) -> set[str]:
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(text) if name is not None}


def trees() -> Iterator[tuple[Path, ast.AST]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def templates() -> Iterator[str]:
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".jinja", ".j2", ".html", ".js"} and path.stat().st_size < 400_000:
            yield path.read_text(encoding="utf-8")


def calls() -> Iterator[Call]:
    for path, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name not in SPEAKERS:
                continue
            place = KEY_PLACE.get(name, 0)
            given = node.args[place] if len(node.args) > place else None
            given = next((word.value for word in node.keywords if word.arg == "key"), given)
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                yield Call(f"{path.name}:{node.lineno}", given.value, filled(name, node))


def filled(name: str, node: ast.Call) -> frozenset[str] | None:
    """Return the fields a direct call fills; None where they come in a mapping."""
    if name in {"Why", "Refused", "Fault"} or any(word.arg is None for word in node.keywords):
        return None
    return frozenset(word.arg for word in node.keywords if word.arg) - {"lang"}


def literals() -> set[str]:
    found = set()
    for _, tree in trees():
        found |= {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return found


def composed() -> re.Pattern[str]:
    """Return a pattern of the keys that f-strings given to a speaker can make."""
    parts = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.JoinedStr)):
                continue
            pieces = [
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_.]+"
                for part in node.args[0].values
            ]
            literal = "".join(str(part.value) for part in node.args[0].values if isinstance(part, ast.Constant))
            if re.fullmatch(r"[a-z0-9_.]{4,}", literal):
                parts.add("".join(pieces))
    return re.compile("|".join(sorted(parts)) or "(?!)")


def test_every_message_speaks_both_languages() -> None:
    assert [key for key, texts in catalogue().items() if not all(texts[lang].strip() for lang in ("zh", "en"))] == []


def test_a_message_has_the_same_fields_in_both_languages() -> None:
    assert [key for key, texts in catalogue().items() if fields(texts["en"]) != fields(texts["zh"])] == []


def test_chinese_messages_hold_chinese() -> None:
    """A message of fields, punctuation or a command alone reads the same in both languages."""
    wordless = re.compile(r"[^A-Za-z\u4e00-\u9fff]*")
    left = [
        key
        for key, texts in catalogue().items()
        if texts["zh"] != texts["en"]
        and not re.search("[\u4e00-\u9fff]", texts["zh"])
        and not wordless.fullmatch(re.sub(r"{[^}]*}", "", texts["zh"]))
    ]
    assert left == []


def test_a_key_begins_with_the_name_of_its_catalogue() -> None:
    stray = [
        f"{path.name}: {key}"
        for path in MESSAGES.glob("*.yml")
        for key in read_yaml(path) or {}
        if key.partition(".")[0] != path.stem
    ]
    assert stray == []


def test_every_key_that_is_used_exists() -> None:
    missing = [f"{call.where}: {call.key}" for call in calls() if call.key not in catalogue()]
    assert missing == []


def test_every_key_that_a_template_asks_for_exists() -> None:
    asked = {key for text in templates() for key in re.findall(r"""\b(?:t|say)\(["']([a-z0-9_.]+)["']""", text)}
    assert sorted(asked - set(catalogue())) == []


def test_every_field_of_a_message_is_filled_where_it_is_used() -> None:
    short = [
        f"{call.where}: {call.key} lacks {', '.join(sorted(lacking))}"
        for call in calls()
        if call.fields is not None
        and call.key in catalogue()
        and (
            lacking := fields(catalogue()[call.key]["en"])
            - call.fields
            - ADDED_LATER.get(call.key.split(".")[0], set())
        )
    ]
    assert short == []


def test_every_key_is_used() -> None:
    used = literals() | {f"{command}.{part}" for command in COMMANDS for part in ("help", "example")}
    pages = "\n".join(templates())
    made = composed()
    unused = [
        key
        for key in catalogue()
        if key not in used and not made.fullmatch(key) and f"'{key}'" not in pages and f'"{key}"' not in pages
    ]
    assert unused == []


def test_the_language_of_the_moment_is_spoken() -> None:
    token = spoken.set("zh")
    try:
        assert say("ledger.broken_gap") == catalogue()["ledger.broken_gap"]["zh"]
        assert say("ledger.broken_gap", lang="en") == catalogue()["ledger.broken_gap"]["en"]
    finally:
        spoken.reset(token)


def test_an_unknown_key_is_a_bug_and_not_an_empty_line() -> None:
    with pytest.raises(KeyError):
        say("no.such.key")


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({"SUYUAN_LANG": "zh"}, "zh"),
        ({"SUYUAN_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_environment_chooses_the_language(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], lang: str
) -> None:
    for name in ("SUYUAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert module._lang_of_environment() == lang


def test_a_catalogue_that_lacks_a_language_or_repeats_a_key_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MESSAGES", tmp_path)
    (tmp_path / "a.yml").write_text("a.x: {en: x}", encoding="utf-8")
    with pytest.raises(ValueError, match="needs exactly zh and en"):
        catalogue.__wrapped__()
    (tmp_path / "a.yml").write_text("a.x: {en: x, zh: 甲}", encoding="utf-8")
    (tmp_path / "b.yml").write_text("a.x: {en: x, zh: 甲}", encoding="utf-8")
    with pytest.raises(ValueError, match="given twice"):
        catalogue.__wrapped__()
