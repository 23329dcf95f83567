"""Names of minorities that are written by their sound: the many ways of one name brought to one."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from suyuan.domain.yamlfile import read_yaml

_FILE = Path(__file__).parents[1] / "data" / "transcriptions.yml"


@cache
def _ways() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for line in read_yaml(_FILE):
        first, *others = line.split(" ")
        found |= {way: found.get(first, first) for way in (first, *others)}
    return found


@cache
def _any_way() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_ways(), key=lambda way: (-len(way), way))))


def one_way(name: str) -> str:
    """Return a name whose known parts are written the one way that stands for all.

    >>> one_way("阿不都拉麦麦提") == one_way("阿卜杜拉买买提")
    True
    """
    return _any_way().sub(lambda found: _ways()[found[0]], name)
