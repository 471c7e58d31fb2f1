"""Charts: as an image, as text, as words; and that nobody can have others drawn."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from channels import charts
from channels.charts import Chart

KEY = charts.key_of("secret")
PAY = {
    "chart": {
        "kind": "percentiles",
        "unit": "USD/year",
        "points": [{"percentile": p, "value": v} for p, v in ((10, 37000.0), (50, 51140.0), (90, 81150.0))],
    }
}
CHART = Chart(
    "Coders earned $51,140 (median)", "USD/year", (("10th percentile", 37000.0), ("Median", 51140.0)), "Median"
)


def test_a_payload_becomes_a_chart_with_names_for_its_percentiles() -> None:
    chart = charts.of_payload(PAY, "Title")
    assert chart == Chart(
        "Title", "USD/year", (("10th percentile", 37000.0), ("Median", 51140.0), ("90th percentile", 81150.0)), "Median"
    )


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"chart": None},
        {"chart": {"points": []}},
        {"chart": {"points": [{"percentile": 50, "value": 1}]}},
        {"chart": {"points": [{"percentile": 50, "value": "1"}, {"percentile": 90, "value": None}]}},
        {"chart": {"points": [{"percentile": 50, "value": -1}, {"percentile": 90, "value": True}]}},
    ],
)
def test_what_cannot_be_drawn_is_no_chart(payload: dict[str, Any]) -> None:
    assert charts.of_payload(payload, "x") is None


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [(51140.0, "USD/year", "$51,140"), (24.59, "USD/hour", "$24.59"), (4.9, "percent", "4.9%"), (12.0, "jobs", "12")],
)  # fmt: skip
def test_figures_are_written_as_people_do(value: float, unit: str, written: str) -> None:
    assert charts.figure(value, unit) == written


def test_as_text_the_bars_have_the_right_proportions() -> None:
    chart = Chart("x", "USD/year", (("half", 50.0), ("a whole", 100.0), ("nothing", 0.0)))
    assert charts.bars(chart).splitlines() == [
        "US dollars a year",
        f"half      $50  {'█' * 12}",
        f"a whole  $100  {'█' * 24}",
        f"nothing    $0  {'█'}",
    ]


def test_in_words_every_figure_is_said() -> None:
    assert charts.describe(CHART) == "Coders earned $51,140 (median): 10th percentile $37,000, Median $51,140"


@pytest.mark.parametrize(
    "chart",
    [
        CHART,
        Chart("A title that needs several lines " * 4, "percent", tuple((f"bar {n}", n / 3) for n in range(10))),
        Chart("$x^2$ \\frac{1}{2} _{ <b>", "USD/year", (("$\\alpha$", 1.0), ("100%", 2.0))),
        Chart("zeros", "jobs", (("a", 0.0), ("b", 0.0))),
    ],
)  # fmt: skip
def test_the_image_is_a_picture_of_moderate_size(chart: Chart) -> None:
    data = charts.png(chart)
    image = Image.open(io.BytesIO(data))
    image.verify()
    assert image.format == "PNG"
    assert image.size[0] == 1200
    assert 200 < image.size[1] < 1000
    assert len(data) < 100_000


def test_the_image_shows_what_the_chart_says() -> None:
    assert charts.png(CHART) == charts.png(replace(CHART))
    assert charts.png(CHART) != charts.png(replace(CHART, points=(("10th percentile", 37000.0), ("Median", 151140.0))))


def test_an_address_brings_its_chart_back() -> None:
    address = charts.token(CHART, KEY)
    assert len(address) < 400
    assert charts.read(address, KEY) == CHART


@pytest.mark.parametrize("change", [
    lambda t: t[:-1] + ("0" if t[-1] != "0" else "1"),
    lambda t: "A" + t[1:],
    lambda t: t.split(".")[0],
    lambda t: t + "A" * 5000,
    lambda t: "",
    lambda t: "é." + t,
])  # fmt: skip
def test_nobody_can_have_something_else_drawn(change: Any) -> None:
    assert charts.read(change(charts.token(CHART, KEY)), KEY) is None
    assert charts.read(charts.token(CHART, charts.key_of("another")), KEY) is None


def test_a_chart_that_needs_too_long_an_address_says_so() -> None:
    import random

    noise = random.Random(1)
    title = "".join(chr(noise.randrange(0x4E00, 0x9FFF)) for _ in range(2000))
    with pytest.raises(ValueError, match="address"):
        charts.token(replace(CHART, title=title), KEY)
