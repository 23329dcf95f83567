from suyuan.resolve.name_told import former_in, told_names


def test_a_name_is_kept_as_told_beside_its_standard_form() -> None:
    (name,) = told_names(["張三 先生"])
    assert name is not None
    assert (name.told, name.name, name.family, name.given, name.sound) == ("張三 先生", "张三", "张", "三", "ZHANG SAN")


def test_what_is_no_name_is_none_and_keeps_its_place() -> None:
    assert [name is None for name in told_names([None, "张三", "**", "\ud800"])] == [True, False, True, True]


def test_a_name_with_pinyin_inside_is_mixed_and_parted_by_unit() -> None:
    (name,) = told_names(["张YUE华"])
    assert name is not None
    assert (name.mixed, name.units) == (True, ["张", "YUE", "华"])


def test_what_stands_between_characters_is_kept() -> None:
    signs = [name.signs for name in told_names(["阿依·买买提", "阿依买买提", "张三（法人）"]) if name]
    assert signs == ["·", "", ""]


def test_a_former_name_is_read_out_of_a_name() -> None:
    told = ["张三(曾用名:李四)", "张三 原名李四", "张三（又名 李四）", "张三"]
    assert [former_in(name) for name in told] == ["李四", "李四", "李四", None]
