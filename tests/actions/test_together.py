"""A short message read together with the question before it, on the real knowledge."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.context import Context
from actions.matching import Matches
from actions.service import Service
from actions.together import leans, of_the_credential, together
from actions.turn import Mention, Turn
from knowledge.asked import ANY, Missing, Target
from knowledge.embedding import MiniLM, pack

NURSE, ASSISTANT = "registered-nurse", "medical-assistant"


def vector_of(text: str) -> str:
    return pack(MiniLM().encode([text])[0])


def said(text: str, intent: str = "nlu_fallback", confidence: float = 0.3) -> Turn:
    return Turn(intent, text, (), confidence, ((intent, confidence),), vector_of(text))


def after(question: str, occupation: str, topic: str) -> Context:
    return Context(topic=topic, occupation=occupation, question=question, vector=vector_of(question))


TARGET, GAP = Target(NURSE, "advancement.path", "advanced-practice"), Missing("x", "pay", "the pay of interns")


@pytest.mark.parametrize(
    ("before", "alone", "both", "meant"),
    [
        (0.55, 0.5, Matches(((TARGET, 0.7),), ((GAP, 0.5),)), TARGET),
        (0.9, 0.5, Matches(((TARGET, 0.7),), ((GAP, 0.5),)), None),  # that is the last question
        (0.5, 0.69, Matches(((TARGET, 0.7),), ((GAP, 0.5),)), None),  # the message alone is as near
        (0.5, 0.8, Matches(((TARGET, 0.9),), ((GAP, 0.5),)), None),  # and clear
        (0.5, 0.5, Matches(((TARGET, 0.55),), ((GAP, 0.4),)), None),
        (0.5, 0.5, Matches(((TARGET, 0.66),), ((GAP, 0.65),)), None),  # either may be meant
        (0.5, 0.5, Matches(((TARGET, 0.6),), ((GAP, 0.75),)), GAP),
        (0.5, 0.5, Matches(((Target(ANY, "pay.annual", ""), 0.8),), ((GAP, 0.5),)), None),
        (0.5, 0.5, Matches(), None),
    ],
)
def test_what_both_are_like_and_neither_by_itself_is_meant(
    before: float, alone: float, both: Matches, meant: Target | Missing | None
) -> None:
    of = [Matches(((TARGET, near),), ((GAP, near),)) for near in (before, alone)]
    assert together(*of, both) == meant


@pytest.mark.parametrize(
    ("turn", "expected"),
    [
        (said("would bosses care"), True),
        (said("which school for that", "ask_education", 0.8), True),
        (said("which school is best", "ask_education", 0.8), False),  # plain, and points at nothing
        (said("I have been thinking about it for a long while and am not sure"), False),
        (Turn("nlu_fallback", "and coders", (Mention("occupation", "x"),), 0.3, (), vector_of("and coders")), False),
    ],
)
def test_only_what_is_short_and_unclear_or_points_back_is_read_so(turn: Turn, expected: bool) -> None:
    context = after("can nurses move up", NURSE, "advancement")
    assert leans(context, turn) is expected
    assert not leans(Context(), turn)


@pytest.mark.parametrize(
    ("question", "occupation", "topic", "turn", "lead"),
    [
        (
            "If I start as a medical biller is there anything I can move up to?",
            "medical-records-technician",
            "advancement",
            said("what must I have for that", "ask_how_to_become", 0.85),
            "advancement",
        ),
        ("is there a nursing license", NURSE, "certification", said("how do i get it"), "certification"),
        ("do nurses have to lift people", NURSE, "work_setting", said("do they get hurt"), "work_setting"),
    ],
)
def test_it_is_answered_of_what_was_talked_of(
    question: str, occupation: str, topic: str, turn: Turn, lead: str, service: Service
) -> None:
    found = service.topic(after(question, occupation, topic), turn).message[1]
    assert found["type"] == "answer" and found["topic"] == lead


def test_what_no_source_says_of_it_is_not_answered(service: Service) -> None:
    context = after("is there an internship", ASSISTANT, "experience")
    found = service.topic(context, said("would you get paid during it", "ask_pay", 0.5))
    assert found.message[1]["type"] == "no_source"


def test_it_is_the_credential_talked_of_where_nothing_else_is_as_near() -> None:
    context = Context(topic="certification", occupation=NURSE, credential="ccs")
    unclear = Turn("ask_work_setting", "do companies bother with it", (), 0.35)
    needed = Target(NURSE, "certification.requirement")
    both = Matches(((Target(NURSE, "setting.summary"), 0.66), (needed, 0.64)), ())
    alone = Matches(((Target(NURSE, "setting.summary"), 0.5),), ())
    assert of_the_credential(context, unclear, alone, both) == needed
    near = Matches(((Target(NURSE, "setting.summary"), 0.7),), ())
    assert of_the_credential(context, unclear, near, both) is None
    assert of_the_credential(context, replace(unclear, confidence=0.8), alone, both) is None
    assert of_the_credential(replace(context, topic="duties"), unclear, alone, both) is None
