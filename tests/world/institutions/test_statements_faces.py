import numpy as np
import pyarrow as pa

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.institutions.statements_faces import Faces
from suyuan.world.institutions.statements_layouts import figures

CARD, BARRED, SIDES = (figures().printed["card"], figures().layouts["barred"], figures().layouts["sides"])


def _faces() -> Faces:
    world = World(options=Options(seed=1))
    person = world.add("person", name=pa.array(["欧阳明月", "张三"]), id_number="620102199001010011")
    firm = world.add("company", name=pa.array(["宏达商贸有限公司"]), credit_code="9162010000000000X1")
    holder = np.concatenate([person, firm, [-1]])
    world.add(
        "account",
        number=pa.array(["6219030000000021", "6219030000000013", "1014000000000009", "6219300000000005"]),
        bank=pa.array(["陇原银行", "河西银行", "陇原银行", "江南银行"]),
        holder_id=holder,
        holder_name=pa.array([None, None, None, "外地人"]),
    )
    return Faces(world)


def _told(cells: pa.Array) -> list[str]:
    return [each.decode() for each in cells.to_pylist()]


def test_a_holder_lends_its_account_name_and_papers() -> None:
    faces = _faces()
    assert faces.name.to_pylist() == ["欧阳明月", "张三", "宏达商贸有限公司", "外地人"]
    assert faces.id_no.to_pylist() == ["620102199001010011"] * 2 + ["9162010000000000X1", ""]


def test_names_are_told_in_full_cut_or_with_a_star() -> None:
    faces = _faces()
    assert _told(faces.told("name_told", BARRED)) == ["欧*月", "张*", "宏达商贸有限公司", "外*人", ""]
    assert _told(faces.told("name_told", SIDES)) == ["欧阳明月", "张三", "宏达商贸", "外地人", ""]


def test_numbers_with_stars_stand_behind_those_in_full() -> None:
    cells = _told(_faces().told("number_masked", CARD))
    assert cells[0] == "6219030000000021"
    assert cells[4] == cells[9] == ""
    assert cells[5] == "621903****0021"


def test_only_those_who_hand_over_have_a_place() -> None:
    assert _faces().institution.tolist() == [0, 2, 0, -1, -1]


def test_accounts_stand_in_the_order_of_their_numbers() -> None:
    assert _faces().rank.tolist() == [2, 1, 0, 3, 4]


def test_second_numbers_differ_and_are_no_cards() -> None:
    second = _faces().second.to_pylist()
    assert len(set(second)) == 4
    assert {len(each) for each in second} == {17}


def test_nobody_holds_nothing_and_firms_are_known() -> None:
    faces = _faces()
    assert faces.of_firms.tolist() == [False, False, True, False, False]
    assert faces.holder[-1] == -1
    assert len(faces.holder) == len(faces.of_firms) == faces.nobody + 1
