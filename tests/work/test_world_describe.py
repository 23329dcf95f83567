"""A world is described from its folder alone."""

import json
from pathlib import Path

import pytest

from suyuan import __version__
from suyuan.domain.errors import Conflict, NotFound
from suyuan.work.world_describe import built_with, world_describe


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that tells how its world was built, without its sources: none are read."""
    options = {"seed": 4, "scale": 0.005, "rings": ["lanzhou"], "hidden": 0.5, "evasion": 1, "months": 6}
    (tmp_path / "truth").mkdir()
    told = {"version": __version__, "options": options}
    (tmp_path / "truth" / "world.json").write_text(json.dumps(told), encoding="utf-8")
    return tmp_path


def test_it_tells_rows_rings_and_how_well_they_are_told_apart_and_draws_a_page(folder: Path) -> None:
    page = folder / "world.html"
    told = world_describe(folder=folder, html=page)
    payload = json.loads(json.dumps(told.to_json()))
    assert payload["rings"] == {"lanzhou": 1}
    assert payload["rows"]["transfer"] > 1_000
    assert {one["table"] for one in payload["telling"]} >= {"transfer", "call", "login", "account"}
    assert payload["tails"]["amount_tail"] > 0
    assert page.read_text(encoding="utf-8").count("data:image/svg+xml") == len(told.pictures) > 8


def test_a_folder_without_a_world_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as missing:
        built_with(tmp_path)
    assert missing.value.key == "describe.no_world"


def test_a_world_of_another_version_is_not_described(folder: Path) -> None:
    told = json.loads((folder / "truth" / "world.json").read_text(encoding="utf-8"))
    (folder / "truth" / "world.json").write_text(json.dumps({**told, "version": "0.0.0"}), encoding="utf-8")
    with pytest.raises(Conflict) as other:
        built_with(folder)
    assert other.value.key == "describe.other_version"
