"""Short messages in a conversation that name their topic, complain, or call a job by one word of its name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.asking_back import complains
from actions.context import Context
from actions.leaning import in_context
from actions.service import Service
from actions.topic_words import named_topic
from actions.turn import Turn

ABOUT_PAY = Context(topic="pay", occupation="pharmacy-technician")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("wut abt teh outlok", "outlook"),
        ("just the salary again pls", "pay"),
        ("and the schooling?", "education"),
        ("any certificatons", "certification"),
        ("hours", "work_setting"),
        ("which one needs no college", "education"),
        ("is there a job that pays for your degree", "tuition"),
        ("will they pay for my", "tuition"),  # the name that followed is taken out: "my BSN"
        ("pay for a", "pay"),
        ("would the army pay for that", "tuition"),
        ("who's paying for the test", None),
        ("do they pay your license fee", None),
        ("so who pays, them or me", None),
        ("what do they pay", "pay"),
        ("what makes that a bit easier", None),
        ("which one makes it worth it", None),
        ("what does it make", "pay"),
        ("they wont make me take chemistry", None),
        ("what would it make me", "pay"),
        ("and somebody fresh out of school", None),
        ("pay or outlook", None),
        ("and for nurses?", None),
        ("I was told that in this line of work the salary is quite high", None),
        ("", None),
    ],
)
def test_a_short_message_names_one_topic_or_none(text: str, topic: str | None) -> None:
    assert named_topic(text) == topic


def test_a_named_topic_counts_in_a_conversation_only_and_where_nothing_clearer_was_understood() -> None:
    said = Turn("nlu_fallback", "wut abt teh outlok")
    assert in_context(ABOUT_PAY, said).intent == "ask_outlook"
    assert in_context(Context(), said).intent == "nlu_fallback"
    clear = Turn("ask_duties", "what about the tasks, and pay")
    assert in_context(ABOUT_PAY, clear).intent == "ask_duties"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("that's not what I asked", True),
        ("you didn't answer my question", True),
        ("wrong answer", True),
        ("is that what I asked?", False),
        ("not what I meant, I would like to know what nurses in Ohio earn", False),
    ],
)
def test_a_complaint_is_told_from_a_question(text: str, meant: bool) -> None:
    assert complains(text) == meant


def test_a_complaint_asks_back_once_and_then_names_a_person(service: Service) -> None:
    said = Turn("deny", "that's not what I asked", ranking=(("ask_outlook", 0.2), ("ask_duties", 0.1)))
    first = service.talk(ABOUT_PAY, said)
    assert first is not None
    assert first.message[1]["type"] == "clarify"
    assert "pharmacy technicians" in first.message[1]["suggestions"][0]
    second = service.talk(first.context, said)
    assert second is not None
    assert second.message[1]["type"] == "handoff"


def test_the_records_one_is_the_occupation_with_records_in_its_name(service: Service) -> None:
    said = Turn("deny", "no not that one, I meant the records one")
    outcome = service.talk(replace(ABOUT_PAY, question="what do they earn"), said)
    assert outcome is not None
    assert outcome.message[1]["occupation"] == "medical-records-technician"
    assert outcome.message[1]["topic"] == "pay"


@pytest.mark.parametrize(("topic", "occupation"), [("benefits", "medical-assistant"), ("duties", "electricians")])
def test_a_topic_that_no_source_has_for_the_occupation_is_not_answered_with_another(
    topic: str, occupation: str, service: Service
) -> None:
    ranking = ((f"ask_{topic}", 0.9), ("ask_pay", 0.05))
    routed = service.reading.routed(
        Context(occupation=occupation), Turn(f"ask_{topic}", "what about that", (), 0.9, ranking, vector=None)
    )
    assert routed.intent == f"ask_{topic}"
