"""What the questions of one message leave unsaid: a place, an employer, a school that stands outside them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.context import Context
from actions.notes import around, of_named, of_school, there
from actions.turn import Mention, Turn

OHIO, HOSPITALS = Mention("place", "US-OH", (), 0, 4), Mention("employer_type", "hospitals", (), 60, 69)
PARTS = (Turn("ask_duties", "what do aides do"), Turn("ask_pay", "what do they earn?"))
WHOLE = Turn("ask_pay", "Ohio girl here. what do aides do and what do they earn? just hospitals", (OHIO, HOSPITALS))


def test_a_place_outside_the_questions_and_an_employer_after_them_count_for_the_figures() -> None:
    named = around(replace(WHOLE, parts=PARTS))
    assert named == (OHIO, HOSPITALS)
    assert there(PARTS[1], named).values("place") == ("US-OH",)
    assert there(PARTS[0], named) is PARTS[0]


def test_an_employer_of_the_story_does_not() -> None:
    story = replace(HOSPITALS, start=4, end=9)
    assert around(Turn("ask_pay", WHOLE.text, (story,), parts=PARTS)) == ()


def test_what_a_question_names_itself_is_not_added_to_the_others() -> None:
    own = replace(PARTS[1], mentions=(Mention("place", "US-TX"),))
    whole = replace(WHOLE, parts=(PARTS[0], own))
    assert there(own, around(whole), whole.parts).values("place") == ("US-TX",)


@pytest.mark.parametrize(
    ("part", "school"),
    [
        (Turn("ask_education", "how long are the sessions"), "devry"),
        (Turn("ask_pay", "what do coders earn", (Mention("occupation", "medical-records-technician"),)), None),
    ],
)
def test_a_later_question_is_of_the_school_named_before(part: Turn, school: str | None) -> None:
    assert next(iter(of_school(Context(school="devry"), part).values("school")), None) == school


def test_a_first_question_that_names_nobody_is_about_whom_the_message_names() -> None:
    """ "Who keeps the files private, is that on the records tech?" """
    coder = Mention("occupation", "medical-records-technician")
    first, second = Turn("ask_duties", "who keeps them private"), Turn("ask_duties", "is that on the tech", (coder,))
    whole = Turn("ask_duties", "…", (coder,), parts=(first, second))
    assert of_named(Context(), whole, first).values("occupation") == ("medical-records-technician",)
    assert of_named(Context(occupation="registered-nurse"), whole, first) is first
    nurse = replace(second, mentions=(coder, Mention("occupation", "registered-nurse")))
    assert of_named(Context(), replace(whole, parts=(first, nurse)), first) is first
