from pathlib import Path

import pytest

from suyuan.world.frame.figures import DATA, figures


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.yml")), ids=lambda path: str(path.relative_to(DATA)))
def test_every_file_of_figures_can_be_read(path: Path) -> None:
    assert figures(*path.relative_to(DATA).with_suffix("").parts)


def test_a_file_is_read_once() -> None:
    assert figures("modus") is figures("modus")


def test_a_file_that_is_not_there_is_said() -> None:
    with pytest.raises((OSError, ValueError)):
        figures("horoscopes")
