from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.access.pseudonym import KEY_FILE, make_key, mask_key, pseudonym, use_key
from suyuan.domain.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    token = mask_key.set(b"")
    yield Workspace(root=tmp_path)
    mask_key.reset(token)


def test_equal_ids_look_equal_and_others_do_not() -> None:
    assert pseudonym("icbc:6222005865412565805") == pseudonym("icbc:6222005865412565805")
    assert pseudonym("icbc:6222005865412565805") != pseudonym("icbc:6222005865412565806")


def test_the_institution_stays_and_its_key_goes() -> None:
    hidden = pseudonym("工商银行:6222005865412565805")
    assert hidden.startswith("工商银行:~")
    assert not any(character.isdigit() for character in hidden)


def test_a_number_before_a_colon_is_no_institution() -> None:
    assert "13900001111" not in pseudonym("13900001111:1")
    assert "13900001111" not in pseudonym("x13900001111:1")


@pytest.mark.parametrize(
    "own",
    [
        "c-3fa9c0aa13900001",
        "t-0123456789012345",
        "lead-0123456789ab",
        "3fa9c0aa13900001:1:25",
        "3fa9c0aa13900001-2:7",
        "icbc:3fa9c0aa13900001:1:25",
        "",
    ],
)
def test_ids_of_the_house_stay(own: str) -> None:
    assert pseudonym(own) == own


@given(st.text())
def test_hiding_twice_changes_nothing_more(value: str) -> None:
    assert pseudonym(pseudonym(value)) == pseudonym(value)


def test_another_workspace_has_other_stand_ins(workspace: Workspace) -> None:
    without = pseudonym("icbc:1")
    make_key(workspace)
    use_key(workspace)
    first = pseudonym("icbc:1")
    (workspace.root / KEY_FILE).unlink()
    make_key(workspace)
    use_key(workspace)
    assert len({without, first, pseudonym("icbc:1")}) == 3


def test_a_key_is_made_once(workspace: Workspace) -> None:
    make_key(workspace)
    before = (workspace.root / KEY_FILE).read_bytes()
    make_key(workspace)
    assert (workspace.root / KEY_FILE).read_bytes() == before


def test_a_workspace_without_a_key_still_hides(workspace: Workspace) -> None:
    use_key(workspace)
    assert pseudonym("icbc:1").startswith("icbc:~")
