from pathlib import Path

import pytest

from suyuan.domain import content
from suyuan.domain.content import content_dir


@pytest.mark.parametrize("kind", ["typologies", "contracts", "mappings"])
def test_the_shipped_content_is_found(kind: content.Content) -> None:
    assert content_dir(kind).is_dir()


def test_a_wheel_carries_its_own_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "suyuan"
    (package / "content" / "contracts").mkdir(parents=True)
    monkeypatch.setattr(content, "_PACKAGE", package)
    assert content_dir("contracts") == package / "content" / "contracts"
    assert content_dir("mappings") == tmp_path / "mappings"
