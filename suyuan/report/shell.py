"""What every page has: its style sheet with the digest that alone lets it in, and the words of both languages."""

import base64
import hashlib
from pathlib import Path
from typing import Literal, TypedDict

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from suyuan.domain.say import Lang
from suyuan.report import words

TEMPLATES = Path(__file__).parent / "templates"

Theme = Literal["auto", "light", "dark"]


class _Style(str):
    """The page's own style sheet, which is not escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


class Dress(TypedDict):
    """What the head of a page is filled with."""

    lang: Lang
    theme: Theme
    style: str
    style_digest: str


def dress(*, lang: Lang, theme: Theme = "auto") -> Dress:
    """Return the style sheet, its digest for the page's policy, and what the reader sees first."""
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8").strip()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {"lang": lang, "theme": theme, "style": _Style(style), "style_digest": digest}


def environment() -> Environment:
    """Return the templates, escaping all they are given, with the words every page uses."""
    made = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.globals.update(t=words.t, count=words.count, both=words.both, table_title=words.table_title)
    return made
