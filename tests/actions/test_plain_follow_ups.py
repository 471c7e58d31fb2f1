"""Plain questions on the answer before: how each is meant, and what only sounds like one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.context import Context
from actions.leaning import in_context
from actions.turn import Mention, Turn

NURSE, CODER, ASSISTANT = "registered-nurse", "medical-records-technician", "medical-assistant"


def after(topic: str, **more: object) -> Context:
    return replace(Context(topic=topic, occupation=NURSE, question="x"), **more)  # type: ignore[arg-type]


def said(text: str, intent: str = "nlu_fallback", confidence: float = 0.4, *cues: str) -> Turn:
    return Turn(intent, text, tuple(Mention("cue", cue) for cue in cues), confidence)


@pytest.mark.parametrize(
    ("topic", "turn", "intent"),
    [
        ("duties", said("how many years is that", "ask_currency", 0.58, "length"), "ask_education"),
        ("advancement", said("and how long does that take", "ask_education", 0.45, "length"), "ask_uncovered"),
        ("duties", said("can you explain that please", "ask_source", 0.55), "ask_more"),
        ("how_to_become", said("so is it yes or no"), "follow_up"),
        ("how_to_become", said("which one is the best", "ask_comparison", 0.87), "ask_uncovered"),
        ("duties", said("ok how do i get it", "ask_how_to_become", 0.5), "ask_how_to_become"),
        ("outlook", said("how fast?", "smalltalk", 0.31), "ask_outlook"),
        ("education", said("is that a lot", "smalltalk", 0.36), "ask_uncovered"),
        ("pay", said("does that vary by state", "ask_pay", 0.6), "ask_pay"),
        ("outlook", said("is that the same everywhere", "follow_up", 0.7), "ask_uncovered"),
        ("certification", said("is it the same in every state", "ask_pay", 0.6), "ask_certification"),
        ("duties", said("is that for the whole country", "follow_up", 0.89), "ask_source"),
        ("duties", said("so is it worth it", "ask_fit", 0.9), "ask_uncovered"),
        ("skills", said("could i do that while working", "ask_duties", 0.41), "ask_education"),
        ("outlook", said("what else do they do", "ask_related_careers", 0.5), "ask_duties"),
        ("duties", said("what else do they do", "ask_more", 0.6), "ask_more"),
        ("certification", said("is it safe", "ask_certification", 0.82), "ask_work_setting"),
        ("duties", said("which city is best", "out_of_scope", 0.36), "ask_pay"),
        ("skills", said("what about small towns", "follow_up", 0.83), "ask_uncovered"),
        ("certification", said("why is that", "ask_source", 0.85, "driver"), "ask_uncovered"),
    ],
    ids=lambda value: value.text if isinstance(value, Turn) else str(value),
)
def test_a_plain_follow_up_is_meant_of_the_answer_before(topic: str, turn: Turn, intent: str) -> None:
    assert in_context(after(topic), turn).intent == intent


@pytest.mark.parametrize(
    ("topic", "turn"),
    [
        ("duties", said("how many years ago was that", "ask_currency", 0.9, "length")),
        ("outlook", said("how many years is that", "ask_currency", 0.58, "length")),
        ("certification", said("is it worth it", "ask_fit", 0.75)),
        ("certification", said("which one is the best", "ask_comparison", 0.87)),
        ("outlook", said("is it safe", "ask_outlook", 0.9)),
        ("duties", said("can you explain what a charge nurse does", "ask_duties", 0.8)),
        ("certification", said("how do i get it", "ask_certification", 0.8)),
    ],
    ids=lambda value: value.text if isinstance(value, Turn) else str(value),
)
def test_what_only_sounds_like_one_is_left_as_it_is(topic: str, turn: Turn) -> None:
    meant = in_context(after(topic), turn)
    assert (meant.intent, meant.values("cue")) == (turn.intent, turn.values("cue")) or meant.intent == f"ask_{topic}"


def test_a_reason_is_asked_for_where_something_has_no_source_of_what_was_shown_instead() -> None:
    shown = after("certification", unanswered="pay")
    assert in_context(shown, said("why is that", "ask_source", 0.85)).intent == "ask_source"


def test_that_or_another_job_is_asked_of_both() -> None:
    text = "which is better paid, that or a nurse?"
    named = Turn("ask_comparison", text, (Mention("occupation", NURSE, (), text.index("nurse"), len(text) - 1),), 0.9)
    both = in_context(after("duties", occupation=CODER), named)
    assert both.intent == "ask_comparison" and both.values("occupation") == (CODER, NURSE)
    assert in_context(after("duties"), named).values("occupation") == (NURSE,)  # "that" is the nurse


@pytest.mark.parametrize(
    ("text", "intent"), [("and the outlook", "ask_outlook"), ("what about the schooling", "ask_education")]
)
def test_a_topic_alone_is_asked_of_both_that_were_compared(text: str, intent: str) -> None:
    pair = (f"occupation:{CODER}", f"occupation:{ASSISTANT}")
    compared = after("comparison", occupation=CODER, second_occupation=ASSISTANT, options=pair)
    meant = in_context(compared, said(text, "follow_up", 0.5))
    assert meant.intent == intent and meant.values("occupation") == (CODER, ASSISTANT)
    one = replace(compared, topic="duties", second_occupation=None)  # of one of them since
    assert in_context(one, said(text, "follow_up", 0.5)).values("occupation") == ()


def test_the_pay_of_beginners_after_a_step_up_is_of_the_occupation() -> None:
    from actions.other_jobs import asks_for_their_pay

    up = after("advancement")
    assert asks_for_their_pay(up, said("what do those make", "ask_pay", 0.9))
    assert asks_for_their_pay(up, said("what does it pay", "ask_pay", 0.9))
    for text in ("how much do they start at", "what's the highest they can make", "how much more with a degree is it"):
        assert not asks_for_their_pay(up, said(text, "ask_pay", 0.9)), text
