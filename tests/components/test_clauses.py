"""Where a question begins after the story that comes before it in the same sentence."""

from __future__ import annotations

import time

import pytest

from components.clauses import filled, leans, question_start, tells


@pytest.mark.parametrize(
    ("told", "question"),
    [
        ("did IT on a boat, want something calm, ", "what does a health information technologist do"),
        ("bus driver in Reno, 55, sister's an MA, ", "what do medical assistants make here"),
        ("i run a bakery and my feet are done ", "so what does a coder earn"),
        ("been a groom nine years, love the horses ", "how do i become a nurse"),
        ("cook, 34, bad back, heard about billing, ", "is that field growing"),
        ("my uncle says go into transcription, ", "do they work from home"),
        ("dispatcher at night, two kids, ", "tell me about the hours of nurses"),
        ("clerk for a dentist, bored stiff, ", "which certification comes first"),
        # not after these
        ("", "how much do nurses make, i live in Reno"),
        ("", "i asked her how much coders make"),
        ("", "i know what nurses do"),
        ("", "nurse, 12 years, looking for something calmer"),
    ],
)
def test_where_the_question_of_a_story_begins(told: str, question: str) -> None:
    assert question_start(told + question) == len(told)
    assert tells(told) is bool(told)


@pytest.mark.parametrize(
    "before",
    [
        "CCA - ",
        "medical coder or medical assistant, ",
        "medical biller working for a chiropractor, ",
        "If I begin in records and like it, ",
        "going from coder to nurse at my age, ",
        "does the office do the coding itself, ",
        "Federal jobs, the VA and so on: ",
        "hours, pay, schooling of a coder, ",
    ],
)
def test_what_a_question_is_about_is_no_story(before: str) -> None:
    assert not tells(before)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("is that low", True),
        ("is that really required", True),
        ("would they take me", True),
        ("will they hire me with an accent", True),
        ("how would that go", True),
        ("how do people find one", True),
        ("fast track into nursing?", True),
        ("how do i become one", False),
        ("do i need a degree", False),
        ("what do they do all day", False),
        ("is there a shorter program", False),
    ],
)
def test_a_question_may_need_its_story(question: str, expected: bool) -> None:
    assert leans(question) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("how would I become one", "how would I become a MA"),
        ("do they work nights", "do MA work nights"),
        ("is that field growing", "is MA field growing"),
        ("how long is the program", "MA how long is the program"),
        ("which one pays more", "MA which one pays more"),
    ],
)
def test_a_pronoun_gets_the_name_that_it_stands_for(question: str, expected: str) -> None:
    assert filled(question, "MA") == expected


def test_a_very_long_message_takes_no_time() -> None:
    for text in ("what and " * 110, "so how, " * 120, "i am a cook, " * 80, "how long " * 110, "is it " * 160):
        started = time.process_time()
        question_start(text[:1000])
        tells(text[:1000])
        leans(text[:1000])
        assert time.process_time() - started < 0.2, text[:20]
