"""What stands beside a figure of pay."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actions.service import Outcome

Ask = Callable[..., Outcome]
ASSISTANT = "medical-assistant"


def points(outcome: Outcome) -> list[str]:
    return [point["text"] for point in outcome.message[1]["points"]]


def test_a_place_and_an_employer_get_a_figure_each(ask: Ask) -> None:
    found = ask(
        "pay", occupation=ASSISTANT, place="M19100", employer_type="hospitals", said="MA pay in a Dallas hospital"
    )
    assert "in hospitals" in found.message[1]["headline"]
    assert any("Dallas" in point and "all employers together" in point for point in points(found))


def test_a_rural_question_names_every_rural_area_of_the_state(ask: Ask) -> None:
    found = ask("pay", occupation=ASSISTANT, place="M2300001", said="pay in rural Maine")
    assert "Maine nonmetropolitan area" in found.message[1]["headline"]
    assert any("Maine nonmetropolitan area" in point for point in points(found))
    one = ask("pay", occupation=ASSISTANT, place="M2300001", said="pay there")
    assert not any("Maine nonmetropolitan area, it was" in point for point in points(one))


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("is 20k low", "is below the 10th percentile"),
        ("is $300,000 good", "is not below the 90th percentile"),
        ("is 46k good", "lies between the median"),
        ("is 9 bucks an hour low", "is below the 10th percentile"),
    ],
)
def test_an_amount_is_set_beside_the_figures(said: str, where: str, ask: Ask) -> None:
    found = [
        point
        for point in points(ask("pay", occupation=ASSISTANT, place="US-OH", said=said))
        if "amount you name" in point
    ]
    assert len(found) == 1 and where in found[0]


def test_a_territory_without_a_figure_is_said_to_have_none(ask: Ask) -> None:
    text, payload = ask("pay", occupation="registered-nurse", place="US-GU", said="nurse pay in Guam").message
    assert payload["type"] == "no_source"
    assert "Guam" in text and "United States" in text


@pytest.mark.parametrize(
    "employer", ["government", "federal-government", "universities", "elementary-schools", "staffing-agencies"]
)
def test_the_kinds_of_employer_have_figures(employer: str, ask: Ask) -> None:
    payload = ask("pay", occupation="registered-nurse", employer_type=employer).message[1]
    assert payload["type"] == "answer" and not payload["notes"]


def test_a_rural_region_stands_beside_its_whole_state(ask: Ask) -> None:
    found = ask("pay", occupation=ASSISTANT, place="M4700001", said="MA pay in west tennessee")
    assert "West Tennessee nonmetropolitan area" in found.message[1]["headline"]
    assert any(point.startswith("Across Tennessee, ") for point in points(found))
