import base64

import pytest

from suyuan.report.plots import Plot, draw

POINTS = (1.0, 10.0, 100.0)


@pytest.mark.parametrize("form", ["ccdf", "log_bins", "bars"])
def test_a_plot_is_one_picture_with_its_words_as_text(form: str) -> None:
    plot = Plot(
        name="amount", form=form, unit="CNY", series=[("all", POINTS, (1.0, 0.5, 0.1)), ("ring", POINTS, POINTS)]
    )
    address = draw(plot)
    svg = base64.b64decode(address.removeprefix("data:image/svg+xml;base64,")).decode()
    assert "CNY" in svg
    assert "ring" in svg
    assert "<script" not in svg
    assert draw(plot) == address
