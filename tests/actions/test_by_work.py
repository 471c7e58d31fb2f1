"""The occupation that a message describes by its work."""

from __future__ import annotations

import pytest

from actions.by_work import named_by_work
from actions.context import Context
from actions.occupations import RELATED, Likeliest
from actions.turn import Described, Mention, Turn
from knowledge.asked import Target

CODER, NURSE, PHARMACY, ASSISTANT = (
    "medical-records-technician",
    "registered-nurse",
    "pharmacy-technician",
    "medical-assistant",
)


def target(occupation: str, indicator: str, item: str = "") -> Target:
    return Target(occupation, indicator, item, ())


def near(**cosines: tuple[str, str, float]) -> Likeliest:
    ids = {"coder": CODER, "nurse": NURSE, "pharmacy": PHARMACY, "assistant": ASSISTANT}
    return {ids[id]: (target(ids[id], indicator, item), c) for id, (indicator, item, c) in cosines.items()}


def described(*others: str, question: Turn | None = None, text: str = "whats the job where you label pills") -> Turn:
    return Turn("ask_related_careers", text, described=Described("vector", others, question))


@pytest.mark.parametrize(
    ("likeliest", "others", "meant"),
    [
        (near(pharmacy=("duties.task", "label", 0.8), coder=("duties.task", "file", 0.6)), (), (PHARMACY,)),
        (near(pharmacy=("duties.task", "label", 0.5)), (), None),  # like the work of none
        (near(pharmacy=("skills.quality", "care", 0.9)), (), None),  # like no work
        (near(coder=(RELATED, PHARMACY, 0.8), pharmacy=("skills.quality", "care", 0.7)), (), (PHARMACY,)),
        (near(coder=(RELATED, "dental-hygienists", 0.8)), (), None),
        (near(nurse=("duties.task", "shots", 0.8), assistant=("duties.task", "shots", 0.78)), (), (NURSE, ASSISTANT)),
        (near(nurse=("duties.task", "shots", 0.8), assistant=("duties.task", "shots", 0.78)), (NURSE,), (ASSISTANT,)),
    ],
)
def test_whose_work_it_is(likeliest: Likeliest, others: tuple[str, ...], meant: tuple[str, ...] | None) -> None:
    turn = described(*others)
    found = named_by_work(Context(), turn, likeliest, {})
    if meant is None:
        assert found is turn
        return
    named = next(m for m in found.mentions if m.kind == "occupation")
    assert (named.candidates or (named.value,)) == meant and found.intent == "ask_definition"


def test_its_question_is_asked_of_it() -> None:
    likeliest = near(pharmacy=("duties.task", "label", 0.8))
    asked = Turn("ask_outlook", "is it growing", (Mention("occupation", NURSE),))
    found = named_by_work(Context(), described(question=asked), likeliest, {})
    assert (found.intent, found.values("occupation")) == ("ask_outlook", (PHARMACY,))
    after = Context(topic="pay", occupation=NURSE)
    also = named_by_work(after, described(text="what about the people who label the pills"), likeliest, {})
    assert (also.intent, also.values("occupation")) == ("follow_up", (PHARMACY,))
