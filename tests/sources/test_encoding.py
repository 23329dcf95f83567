import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.domain.errors import DataError
from suyuan.sources import encoding
from suyuan.sources.encoding import decode, line_text, mark_of, sniff, utf16_without_mark

TEXT = "交易日期,金额,对方户名\n2023-05-02,16.78,张三\n"
WRITTEN = [
    ("utf-8", "utf-8", b""),
    ("utf-8", "utf-8", b"\xef\xbb\xbf"),
    ("gb18030", "gb18030", b""),
    ("utf-16-le", "utf-16-le", b"\xff\xfe"),
    ("utf-16-be", "utf-16-be", b"\xfe\xff"),
    ("utf-16-le", "utf-16-le", b""),
    ("utf-16-be", "utf-16-be", b""),
]


@pytest.mark.parametrize(("written", "told", "mark"), WRITTEN)
def test_each_encoding_is_recognised_with_and_without_its_mark(written: str, told: str, mark: bytes) -> None:
    data = mark + TEXT.encode(written)
    assert sniff(data) == told
    assert decode(data).text == TEXT
    assert decode(data).encoding == told
    assert not decode(data).notes


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40), st.sampled_from(WRITTEN))
def test_any_text_after_a_header_comes_back(words: str, written: tuple[str, str, bytes]) -> None:
    encoding, _, mark = written
    text = TEXT * 3 + words + "\n"
    assert decode(mark + text.encode(encoding)).text == text


def test_a_character_cut_in_two_stands_as_a_replacement_and_is_noted() -> None:
    rows = b"".join("2023-05-02,张三,转账\n".encode("gb18030") for _ in range(100))
    cut = b"2023-05-02," + "张三".encode("gb18030")[:-1] + b",1\n"
    found = decode(rows + cut)
    assert found.notes == ("read.undecodable",)
    assert found.text.splitlines()[-1] == "2023-05-02,张\ufffd,1"


def test_two_encodings_in_one_file_are_told_line_by_line() -> None:
    found = decode("张三,1\n".encode() * 3 + "李四,2\n".encode("gb18030"))
    assert found.text == "张三,1\n" * 3 + "李四,2\n"
    assert found.notes == ("read.mixed_encoding",)


def test_a_text_in_no_known_encoding_is_refused() -> None:
    with pytest.raises(DataError) as fault:
        decode(b"caf\xe9\xff,1\n" * 100)
    assert (fault.value.key, fault.value.values) == ("read.unknown_encoding", {"lines": 100, "of": 101})


def test_zeros_in_a_text_are_removed_and_noted_and_make_no_utf16() -> None:
    data = b"a\0b,1\0\0\0\0\n" * 20
    assert utf16_without_mark(data) is None
    assert decode(data).text == "ab,1\n" * 20
    assert decode(data).notes == ("read.nul_removed",)


def test_lone_surrogates_in_utf16_become_replacements() -> None:
    found = decode(b"\xff\xfe" + "a,b\n".encode("utf-16-le") + b"\x00\xd8" + ",c\n".encode("utf-16-le"))
    assert found.notes == ("read.undecodable",)
    assert "\ufffd" in found.text


def test_a_sample_may_end_in_the_middle_of_a_character() -> None:
    assert sniff("张三".encode()[:-1]) == "utf-8"
    assert sniff("张三".encode("gb18030")[:-1]) == "gb18030"


def test_a_line_says_what_it_was() -> None:
    assert line_text("张".encode("gb18030")) == ("张", "gb18030")
    assert line_text(b"\xff,1")[1] == "?"


def test_a_mark_names_its_encoding() -> None:
    assert mark_of(b"\xef\xbb\xbfa") == ("utf-8", 3)
    assert mark_of(b"a") == (None, 0)


def test_words_of_gb18030_that_look_like_damaged_utf8_are_read() -> None:
    body = "办理渠道,客户\n" + "电话,P1\n柜面,P2\n柜面,P3\n" * 20
    told = decode(body.encode("gb18030"))
    assert (told.text, told.encoding, told.notes) == (body, "gb18030", ())


@given(
    st.lists(
        st.lists(st.sampled_from(["电话", "中国银行", "镕鎔鏌", "é", "a,b", "\U00020000"]), max_size=4), max_size=5
    )
)
def test_lines_of_gb18030_are_counted_as_line_by_line(lines: list[list[str]]) -> None:
    data = "\n".join("".join(line) for line in lines).encode("gb18030")
    one_by_one = [line_text(line)[1] for line in data.split(b"\n") if not line.isascii()]
    tally = encoding._counts(data)
    assert [tally.utf8, tally.gb18030, tally.bad] == [one_by_one.count(each) for each in ("utf-8", "gb18030", "?")]
