"""Where a message was not understood: a question back once, then a person; never the same question twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.asking_back import BUTTONS, let_down
from actions.context import Context
from actions.service import Outcome, Service
from actions.turn import Mention, Turn
from tests import checks

Ask = Callable[..., Outcome]
CONTACT = "your school's career office"
UNCLEAR = Turn("nlu_fallback", "blue flurb", confidence=0.2, ranking=(("ask_pay", 0.21), ("ask_duties", 0.2)))
TECHNICIAN = Turn(
    "ask_pay",
    "how much do technicians make",
    (Mention("occupation", "pharmacy-technician", ("pharmacy-technician", "health-information-technician")),),
)


def test_a_message_that_is_not_understood_is_asked_back_about_with_two_buttons(service: Service) -> None:
    text, payload = service.unsure(Context(), UNCLEAR).message
    assert payload["type"] == "clarify" and not checks.shape_faults(text, payload)
    assert len(payload["suggestions"]) == BUTTONS
    assert payload["suggestions"][0] == "How much do medical records technicians earn?"


def test_after_two_misses_in_a_row_a_person_is_offered_and_nothing_is_asked(service: Service) -> None:
    first = service.unsure(Context(), UNCLEAR)
    text, payload = service.unsure(first.context, UNCLEAR).message
    assert payload["type"] == "handoff" and not checks.shape_faults(text, payload)
    assert CONTACT in text and "?" not in text


OUTSIDE = replace(UNCLEAR, ranking=(("nlu_fallback", 0.3), ("out_of_scope", 0.3), ("ask_pay", 0.1)))


def test_a_first_message_that_is_likeliest_out_of_scope_is_not_asked_back_about(service: Service, ask: Ask) -> None:
    assert service.is_outside(Context(), OUTSIDE)
    assert not service.is_outside(Context(), UNCLEAR)
    assert not service.is_outside(ask("pay").context, OUTSIDE)  # it may be meant in the conversation
    named = replace(OUTSIDE, mentions=(Mention("occupation", "registered-nurse", (), 0, 4),))
    assert not service.is_outside(Context(), named)


@pytest.mark.parametrize("times", [2, 3, 4])
def test_the_same_question_back_is_never_asked_twice(service: Service, times: int) -> None:
    context, asked = Context(), []
    for _ in range(times):
        outcome = service.unsure(context, UNCLEAR)
        context = outcome.context
        asked += [outcome.message[0]] if "?" in outcome.message[0] else []
    assert len(asked) == 1


def test_an_answer_in_between_starts_the_count_anew(service: Service, ask: Ask) -> None:
    missed = service.unsure(Context(), UNCLEAR)
    answered = ask("pay", after=missed)
    assert answered.context.misses == 0
    assert service.unsure(answered.context, UNCLEAR).message[1]["type"] == "clarify"


def test_a_question_about_the_last_answer_counts_as_understood(service: Service, ask: Ask) -> None:
    missed = service.unsure(ask("pay").context, UNCLEAR)
    assert service.about(missed.context, Turn("ask_source", "who says that?")).context.misses == 0


def test_what_is_out_of_scope_twice_in_a_row_gets_a_person(service: Service) -> None:
    turn = Turn("out_of_scope", "who won the game")
    assert service.outside(Context(), turn) is None
    outcome = service.outside(Context(misses=1), turn)
    assert outcome is not None
    assert outcome.message[1]["type"] == "handoff" and CONTACT in outcome.message[0]


def test_a_name_that_stays_unclear_is_asked_about_once(service: Service) -> None:
    first = service.topic(Context(), TECHNICIAN)
    assert first.message[1]["type"] == "clarify"
    assert first.message[1]["suggestions"] == [
        "How much do pharmacy technicians earn?",
        "How much do health information technicians earn?",
    ]
    text, payload = service.topic(first.context, TECHNICIAN).message
    assert payload["type"] == "handoff" and "?" not in text and CONTACT in text
    assert payload["suggestions"] == first.message[1]["suggestions"]


def test_the_meanings_of_a_bare_name_are_questions_in_good_english(service: Service) -> None:
    mention = TECHNICIAN.mentions
    outcome = service.topic(Context(), Turn("follow_up", "technician", mention))
    assert outcome.message[1]["suggestions"] == [
        "What is a pharmacy technician?",
        "What is a health information technician?",
    ]


@pytest.mark.parametrize(
    ("text", "given_up"),
    [
        ("ur so dumb", True),
        ("this bot is useless", True),
        ("you are really not helpful", True),
        ("u dont understand me", True),
        ("what a piece of trash", True),
        ("shut up", True),
        ("fck u", True),
        ("dumb robot", True),
        ("this app is total garbage", True),
        ("you are pathetic", True),
        ("i hate this bot", True),
        ("worst robot ever", True),
        ("do they hate the trash smell", False),
        ("i hate this job", False),
        ("is a medical assistant dumb to become", False),
        ("shut down plants", False),
        ("would i be a terrible medical assistant", False),
        ("which is the worst program", False),
        ("that's terrible", False),  # the pay
        ("is that degree useless", False),
        ("that exam is stupid", False),
        ("are you sure", False),
    ],
)
def test_who_gives_up_on_the_assistant_is_offered_a_person(
    text: str, given_up: bool, service: Service, ask: Ask
) -> None:
    assert let_down(text) == given_up
    if given_up:
        for outcome in (
            service.unsure(ask("pay").context, Turn("nlu_fallback", text, confidence=0.2)),
            service.talk(ask("pay").context, Turn("smalltalk", text, confidence=0.7)),
        ):
            assert outcome is not None and outcome.message[1]["type"] == "handoff"
            assert CONTACT in outcome.message[0] and not checks.shape_faults(*outcome.message)


def test_what_is_not_understood_but_names_something_is_the_last_question_of_that(service: Service, ask: Ask) -> None:
    cashiers = Turn("nlu_fallback", "and cashiers like me?", (Mention("occupation", "cashiers", (), 4, 12),), 0.2)
    outcome = service.unsure(ask("pay", place="US-OH").context, cashiers)
    assert outcome.message[1]["type"] == "answer"
    context = outcome.context
    assert (context.topic, context.occupation, context.place) == ("pay", "cashiers", "US-OH")
