"""What people call occupations, places and employers when they talk: by the work, by a nickname, by halves."""

from __future__ import annotations

import pytest

from components.parts import asking, parts
from components.reading import Reader
from components.told import leans_on, named_in
from tests.components.test_reading import found


@pytest.mark.parametrize(
    ("message", "values"),
    [
        ("what do garbage men make", ["refuse-and-recyclable-material-collectors"]),
        ("what's bartending worth", ["bartenders"]),
        ("she teaches first grade", ["elementary-school-teachers-except-special-education"]),
        ("my brother drove a school bus for years", ["bus-drivers-school"]),
        ("pay of people who wait tables", ["waiters-and-waitresses"]),
        ("who manages a dental practice", ["health-services-manager"]),
        ("she is in charge of a nursing home", ["health-services-manager"]),
        ("is it an office job", []),
        ("after taxes, what is left", []),
    ],
)
def test_an_occupation_by_its_work(reader: Reader, message: str, values: list[str]) -> None:
    assert found(reader.read(message), "occupation") == values


@pytest.mark.parametrize(
    ("message", "values"),
    [
        ("pay in the Windy City", ["M16980"]),
        ("wages in the big apple", ["M35620"]),
        ("nurses in L.A., the city", ["M31080"]),
        ("nurses in l.a.", ["M31080"]),
        ("coders in N.J.", ["US-NJ"]),
        ("the sunshine state", ["US-FL"]),
        ("coders in jersey", ["US-NJ"]),
        ("nurses out by Schaumburg", ["M16980"]),
    ],
)
def test_a_place_by_its_nickname(reader: Reader, message: str, values: list[str]) -> None:
    assert found(reader.read(message), "place") == values


def test_a_nickname_of_two_cities_is_asked_back_about(reader: Reader) -> None:
    (place,) = [m for m in reader.read("coder pay in the queen city").mentions if m.kind == "place"]
    assert set(place.candidates) == {"M16740", "M17140"}


@pytest.mark.parametrize(
    ("message", "values"),
    [
        ("would a university be a good employer for a coder", ["universities"]),
        ("do schools pay nurses well", ["schools"]),
        ("which university should I go to", []),
        ("how does it compare vs like cvs or walgreens", ["pharmacies"]),
        ("is cvs hiring", []),
        ("what do techs get at a grocery store pharmacy", ["grocery-stores"]),
        ("coders in a psych hospital", ["psychiatric-hospitals"]),
        ("practice manager for a group of physicians", ["physician-offices"]),
        ("does an agency pay better", ["staffing-agencies"]),
    ],
)
def test_an_employer_in_everyday_words(reader: Reader, message: str, values: list[str]) -> None:
    assert found(reader.read(message), "employer_type") == values


@pytest.mark.parametrize(
    ("message", "kind", "values"),
    [
        (
            "I have two leads as a nurse, one at a hospital and one through a temp agency. Which pays more?",
            "employer_type",
            ["hospitals", "staffing-agencies"],
        ),
        (
            "An old list I once kept had Boston on top for nurses in 2017. What was the figure for nurses then?",
            "period",
            ["2017"],
        ),
        ("I left my old job at a hospital in 2017 to have a baby. How do I become a nurse?", "period", []),
    ],
)
def test_what_a_question_keeps_of_its_story(reader: Reader, message: str, kind: str, values: list[str]) -> None:
    whole, several = reader.read(message), parts(message)
    question = several[0] if len(several) == 1 else asking(message)
    assert question is not None
    assert found(named_in(whole, question, leans_on(whole, question)), kind) == values


@pytest.mark.parametrize(
    ("message", "named"),
    [
        ("im out of work rn, what do coders make", False),
        ("haha thats me rn. what do coders make", False),
        ("i'm working nights rn. how long is coding school", False),
        ("im an rn, what do coders make", True),
        ("im leaning rn. how long is it", True),
    ],
)
def test_rn_may_be_right_now(reader: Reader, message: str, named: bool) -> None:
    assert ("registered-nurse" in [m.value for m in reader.read(message).mentions]) is named


def test_ma_among_other_jobs_is_no_state(reader: Reader) -> None:
    listed = found(reader.read("dental assistant, MA, or coder?"), "place", "occupation")
    assert "medical-assistant" in listed and "US-MA" not in listed
