"""Charts as SVG, drawn on the server: no script, no request, colours from the page's own classes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from markupsafe import Markup

MOST_BARS = 72


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One day's or one span's money: what goes up (in), what goes down (out)."""

    starts_on: date
    up: int
    down: int


def ring(share: float, *, tone: str) -> Markup:
    """Return a ring filled to `share` (0–1) with the score out of 100 in it; `tone` is a class of the page."""
    length = 2 * 3.14159265 * 17
    return Markup(
        '<svg class="ring" viewBox="0 0 40 40" role="img" aria-label="{label}">'
        '<circle class="track" cx="20" cy="20" r="17"/>'
        '<circle class="fill {tone}" cx="20" cy="20" r="17" stroke-dasharray="{filled:.1f} {length:.1f}"'
        ' transform="rotate(-90 20 20)"/><text x="20" y="25" text-anchor="middle">{label}</text></svg>'
    ).format(label=round(100 * share), tone=tone, filled=length * share, length=length)


def stacked(parts: Sequence[float], *, titles: Sequence[str], first: int = 0) -> Markup:
    """Return one bar of 0–1 made of `parts`, each with its title as a tooltip; the colours begin with the `first`."""
    drawn: list[Markup] = []
    at = 0.0
    for place, (part, title) in enumerate(zip(parts, titles, strict=True)):
        width = max(0.0, 100 * part - 0.6)
        drawn.append(
            Markup(
                '<rect class="s{place}" x="{x:.2f}" y="0" width="{width:.2f}" height="8" rx="1.5">'
                "<title>{title}</title></rect>"
            ).format(place=(first + place) % 5, x=100 * at, width=width, title=title)
        )
        at += part
    return Markup(
        '<svg class="stack" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track" width="100" height="8" rx="1.5"/>{drawn}</svg>'
    ).format(drawn=Markup("").join(drawn))


def binned(days: Sequence[tuple[date, int, int]]) -> list[Bar]:
    """Return `days` (day, up, down) as at most 72 bars of equal spans without gaps, first day first."""
    if not days:
        return []
    first, last = min(day for day, _, _ in days), max(day for day, _, _ in days)
    width = ceil(((last - first).days + 1) / MOST_BARS)
    count = (last - first).days // width + 1
    up, down = [0] * count, [0] * count
    for day, more, less in days:
        place = (day - first).days // width
        up[place] += more
        down[place] += less
    return [
        Bar(starts_on=first + timedelta(days=place * width), up=up[place], down=down[place]) for place in range(count)
    ]


def flows(bars: Sequence[Bar], *, label: str, unit: str) -> Markup:
    """Return bars above (in) and below (out) one line, with its largest sum and its first and last day written out.

    Args:
        bars: In order of time, at least one.
        label: Said by a screen reader.
        unit: Written before the largest sum, such as "¥".
    """
    width, middle, reach = 424.0, 74.0, 56.0
    top = max(max(bar.up, bar.down) for bar in bars) or 1
    step = width / len(bars)
    thick = max(1.5, min(18.0, step * 0.72))
    drawn: list[Markup] = []
    for place, bar in enumerate(bars):
        x = place * step + (step - thick) / 2
        for css, value in (("in", bar.up), ("out", bar.down)):
            if value:
                high = max(1.0, reach * value / top)
                y = middle - 1 - high if css == "in" else middle + 1
                drawn.append(
                    Markup(
                        '<rect class="{css}" x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="1.5">'
                        "<title>{day} · {unit}{sum}</title></rect>"
                    ).format(css=css, x=x, y=y, w=thick, h=high, day=bar.starts_on, unit=unit, sum=brief(value))
                )
    marks = sorted({0, len(bars) // 2, len(bars) - 1})
    anchor = {0: "start", len(bars) - 1: "end"}
    days = Markup("").join(
        Markup('<text x="{x:.1f}" y="146" text-anchor="{anchor}">{day}</text>').format(
            x=0 if mark == 0 else width if mark == len(bars) - 1 else (mark + 0.5) * step,
            anchor=anchor.get(mark, "middle"),
            day=bars[mark].starts_on,
        )
        for mark in marks
    )
    return Markup(
        '<svg class="flow" viewBox="0 0 424 150" role="img" aria-label="{label}">'
        '<line class="axis" x1="0" y1="{m}" x2="424" y2="{m}"/><line class="grid" x1="0" y1="{t}" x2="424" y2="{t}"/>'
        '<text class="top" x="0" y="14">{unit}{top}</text>{drawn}{days}</svg>'
    ).format(
        label=label, m=middle, t=middle - reach, unit=unit, top=brief(top), drawn=Markup("").join(drawn), days=days
    )


def brief(fen: int) -> str:
    """Return an amount of 1/100 units short enough for a chart.

    Examples:
        >>> brief(123_456), brief(9_876_543_00), brief(5_980_000_000_00)
        ('1,235', '9.88M', '5.98B')
    """
    yuan = fen / 100
    for size, letter in ((1e9, "B"), (1e6, "M")):
        if abs(yuan) >= size:
            return f"{yuan / size:.2f}{letter}"
    return f"{yuan:,.0f}"


def spark(values: Sequence[int]) -> Markup:
    """Return a small bar strip of `values` (at least one, not negative)."""
    top = max(values) or 1
    step = 100 / len(values)
    bars = Markup("").join(
        Markup('<rect x="{x:.2f}" y="{y:.2f}" width="{w:.2f}" height="{h:.2f}"/>').format(
            x=place * step, y=20 - 20 * value / top, w=max(0.4, step * 0.8), h=20 * value / top
        )
        for place, value in enumerate(values)
        if value
    )
    return Markup(
        '<svg class="spark" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">{bars}</svg>'
    ).format(bars=bars)
