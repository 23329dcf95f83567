from datetime import date, timedelta
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from suyuan.report.chart import MOST_BARS, Bar, binned, brief, flows, ring, spark, stacked

FIRST = date(2024, 1, 1)
MOVES = st.lists(
    st.tuples(
        st.integers(0, 2000).map(lambda n: FIRST + timedelta(days=n)), st.integers(0, 10**9), st.integers(0, 10**9)
    ),
    max_size=30,
)


@given(MOVES)
def test_bars_keep_every_fen_and_are_few(moves: list[tuple[date, int, int]]) -> None:
    bars = binned(moves)
    assert len(bars) <= MOST_BARS
    assert sum(bar.up for bar in bars) == sum(up for _, up, _ in moves)
    assert sum(bar.down for bar in bars) == sum(down for _, _, down in moves)
    assert [bar.starts_on for bar in bars] == sorted({bar.starts_on for bar in bars})


def test_charts_are_well_formed_and_escaped() -> None:
    bars = [Bar(starts_on=FIRST, up=100, down=0), Bar(starts_on=FIRST + timedelta(days=1), up=0, down=50)]
    for drawn in (
        ring(0.78, tone="red"),
        stacked([0.5, 0.2], titles=["<a>", "b"]),
        flows(bars, label="<money>", unit="¥"),
        spark([1, 0, 3]),
    ):
        ET.fromstring(str(drawn))


def test_a_bar_is_as_high_as_its_share_of_the_largest() -> None:
    svg = ET.fromstring(str(flows([Bar(starts_on=FIRST, up=100, down=50)], label="l", unit="")))
    heights = {rect.get("class"): float(rect.get("height", 0)) for rect in svg.iter("rect")}
    assert heights["in"] == 2 * heights["out"]


def test_amounts_are_short() -> None:
    assert [brief(fen) for fen in (0, 99, 1_000_000_00, -2_500_000_00)] == ["0", "1", "1.00M", "-2.50M"]
