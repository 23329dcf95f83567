"""What a world looks like as one HTML file: plots of its distributions, and whether one row gives a ring away."""

from collections.abc import Mapping, Sequence
from typing import Any

from suyuan.domain.say import Lang, say
from suyuan.report.plots import Plot, draw
from suyuan.report.shell import dress, environment

TITLES = {
    "degree": "describe.plot_degree",
    "amount_tail": "describe.plot_amount_tail",
    "amount": "describe.plot_amount",
    "gap": "describe.plot_gap",
    "hour": "describe.plot_hour",
    "weekday": "describe.plot_weekday",
    "day": "describe.plot_day",
    "balance": "describe.plot_balance",
    "loan": "describe.plot_loan",
    "call_hour": "describe.plot_call_hour",
}
ASCII_UNITS = {
    "describe.partners": "partners",
    "describe.yuan": "CNY",
    "describe.seconds": "s",
    "describe.hour": "h",
    "describe.weekday": "Mon=0 ... Sun=6",
    "describe.day": "day",
}


def describe_page(told: Mapping[str, Any], *, pictures: Sequence[Mapping[str, Any]], lang: Lang) -> str:
    """Return the page. `told` is the JSON of `suyuan world describe`; `pictures` the distributions with their points.

    Raises:
        UsageError: matplotlib is not installed.
    """
    drawn = [
        {
            **each,
            "title": TITLES[each["name"]],
            "image": draw(
                Plot(name=each["name"], form=each["form"], unit=ASCII_UNITS[each["unit"]], series=each["series"])
            ),
        }
        for each in pictures
    ]
    return (
        environment()
        .get_template("describe.html")
        .render(
            told=told,
            pictures=drawn,
            **dress(lang=lang),
            plain_title=say("describe.title", lang=lang, seed=told["seed"], scale=told["scale"]),
        )
    )
