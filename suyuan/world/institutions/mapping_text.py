"""Writes the mapping of a layout: how `suyuan ingest` reads what the institutions of the world hand over.

`mappings/world_<layout>.yml` holds exactly this text (a test compares), so a file and its mapping never part.
"""

import re

from suyuan.domain.content import content_dir
from suyuan.domain.contract import Column, contracts
from suyuan.world.institutions.cells import DAYS, LIST, MOMENTS
from suyuan.world.institutions.houses import institutions
from suyuan.world.institutions.layouts import CURRENCY, Layout, codes, layout_of, layouts

ORIGIN = "Written from suyuan/world/data/layouts.yml by `make pages`; change it there."
_PLAIN = re.compile(r"[^\W\d]\w*")
_NOT_TEXTS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})
_SAFE = re.compile(r"[^\W\d][^#:\"]*")  # what YAML takes for a text without quotes
_WORDS = frozenset({"result", "order", "group", "table", "user", "type", "from", "to", "at", "index"})


def mapping_name(layout: Layout) -> str:
    """Return the name of the mapping of `layout`."""
    return f"world_{layout.name}"


def mapping_text(layout: Layout) -> str:
    """Return the YAML of the mapping of `layout`."""
    contract = contracts()[layout.table]
    constants = {"currency": CURRENCY} if "currency" in contract.columns else {}
    lines = [
        f"# The simulated world: {layout.file}. {ORIGIN}",
        f"mapping: {mapping_name(layout)}",
        "version: 1",
        f"title: {{en: '{contract.title.en} ({layout.name})', zh: '{contract.title.zh}（仿真·{layout.file}）'}}",
        "recognise:",
        f"  columns: [{', '.join(_listed(head) for head in layout.heads.values())}]",
        f"  file: {_quoted(f'{layout.file}*')}",
        f"source: {_source(layout)}",
        *(
            [f"constants: {{{', '.join(f'{name}: {value}' for name, value in constants.items())}}}"]
            if constants
            else []
        ),
        "tables:",
        f"  {layout.table}:",
        "    columns:",
        *(f"      {column.name}: {_bare(_formula(layout, column))}" for column in layout.columns),
    ]
    return "\n".join(lines) + "\n"


def write_mappings() -> None:
    """Write the mapping of every layout to the shipped ones; those of layouts that are gone are removed.

    Raises:
        OSError: A file cannot be written.
    """
    folder = content_dir("mappings")
    wanted = {f"{mapping_name(layout)}.yml": mapping_text(layout) for layout in layouts()}
    for path in folder.glob("world_*.yml"):
        if path.name not in wanted and ORIGIN in path.read_text(encoding="utf-8"):
            path.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


def _source(layout: Layout) -> str:
    """Return the one institution that uses `layout`, or its kind, for which `--source` stands; `world` for many."""
    users = [each for each in institutions() if _uses(layout, each.name)]
    kinds = sorted({each.kind for each in users})
    return users[0].name if len(users) == 1 else kinds[0] if len(kinds) == 1 else "world"


def _uses(layout: Layout, name: str) -> bool:
    institution = next(each for each in institutions() if each.name == name)
    return any(each.table == layout.table for each in layouts()) and layout_of(institution, layout.table) is layout


def _formula(layout: Layout, column: Column) -> str:
    head = layout.heads[column.name]
    place = head if _PLAIN.fullmatch(head) and head.lower() not in _WORDS else f'"{head}"'
    if column.values and not column.refs:
        pairs = ", ".join(f"'{code}', '{value}'" for value, code in codes(layout, column).items())
        return f"pick({place}, {pairs})"
    if column.unit == "fen" and layout.money != "fen":
        return f"fen({place})"
    return _read(layout, column.type, place)


def _read(layout: Layout, kind: str, place: str) -> str:
    match kind:
        case "boolean":
            return f"pick({place}, '{layout.truth[0]}', true, '{layout.truth[1]}', false)"
        case "date":
            return _dated("cst_day", place, day_format(layout.day), plain="%Y-%m-%d")
        case "timestamp":
            return _dated("cst", place, moment_format(layout.moment), plain="%Y-%m-%d %H:%M:%S")
        case "text[]":
            return f"list_of({place}, '{LIST}')"
    return place


def day_format(way: str) -> str:
    """Return the format (as `strptime` reads it) of days written in `way`."""
    return "".join(part + mark for part, mark in zip(("%Y", "%m", "%d"), DAYS[way], strict=True))


def moment_format(way: str) -> str:
    """Return the format (as `strptime` reads it) of times written in `way`."""
    between, before, inside = MOMENTS[way]
    return f"%Y{between}%m{between}%d{before}%H{inside}%M{inside}%S"


def _dated(word: str, place: str, form: str, *, plain: str) -> str:
    return f"{word}({place})" if form == plain else f"{word}({place}, '{form}')"


def _listed(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXTS else _quoted(text)


def _bare(text: str) -> str:
    return text if _SAFE.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


if __name__ == "__main__":
    write_mappings()
