"""What the questions of one message leave unsaid: a place, an employer, a school that stands outside them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.context import Context
from actions.notes import again, around, beforehand, is_their_pay, of_named, of_school, of_two, there
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


def test_a_question_on_a_credential_is_about_the_job_named_if_that_has_it() -> None:
    """ "Lab tech: is the MLT required? pay in Iowa?" """
    job = Mention("occupation", "lab-technician")
    first = Turn("ask_certification", "is the MLT required", (Mention("credential", "mlt"),))
    whole = Turn("ask_certification", "…", (job,), parts=(first, Turn("ask_pay", "lab tech pay in Iowa", (job,))))
    assert of_named(Context(), whole, first, holds=lambda *_: True).values("occupation") == ("lab-technician",)
    assert of_named(Context(), whole, first, holds=lambda *_: False) is first


BACHELOR = Mention("level", "bachelor", (), 13, 22)


@pytest.mark.parametrize(
    ("topic", "part", "intent"),
    [
        ("education", Turn("ask_uncovered", "how many for bachelors", (BACHELOR,)), "follow_up"),
        ("pay", Turn("ask_uncovered", "what do they get now?"), "ask_pay"),
        ("pay", Turn("ask_education", "how long is school"), None),
        ("pay", Turn("ask_tuition", "how much for the CCS", (Mention("credential", "ccs", (), 17, 20),)), None),
    ],
)
def test_a_later_question_may_be_the_one_before_it_again(topic: str, part: Turn, intent: str | None) -> None:
    found = again(Context(topic=topic, occupation="registered-nurse"), part)
    assert (found and found.intent) == intent


def test_what_is_needed_first_is_asked_of_the_credential_named_before() -> None:
    context = Context(topic="certification", occupation="medical-records-technician", credential="rhit")
    found = beforehand(context, Turn("ask_education", "do I have to finish a degree first"))
    assert found is not None and found.values("credential") == ("rhit",) and found.intent == "ask_certification"
    assert beforehand(context, Turn("ask_education", "how long is the degree")) is None
    assert beforehand(Context(topic="pay"), Turn("ask_education", "do I need a degree first")) is None


def test_after_what_no_source_answers_the_pay_of_the_place_named_with_it_is_plain() -> None:
    erie = Context(topic="pay", occupation="medical-records-technician", place="M21500")
    assert is_their_pay(erie, Turn("ask_pay", "what's the pay around there?"))
    assert not is_their_pay(erie, Turn("ask_pay", "what's the night shift pay there?"))
    assert not is_their_pay(Context(topic="pay"), Turn("ask_pay", "what's the pay around there?"))


def test_a_question_of_each_is_about_the_two_that_the_message_names_beside_its_questions() -> None:
    two = (Mention("occupation", "registered-nurse"), Mention("occupation", "medical-assistant"))
    each, other = Turn("ask_pay", "what does each make"), Turn("ask_outlook", "is there a future in it")
    whole = Turn("ask_pay", "…", two, parts=(each, other))
    assert of_two(whole, each).values("occupation") == ("registered-nurse", "medical-assistant")
    assert of_two(whole, other) is other
