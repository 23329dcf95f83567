from datetime import date
from pathlib import Path

import pytest

from suyuan.domain.yamlfile import MAX_BYTES, read_yaml


def write(folder: Path, text: str) -> Path:
    path = folder / "file.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_people_write_is_read(tmp_path: Path) -> None:
    assert read_yaml(write(tmp_path, "a: [1, 1.5, 是, true]\nb: {c: ~}")) == {
        "a": [1, 1.5, "是", True],
        "b": {"c": None},
    }


def test_a_date_is_a_date(tmp_path: Path) -> None:
    assert read_yaml(write(tmp_path, "signed_on: 2018-09-01")) == {"signed_on": date(2018, 9, 1)}


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    assert read_yaml(write(tmp_path, "")) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: 1\nb: 2\na: 3", "line 3: duplicate key 'a'"),
        ("x: {a: 1, a: 2}", "line 1: duplicate key 'a'"),
        ("a: [1, 2", "line 2: did not find"),
        ("a: 1\n\tb: 2", "line 2"),
        ("a: !!python/object/apply:os.getcwd []", "could not determine a constructor"),
        ("a: &x [*x]\nb: *y", "undefined alias"),
    ],
)
def test_what_cannot_be_trusted_is_refused_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words.replace("(", r"\(")):
        read_yaml(write(tmp_path, text))


def test_a_key_that_is_no_word_may_be_a_number_but_not_a_list(tmp_path: Path) -> None:
    assert read_yaml(write(tmp_path, "1: a\n2: b")) == {1: "a", 2: "b"}
    with pytest.raises(ValueError, match="line 2: a key must be one word"):
        read_yaml(write(tmp_path, "x: 1\n[a, b]: c"))


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.yml"
    path.write_bytes("a: 中文".encode("gb18030"))
    with pytest.raises(ValueError, match="utf-8"):
        read_yaml(path)


def test_a_file_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="over"):
        read_yaml(write(tmp_path, "a" * (MAX_BYTES + 1)))


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"file\.yml"):
        read_yaml(tmp_path / "file.yml")


def test_aliases_do_not_blow_up_the_memory(tmp_path: Path) -> None:
    """A billion laughs: aliases are shared, not copied."""
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    assert len(read_yaml(write(tmp_path, "\n".join(lines)))) == 40
