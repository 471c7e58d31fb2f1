"""Two figures of pay asked for in one breath."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actions.figures_asked import asked_together
from actions.service import Outcome

Ask = Callable[..., Outcome]
TENTHS = ("percentile:10", "percentile:90")


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("what are the bottom 10 percent and top 10 percent of clerks on", TENTHS),
        ("the 90th and the 10th percentile please", TENTHS[::-1]),
        ("maximum & minimum salary", TENTHS[::-1]),
        ("lower quarter vs upper quarter wages", ("percentile:25", "percentile:75")),
        ("mean or median", ("mean", "median")),
        ("the bottom 10 percent in Iowa and the top 10 percent", ("percentile:10", "percentile:90")),
        ("mean wage of bakers in Utah; also the 75th", ("mean", "percentile:75")),
        ("average day of a baker in Utah and the best way to start", ()),
        ("typical pay and what the highest paid get", ()),
        ("top and bottom states for pay", ()),
        ("lowest and highest paying cities", ()),
        ("the best and worst employers", ()),
        ("what is the highest pay", ()),
    ],
)
def test_what_is_asked_for_together(question: str, wanted: tuple[str, ...]) -> None:
    assert asked_together(question) == wanted


def test_both_ends_stand_in_one_sentence(ask: Ask) -> None:
    found = ask("pay", occupation="pharmacy-technician", place="US-IA", said="lowest and highest pay in Iowa")
    headline = found.message[1]["headline"]
    assert "lowest-paid tenth" in headline and "highest-paid tenth" in headline and "Iowa" in headline
    assert len(found.message[1]["points"][0]["citations"]) >= 1


def test_the_second_figure_stands_below_the_first(ask: Ask) -> None:
    found = ask("pay", occupation="registered-nurse", statistic="median", said="median and top pay of nurses")
    assert "median" in found.message[1]["headline"]
    assert "highest-paid tenth" in found.message[1]["points"][0]["text"]


def test_what_is_not_published_is_not_made_up(ask: Ask) -> None:
    """An actor's pay is published by the hour alone: the ends are of that, or there are none."""
    found = ask("pay", occupation="actors", said="lowest and highest yearly pay of actors")
    assert "a year" not in found.message[1].get("headline", "")
