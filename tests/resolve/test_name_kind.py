"""The table of names beside this file is the specification; what experts would answer, not what the code does."""

import csv
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.resolve.name_kind import KINDS, NameVerdict, compared, compared_all

CASES = Path(__file__).with_name("name_cases.csv")
NAMES = st.text(
    st.one_of(
        st.sampled_from("王李张陈欧阳司马小红明国建伟玮*·()（） XYZhangWei某先生䶮\ue863\u200b"), st.characters()
    ),
    max_size=14,
)


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def verdicts(rows: list[dict[str, str]]) -> list[NameVerdict]:
    return compared_all(
        [row["left"] for row in rows],
        [row["right"] for row in rows],
        former_left=[row["former_left"] or None for row in rows],
        former_right=[row["former_right"] or None for row in rows],
    )


def test_the_table_is_long_and_names_every_kind() -> None:
    rows = cases()
    assert len(rows) >= 330
    assert {row["wanted_kind"] for row in rows} == set(KINDS)
    assert all((row["wanted_same"] == "yes") == (row["wanted_kind"] != "different") for row in rows)


def test_at_least_97_of_100_cases_are_answered_rightly() -> None:
    rows = cases()
    wrong = [
        f"{row['left']} | {row['right']}: {verdict.kind}, wanted {row['wanted_kind']}"
        for row, verdict in zip(rows, verdicts(rows), strict=True)
        if verdict.same != (row["wanted_same"] == "yes")
    ]
    sys.stdout.write("\n".join(wrong))
    assert len(wrong) <= 0.03 * len(rows), wrong


def test_at_least_95_of_100_kinds_are_right() -> None:
    rows = cases()
    wrong = [
        f"{row['left']} | {row['right']}: {verdict.kind}, wanted {row['wanted_kind']}"
        for row, verdict in zip(rows, verdicts(rows), strict=True)
        if verdict.kind != row["wanted_kind"]
    ]
    sys.stdout.write("\n".join(wrong))
    assert len(wrong) <= 0.05 * len(rows), wrong


def test_the_table_reads_the_same_from_the_right() -> None:
    rows = cases()
    turned = [
        {
            "left": row["right"],
            "right": row["left"],
            "former_left": row["former_right"],
            "former_right": row["former_left"],
        }
        for row in rows
    ]
    assert verdicts(turned) == verdicts(rows)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=20))
def test_any_two_texts_are_compared_and_the_order_does_not_matter(pairs: list[tuple[str, str]]) -> None:
    left, right = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    assert compared_all(left, right) == compared_all(right, left)


@settings(max_examples=150, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=20))
def test_a_name_is_never_different_from_itself_unless_it_is_none(names: list[str]) -> None:
    kinds = {verdict.kind for verdict in compared_all(names, names)}
    assert kinds <= {"same", "masked", "different"}


@pytest.mark.parametrize("nothing", ["", "  ", "**", "…", "。"])
def test_a_text_without_a_letter_is_different_from_every_name(nothing: str) -> None:
    assert compared(nothing, "张伟").kind == "different"
    assert compared(nothing, nothing).kind == "different"


def test_a_former_name_told_in_the_name_itself_counts() -> None:
    assert compared("王静（曾用名：赵小燕）", "赵小燕").kind == "former"
    assert compared("王静（曾用名：赵小燕）", "王静").kind == "same"


def test_pairs_are_judged_alone_and_together_alike() -> None:
    assert compared_all(["张伟", "李娜"], ["张玮", "李婷"]) == [compared("张伟", "张玮"), compared("李娜", "李婷")]
