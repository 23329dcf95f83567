"""What the house says to people, in Chinese and in English.

Catalogues are `messages/<topic>.yml`; a message is `key: {en: …, zh: …}` with `str.format` fields. No user-facing
string lives anywhere else (`tests/domain/test_say.py` reads the tree and the catalogues).
"""

import os
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from suyuan.domain.yamlfile import read_yaml

Lang = Literal["zh", "en"]

MESSAGES = Path(__file__).parent / "messages"


def _lang_of_environment() -> Lang:
    for name in ("SUYUAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


spoken: ContextVar[Lang] = ContextVar("spoken", default=_lang_of_environment())  # noqa: B039 - a plain string


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return every message by key.

    Raises:
        ValueError: Two catalogues give one key, or a message lacks a language.
    """
    found: dict[str, dict[str, str]] = {}
    for path in sorted(MESSAGES.glob("*.yml")):
        for key, texts in (read_yaml(path) or {}).items():
            if key in found:
                raise ValueError(f"{path.name}: {key} is given twice")
            if set(texts) != set(get_args(Lang)):
                raise ValueError(f"{path.name}: {key} needs exactly zh and en")
            found[key] = texts
    return found


def say(key: str, /, *, lang: Lang | None = None, **values: object) -> str:
    """Return message `key` in `lang` (default: the language now spoken) with its fields filled from `values`.

    Raises:
        KeyError: No catalogue has `key`, or a field has no value.
    """
    return catalogue()[key][lang or spoken.get()].format(**values)
