"""Plots of distributions, drawn by matplotlib as pictures that stand in the page itself."""

import base64
import importlib.util
import io
from collections.abc import Sequence
from dataclasses import dataclass

from suyuan.domain.errors import UsageError

Points = tuple[float, ...]
COLOURS = ("#3457d5", "#d1383f")
INK = "#808893"
"""Readable on the light and the dark page alike."""


@dataclass(frozen=True, kw_only=True)
class Plot:
    """What is drawn: `series` is (label, x, y); `form` is `ccdf`, `log_bins` or `bars`; `unit` stands at the x axis.

    Labels and units are ASCII: the words of both languages stand around the picture, not in it.
    """

    name: str
    form: str
    unit: str
    series: Sequence[tuple[str, Points, Points]]


def draw(plot: Plot) -> str:
    """Return `plot` as the address of an SVG image that holds itself; the same plot gives the same bytes.

    Raises:
        UsageError: matplotlib is not installed; the message says how to get it.
    """
    if not importlib.util.find_spec("matplotlib"):
        raise UsageError("describe.no_matplotlib")
    from matplotlib import rc_context  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    with rc_context({"svg.fonttype": "none", "svg.hashsalt": plot.name, "font.size": 9}):
        figure = Figure(figsize=(4.6, 2.6), layout="constrained")
        figure.patch.set_alpha(0)
        axes = figure.add_subplot()
        axes.patch.set_alpha(0)
        for (label, x, y), colour in zip(plot.series, COLOURS, strict=False):
            if plot.form == "bars":
                axes.step(x, y, where="mid", color=colour, label=label, linewidth=1.2)
            else:
                axes.plot(x, y, color=colour, label=label, linewidth=1.2, drawstyle="default")
        if plot.form != "bars":
            axes.set_xscale("log")
        if plot.form == "ccdf":
            axes.set_yscale("log")
        axes.set_xlabel(plot.unit, color=INK)
        axes.tick_params(colors=INK, which="both", labelsize=8)
        for side in axes.spines.values():
            side.set_color(INK)
            side.set_linewidth(0.6)
        axes.spines[["top", "right"]].set_visible(False)
        if len(plot.series) > 1:
            axes.legend(frameon=False, labelcolor=INK, fontsize=8)
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None, "Type": None, "Format": None})
    return "data:image/svg+xml;base64," + base64.b64encode(written.getvalue().encode()).decode()
