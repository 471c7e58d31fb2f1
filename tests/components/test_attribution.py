"""Whose word a message asks for, and what is left of it."""

from __future__ import annotations

import pytest

from components.attribution import Attribution
from knowledge.gazetteer import publisher_names

BUREAU, PORTAL, COLLEGE = "U.S. Bureau of Rivers", "JobPilot", "Alder University"
TITLES = {BUREAU: "River Workers Handbook", PORTAL: "How to become a river pilot in ten steps", COLLEGE: "Pilots"}
NAMES = {name: one for one, title in TITLES.items() for name in publisher_names(one, title)}


@pytest.mark.parametrize(
    ("text", "publisher", "left"),
    [
        ("According to the Bureau of Rivers, what do pilots earn?", BUREAU, "what do pilots earn?"),
        ("what does jobpilot say pilots make", PORTAL, "what pilots make"),
        ("what did Job Pilot say about night work", PORTAL, "what about night work"),
        ("Alder says that pilots swim, right", COLLEGE, "pilots swim, right"),
        ("what is Alder University's median salary for pilots", COLLEGE, "what is median salary for pilots"),
        ("how long is training per the river workers handbook", BUREAU, "how long is training"),
        ("pay of pilots, based on RWH data", BUREAU, "pay of pilots"),
        ("give me the job pilot figures for trainees", PORTAL, "give me figures for trainees"),
        ("what does RWH list as pay of pilots", BUREAU, "what as pay of pilots"),
    ],
)
def test_the_publisher_is_told_and_the_question_is_left(text: str, publisher: str, left: str) -> None:
    found = Attribution(NAMES).find(text)
    assert found is not None and found.publisher == publisher
    assert " ".join(found.text.split()) == left and len(found.text) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "does the Bureau of Rivers say that?",  # asks for the source of the last answer
        "does Alder University offer a pilot course",
        "how much does Alder cost",
        "can I work at JobPilot",
        "what does my uncle say pilots make",
    ],
)
def test_a_school_or_a_site_itself_is_no_word_of_it(text: str) -> None:
    assert Attribution(NAMES).find(text) is None


def test_without_publishers_nothing_is_found() -> None:
    assert Attribution({}).find("according to the bureau, what do pilots earn?") is None


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("which number does Alder University give for what pilots earn", COLLEGE),
        ("what pay does jobpilot have for pilots", PORTAL),
        ("how many classes does Alder give pilots who earn less", None),
        ("what does Alder offer to people with low pay in tuition", None),
    ],
)
def test_a_figure_that_somebody_gives_is_their_word_and_a_class_is_not(text: str, publisher: str | None) -> None:
    found = Attribution(NAMES).find(text)
    assert (found and found.publisher) == publisher
