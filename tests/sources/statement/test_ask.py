"""A question names its option and reads in both languages."""

import pytest

from suyuan.domain.say import catalogue, spoken
from suyuan.sources.statement import Need


@pytest.mark.parametrize("key", sorted(key for key in catalogue() if key.startswith("statement.")))
def test_every_question_names_its_option(key: str) -> None:
    need = Need(option="--some-option", key=key)
    for lang in ("zh", "en"):
        token = spoken.set("zh" if lang == "zh" else "en")
        assert "--some-option" in str(need)
        spoken.reset(token)
