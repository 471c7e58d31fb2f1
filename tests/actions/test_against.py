"""A job set against one that the message does not name, and jobs and credentials named in passing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.against import in_passing, set_against
from actions.context import Context
from actions.service import Outcome
from actions.turn import Mention, Turn

Ask = Callable[..., Outcome]
CODER, NURSE, MANAGER, TELLERS = "medical-records-technician", "registered-nurse", "health-services-manager", "tellers"
JOBS = {"coders": CODER, "nurses": NURSE, "medical records": CODER, "tellers": TELLERS}


def turn(text: str, intent: str = "ask_pay") -> Turn:
    names = re.finditer("|".join(JOBS), text)
    return Turn(intent, text, tuple(Mention("occupation", JOBS[m.group()], (), m.start(), m.end()) for m in names), 0.7)


TOLD = Context(topic="pay", occupation=CODER, own=TELLERS, recent=(f"occupation:{CODER}",))
BOTH = Context(topic="pay", occupation=CODER, recent=(f"occupation:{NURSE}", f"occupation:{CODER}"))


@pytest.mark.parametrize(
    ("context", "text", "two"),
    [
        # against the job that someone has
        (TOLD, "would that be a pay cut", (CODER, TELLERS)),
        (TOLD, "do nurses earn more than I do", (NURSE, TELLERS)),
        (TOLD, "how does it compare to what i make now", (CODER, TELLERS)),
        (TOLD, "is that better than my current job", (CODER, TELLERS)),
        (TOLD, "how much more would I make", (CODER, TELLERS)),
        (replace(TOLD, own=None), "would that be a pay cut", ()),
        # against the one that was talked of
        (BOTH, "do nurses make more than that", (NURSE, CODER)),
        (BOTH, "do coders at least earn more", (CODER, NURSE)),
        (replace(BOTH, occupation=NURSE), "do they make more than coders", (NURSE, CODER)),
        (BOTH, "and how does that compare to nurses", (CODER, NURSE)),
        (BOTH, "and nurses there, just to compare", ()),
        (BOTH, "what makes coders earn more", ()),
        (BOTH, "do coders make more with a degree", ()),
        (replace(BOTH, topic="duties"), "are nurses happier than that", ()),
        (Context(), "do coders make more than that", ()),
    ],
)
def test_the_two_that_are_weighed(context: Context, text: str, two: tuple[str, ...]) -> None:
    asked = turn(text)
    found = set_against(context, asked)
    assert found.values("occupation") == two if two else found is asked


def test_a_pay_cut_is_answered_with_both_figures_and_the_place_is_kept(ask: Ask) -> None:
    first = ask("pay", said="tellers here. what do coders make in Ohio", occupation=CODER, place="US-OH")
    told = replace(first, context=replace(first.context, own=TELLERS))
    found = ask("pay", after=told, said="would that be a pay cut")
    text, payload = found.message
    assert payload["type"] == "answer" and "a difference of" in text and "Ohio" in text
    assert (found.context.topic, found.context.occupation, found.context.place) == ("pay", CODER, "US-OH")


def test_a_step_on_the_way_is_not_what_is_asked_about() -> None:
    context = Context(topic="how_to_become", occupation=MANAGER)
    found = in_passing(context, turn("could I start out in medical records and work up to it", "ask_how_to_become"))
    assert found.values("occupation") == () and [m.value for m in found.told] == [CODER]
    counts = in_passing(replace(context, topic="education"), turn("so nurses' school wouldn't count?", "follow_up"))
    assert counts.values("occupation") == ()
    works_up = in_passing(context, turn("could coders work up to that", "ask_advancement"))
    assert works_up.intent == "ask_advancement"  # the step itself is asked of both
    assert set(works_up.values("occupation")) == {MANAGER, CODER}
    plain = turn("could I start out in medical records", "ask_how_to_become")
    assert in_passing(context, plain) is plain


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("what if I already have the CCA", False),
        ("is it easier once you've got the CCA", False),
        ("and the CCA", True),
        ("do I have to have the CCA", True),
    ],
)
def test_a_credential_that_one_holds_already(text: str, kept: bool) -> None:
    context = Context(topic="certification", occupation=CODER, credential="ccs")
    mention = Mention("credential", "cca", (), len(text) - 3, len(text))
    found = in_passing(context, Turn("ask_certification", text, (mention,)))
    assert found.values("credential") == (("cca",) if kept else ("ccs",))


def test_after_a_side_question_on_a_job_that_only_statistics_know(ask: Ask) -> None:
    first = ask("pay", said="what do coders make", occupation=CODER)
    side = ask("follow_up", after=first, said="and tellers", occupation=TELLERS)
    assert side.context.occupation == TELLERS
    back = ask("education", after=side, said="how long would I be in school")
    assert (back.message[1]["type"], back.context.occupation) == ("answer", CODER)
    theirs = ask("education", after=side, said="do they need a degree")
    assert (theirs.message[1]["type"], theirs.context.occupation) == ("no_source", TELLERS)


SCHOOLING = Context(topic="experience", occupation=MANAGER)


@pytest.mark.parametrize(
    ("context", "text", "intent", "asked"),
    [
        (SCHOOLING, "I used to be nurses for 8 years, would that count", "ask_fit", "ask_experience"),
        (SCHOOLING, "my time in retail, is that worth anything", "ask_pay", "ask_experience"),
        (replace(SCHOOLING, topic="education"), "mine is a history degree, would it count", "ask_fit", "ask_education"),
        (replace(SCHOOLING, topic="outlook"), "would tellers school count", "ask_education", "ask_education"),
    ],
)
def test_what_someone_brings_along_is_asked_of_the_job_talked_of(
    context: Context, text: str, intent: str, asked: str
) -> None:
    meant = in_passing(context, turn(text, intent))
    assert meant.intent == asked
    assert not meant.values("occupation")


def test_a_job_told_before_a_comma_is_not_asked_about() -> None:
    asked = turn("I work as tellers, what is the pay of that")
    assert not in_passing(replace(SCHOOLING, topic="duties"), asked).values("occupation")


def test_what_is_related_is_asked_of_the_job_talked_of() -> None:
    asked = turn("someone said tellers. is that a similar job", "ask_related_careers")
    meant = in_passing(replace(SCHOOLING, topic="programs"), asked, lambda id: id != TELLERS)
    assert (meant.intent, meant.values("occupation")) == ("ask_related_careers", ())


@pytest.mark.parametrize("text", ["folks say tellers, is that the same job", "so is it the same work as tellers"])
def test_whether_a_job_is_the_same_is_asked_of_both(text: str) -> None:
    meant = in_passing(replace(SCHOOLING, topic="duties"), turn(text, "ask_definition"), lambda id: id != TELLERS)
    assert (meant.intent, meant.values("occupation")) == ("ask_comparison", (MANAGER, TELLERS))
