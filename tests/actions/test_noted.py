"""What a message that gets no answer leaves to be talked of."""

from __future__ import annotations

import pytest

from actions.context import Context, understand
from actions.noted import noted
from actions.turn import Mention, Turn

CODER, NURSE, PHARMACY = "medical-records-technician", "registered-nurse", "pharmacy-technician"


def test_an_occupation_is_talked_of_whatever_was_asked_of_it() -> None:
    person = Turn("talk_to_person", "can somebody call me about nursing", (Mention("occupation", NURSE),))
    new = understand(noted(Context(), person), Turn("ask_skills", "what should I be good at"), CODER)
    assert new.occupation == NURSE
    held = Context(topic="certification", occupation=CODER, credential="rhit", options=("credential:rhit",))
    left = noted(held, person)
    assert (left.occupation, left.credential, left.options, left.topic) == (NURSE, None, (), "certification")


def test_there_is_the_place_that_came_up_last() -> None:
    joke = Turn("out_of_scope", "any good beaches near Tampa", (Mention("place", "M45300"),))
    after = noted(Context(topic="pay", occupation=CODER, place="US-OH", recent=("place:US-OH",)), joke)
    assert after.place == "US-OH"  # the figures talked of stay where they are
    there = understand(after, Turn("ask_pay", "what would they pay me there"), CODER)
    here = understand(after, Turn("follow_up", "and the bottom"), CODER)
    assert (there.place, here.place) == ("M45300", "US-OH")
    first = understand(noted(Context(), joke), Turn("ask_pay", "what do coders earn there"), CODER)
    assert first.place == "M45300"


def test_somebody_who_is_asked_for_or_spoken_to_is_not_talked_of() -> None:
    context = Context(topic="duties", occupation=CODER)
    person = Turn("talk_to_person", "could I speak to a nurse", (Mention("occupation", NURSE, (), 19, 24),))
    assert noted(context, person).occupation == CODER
    assert noted(context, Turn("bot_challenge", "you a nurse?", (Mention("occupation", NURSE),))).occupation == CODER


@pytest.mark.parametrize("intent", ["thanks", "goodbye", "affirm"])
def test_thanks_leave_nothing(intent: str) -> None:
    context = Context(topic="pay", occupation=CODER)
    assert noted(context, Turn(intent, "my nurse will be glad", (Mention("occupation", NURSE),))) == context


def test_unclear_names_and_the_own_job_are_not_talked_of() -> None:
    context = Context(topic="pay", occupation=CODER, own=PHARMACY)
    unclear = Mention("occupation", NURSE, (NURSE, PHARMACY))
    assert noted(context, Turn("out_of_scope", "a joke about techs", (unclear,))) == context
    own = Mention("occupation", PHARMACY)
    assert noted(context, Turn("out_of_scope", "a joke about pharmacy techs", (own,))).occupation == CODER
