"""What is asked of a school that sources speak of is answered of that school, or not at all."""

from __future__ import annotations

import pytest

from actions.answering import reply
from actions.context import Context, understand
from actions.draft import Draft, NoSource
from actions.of_a_school import of_a_school
from actions.turn import Mention, Turn
from knowledge.query import KnowledgeBase

CODER = "medical-records-technician"
HELD = Context(topic="programs", occupation=CODER, school="devry")


def named(text: str, *schools: str) -> Turn:
    low = text.lower()
    found = tuple(Mention("school", id, start=low.index(id), end=low.index(id) + len(id)) for id in schools)
    return Turn("ask_programs", text, found, 0.5)


def answer(knowledge: KnowledgeBase, turn: Turn, context: Context = HELD) -> Draft | NoSource:
    meant = of_a_school(context, turn)
    assert meant is not None
    found = reply(knowledge, understand(context, meant, CODER))
    assert isinstance(found, Draft | NoSource)
    return found


@pytest.mark.parametrize(
    ("text", "schools", "said"),
    [
        ("tell me about herzing", ("herzing",), "Herzing offers"),
        ("how long is herzing's program", ("herzing",), "At Herzing"),
        ("could it be done online", (), "DeVry offers"),
        ("which courses do they have", (), "DeVry's certificate covers"),
        ("will they help me with finding work", (), "Yes: DeVry students can turn to its Career Services"),
        ("do my credits transfer", (), "When a student applies for DeVry"),
        ("devry vs herzing", ("devry", "herzing"), "DeVry offers"),
    ],
)
def test_what_sources_say_of_it(knowledge: KnowledgeBase, text: str, schools: tuple[str, ...], said: str) -> None:
    found = answer(knowledge, named(text, *schools))
    assert isinstance(found, Draft) and said in found.headline.text and found.headline.statements


@pytest.mark.parametrize(
    ("text", "schools", "what"),
    [
        ("how long does it take", (), "how long that program takes at that school"),
        ("how much does it cost", (), "the prices of that school"),
        ("is it a good school", (), "how good that school is"),
        ("does herzing help you find a job", ("herzing",), "help from that school in finding a job"),
        ("which is better, devry or herzing", ("devry", "herzing"), "which of those schools is better"),
    ],
)
def test_what_no_source_says_of_it(knowledge: KnowledgeBase, text: str, schools: tuple[str, ...], what: str) -> None:
    found = answer(knowledge, named(text, *schools))
    assert isinstance(found, NoSource) and found.what == what


@pytest.mark.parametrize(
    "text", ["how long is a session", "where do they state their tuition", "do they pay for the exam"]
)
def test_another_question_of_it_is_left_as_it_is(text: str) -> None:
    assert of_a_school(HELD, named(text)) is None


def test_a_school_of_before_is_not_meant_elsewhere() -> None:
    assert of_a_school(Context(topic="pay", occupation=CODER, school="devry"), named("how long does it take")) is None
