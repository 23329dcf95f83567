"""The shape of the tree, told by a machine so that nobody has to argue about it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "suyuan"
MODULES = sorted(PACKAGE.rglob("*.py"))
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 40
_SKIPPED = {"build", "demo", ".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
VAGUE = {"utils", "util", "common", "helpers", "helper", "core", "misc", "base", "tools"}
NOT_PORTABLE = {"fcntl", "resource", "pwd", "grp", "pty", "subprocess", "multiprocessing.shared_memory"}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _does_something(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return not all(isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) for node in function.body)


def _has_code(path: Path) -> bool:
    """Return whether a module does anything: frozen classes, protocols and data alone leave nothing to test."""
    return any(_does_something(function) for function in _functions(ast.parse(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_fits_one_sitting(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MAX_MODULE_LINES, f"{_name(path)} has {lines} lines"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_function_fits_a_glance(path: Path) -> None:
    """Count a function's lines without its docstring: words that explain are not what makes it long."""
    too_long = []
    for function in _functions(ast.parse(path.read_text(encoding="utf-8"))):
        first = function.body[0]
        docstring = (
            isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
        )
        spared = (first.end_lineno or 0) - first.lineno + 1 if docstring else 0
        length = (function.end_lineno or 0) - function.lineno + 1 - spared
        if length > MAX_FUNCTION_LINES:
            too_long.append(f"{function.name} ({length} lines)")
    assert not too_long, f"{_name(path)}: {', '.join(too_long)}"


@pytest.mark.parametrize("path", [path for path in MODULES if _has_code(path)], ids=_name)
def test_tests_mirror_the_tree(path: Path) -> None:
    inside = path.relative_to(PACKAGE)
    mirror = ROOT / "tests" / inside.parent / f"test_{inside.name}"
    assert mirror.is_file(), f"{_name(path)} has no {mirror.relative_to(ROOT)}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_name_says_what_a_module_does(path: Path) -> None:
    assert path.stem not in VAGUE


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_public_names_are_documented(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not bare, f"{_name(path)} leaves undocumented: {', '.join(bare)}"
    if _has_code(path):
        assert ast.get_docstring(tree), f"{_name(path)} does not say what it is"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_the_package_runs_on_windows_too(path: Path) -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")
    assert not imported & NOT_PORTABLE, f"{_name(path)} imports {imported & NOT_PORTABLE}"


def test_every_room_is_in_the_layers() -> None:
    """An empty room stands in brackets in `pyproject.toml`; a room with a module does not."""
    import tomllib

    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = config["tool"]["importlinter"]["contracts"][0]["layers"]
    written = {name.strip() for layer in layers for name in layer.split("|")}
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir() and (path / "__init__.py").is_file()}
    assert {name for name in written if not name.startswith("(")} == rooms


def test_the_tree_speaks_of_itself_alone() -> None:
    """No path of one machine, no registry host, no address of a workplace."""
    foreign = re.compile(
        r"(?<!\w)/(wo" + r"rk|ro" + r"ot|farm)/|py" + r"pi\.org/simple|extra-" + r"index-url|/op" + r"t/"
    )
    kinds = {".py", ".md", ".yml", ".sql", ".toml", ".txt", ".in", ".json", ".html", ".css"}
    listed = [path for path in ROOT.rglob("*") if path.is_file() and path.suffix in kinds]
    kept = [path for path in listed if not _SKIPPED & set(path.relative_to(ROOT).parts[:1])]
    guilty = [_name(path) for path in kept if foreign.search(path.read_text(encoding="utf-8", errors="replace"))]
    assert not guilty
