import pyarrow as pa
import pytest

from suyuan.resolve.standard.hanzi import han, readings, simplified, sounds, spelt, toneless
from suyuan.resolve.standard.runes import runes


@pytest.mark.parametrize(("given", "wanted"), ["張张", "鄧邓", "葉叶", "峯峰", "昇升", "锺钟", "王王", "A" * 2])
def test_traditional_and_variant_characters_become_simplified(given: str, wanted: str) -> None:
    assert chr(simplified()[ord(given)]) == wanted


def test_no_character_is_simplified_twice() -> None:
    table = simplified()
    codes = [code for code in range(0x4E00, 0xA000) if table[table[code]] != table[code]]
    assert "".join(map(chr, codes)) == ""


def test_readings_begin_with_the_usual_one_and_have_no_tone() -> None:
    assert readings("乐")[0] == "LE"
    assert "YUE" in readings("乐")
    assert readings("吕") == ("LV",)
    assert readings("A") == ()
    assert toneless("nǚ") == "NV"


def test_syllables_are_parted_and_unknown_characters_are_mute() -> None:
    each = runes(pa.array(["王伟", "王*", "王\U0002fa1d", ""]))
    assert spelt(each, sounds()[0][each.codes]).to_pylist() == ["WANG WEI", "WANG *", "", ""]


def test_chinese_characters_are_known_from_others() -> None:
    assert [bool(han()[ord(each)]) for each in "张䶮A1·あ"] == [True, True, False, False, False, False]
