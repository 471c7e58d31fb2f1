"""Whose pay, schooling or days a message asks about: a job spoken of beside the occupation, one of all that are known,
the person themselves."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest

from actions.any_of_them import any_of_all
from actions.context import Context
from actions.leaning import in_context
from actions.service import Service
from actions.turn import Mention, Turn
from knowledge.asked import Target

CODER, NURSE, TRANSCRIPTIONIST = "medical-records-technician", "registered-nurse", "medical-transcriptionist"
MANAGER, PRACTITIONER = "health-services-manager", "nurse-practitioners"
PAID = Context(topic="pay", occupation=NURSE, question="pay")
LIKELIEST = {
    CODER: (Target(CODER, "setting.summary"), 0.64),
    TRANSCRIPTIONIST: (Target(TRANSCRIPTIONIST, "setting.remote"), 0.81),
}


def named(text: str, said: str, occupation: str, intent: str, confidence: float = 0.6, *more: Mention) -> Turn:
    start = text.index(said)
    mention = Mention("occupation", occupation, (), start, start + len(said))
    return Turn(intent, text, (mention, *more), confidence)


def test_what_they_make_is_asked_of_the_job_one_moves_on_to(service: Service) -> None:
    text = "can a registered nurse become a nurse practitioner"
    start = text.index("nurse practitioner")
    mentions = (Mention("occupation", NURSE, (), 6, 22), Mention("occupation", PRACTITIONER, (), start, len(text)))
    told = service.topic(Context(), Turn("ask_advancement", text, mentions)).context
    assert (told.occupation, told.beside) == (NURSE, PRACTITIONER)
    vector = base64.b64encode(bytes(384)).decode()  # like no question at all
    paid = service.topic(told, Turn("ask_pay", "and what would they earn", (), 0.9, (), vector))
    assert paid.context.occupation == PRACTITIONER


def test_any_of_the_jobs_is_the_one_that_has_it() -> None:
    asked = Turn("ask_work_setting", "is any of these jobs done from the sofa", (), 0.8)
    assert any_of_all(PAID, asked, lambda: LIKELIEST, {}).values("occupation") == (TRANSCRIPTIONIST,)
    compared = Context(topic="comparison", options=(f"occupation:{CODER}", f"occupation:{NURSE}"))
    assert any_of_all(compared, asked, lambda: LIKELIEST, {}) is asked
    unlike = {id: (target, 0.4) for id, (target, _) in LIKELIEST.items()}
    assert any_of_all(PAID, asked, lambda: unlike, {}) is asked


@pytest.mark.parametrize(
    ("text", "occupation", "intent", "asked"),
    [
        ("My niece freezes in crowds. Is nursing a good match for her", NURSE, "ask_education", "ask_fit"),
        ("He has a bad shoulder. What should he consider before nursing", NURSE, "nlu_fallback", "ask_fit"),
        ("the ups and downs of nursing", NURSE, "ask_comparison", "ask_fit"),
    ],
)
def test_whom_a_job_suits_is_asked_whatever_is_told(text: str, occupation: str, intent: str, asked: str) -> None:
    meant = in_context(Context(), named(text, "nursing", occupation, intent, 0.4))
    assert (meant.intent, meant.settled) == (asked, True)


def test_what_they_do_is_a_question_of_its_own() -> None:
    asked = named("ok managers, so what is it that they do", "managers", MANAGER, "ask_definition")
    assert in_context(Context(topic="advancement", occupation=NURSE), asked).intent == "ask_duties"


def test_a_job_named_with_a_place_is_asked_of_its_pay() -> None:
    place = Mention("place", "M29700", (), 6, 12)
    asked = named("so in Laredo, what would nurses be", "nurses", NURSE, "ask_definition", 0.6, place)
    assert in_context(Context(topic="tuition", occupation=NURSE), asked).settled


def test_a_move_told_at_length_is_asked_of_the_place() -> None:
    text = "oh and I forgot, we're moving to Laredo this summer since my wife got stationed there"
    asked = Turn("out_of_scope", text, (Mention("place", "M29700", (), 33, 39),), 0.5)
    assert in_context(PAID, asked).intent == "follow_up"


def test_more_school_is_asked_of_the_schooling() -> None:
    asked = Turn("nlu_fallback", "at my age, would i need to go back to college for that", (), 0.35)
    found = in_context(PAID, asked)
    assert found.intent == "ask_education" and found.settled
    aid = replace(asked, text="can I get food stamps if I go back to school")
    assert in_context(PAID, aid).intent != "ask_education"
