"""Two things that are weighed: how they differ, one of them measured by the other, the other end of a list, and what a
question names that no source speaks of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.context import Context, understand
from actions.draft import Draft, NoSource, Reply
from actions.leaning import in_context
from actions.named_benefits import named_benefits, none_of_them
from actions.plain_questions import of_public_aid
from actions.references import pointed
from actions.service import Outcome
from actions.topic_words import asks_who_pays
from actions.turn import Mention, Turn

NURSE, ASSISTANT, PHARMACY = "registered-nurse", "medical-assistant", "pharmacy-technician"
CODER, MANAGER, TYPIST = "medical-records-technician", "health-services-manager", "medical-transcriptionist"
Ask = Callable[..., Outcome]
Replies = Callable[..., Reply]
TWO = Context(
    topic="comparison",
    occupation=NURSE,
    second_occupation=CODER,
    options=(f"occupation:{NURSE}", f"occupation:{CODER}"),
    question="nurses or coders, which of them has the most jobs",
)


def of(*ids: str) -> tuple[Mention, ...]:
    return tuple(Mention("occupation", id) for id in ids)


@pytest.mark.parametrize("said", ["vs", "compared with, how do they differ", "versus, i keep mixing them up"])
def test_two_names_and_nothing_else_are_compared(said: str) -> None:
    meant = in_context(Context(), Turn("ask_uncovered", said, of(NURSE, PHARMACY), 0.4))
    assert (meant.intent, meant.settled) == ("ask_comparison", True)
    two = (Mention("credential", "rhit"), Mention("credential", "ccs"))
    assert in_context(Context(), Turn("ask_uncovered", said, two, 0.4)).intent == "ask_comparison"


def test_how_two_differ_is_told_by_what_each_is(replies: Replies) -> None:
    found = replies("difference between them", "comparison", NURSE, second_occupation=MANAGER)
    assert isinstance(found, Draft) and found.headline.text.startswith("Registered nurses are")
    assert any("managers are the people who" in point.text for point in found.points)
    stated = replies("whats the difference between the two", "comparison", PHARMACY, second_occupation=ASSISTANT)
    assert isinstance(stated, Draft) and "while pharmacy technicians help" in stated.headline.text


def test_what_only_one_of_two_is_asked_of_is_said_of_it(replies: Replies) -> None:
    found = replies("which one has less stress", "comparison", NURSE, second_occupation=MANAGER)
    assert isinstance(found, Draft) and "stress" in found.headline.text
    assert found.headline.text.startswith("Registered nurses") and any("side by side" in n.text for n in found.notes)


def test_what_is_harder_to_get_into_takes_more_schooling(replies: Replies) -> None:
    found = replies("which is easier to get into", "comparison", NURSE, second_occupation=CODER)
    assert isinstance(found, Draft) and found.headline.text.startswith("Typical schooling: registered nurses")


@pytest.mark.parametrize("said", ["is the second one harder to break into", "is the second better paid"])
def test_one_of_two_is_measured_by_the_other(said: str) -> None:
    intent = "ask_comparison" if "harder" in said else "nlu_fallback"
    meant = in_context(TWO, Turn(intent, said, (), 0.6))
    assert meant.intent == "ask_comparison" and meant.values("occupation") == (CODER, NURSE)


def test_first_and_second_stay_what_they_were_when_compared_again() -> None:
    new = understand(TWO, Turn("ask_comparison", "is the second calmer", of(CODER, NURSE), settled=True), CODER)
    assert new.options == TWO.options
    assert pointed(new, Turn("ask_work_setting", "does the second work nights", ())).values("occupation") == (CODER,)


@pytest.mark.parametrize("said", ["and the fewest?", "the fewest of them", "ok which one has the fewest"])
def test_the_other_end_of_what_was_compared(said: str) -> None:
    meant = in_context(TWO, Turn("follow_up", said, (), 0.4))
    assert (meant.intent, meant.text) == ("ask_comparison", "nurses or coders, which of them has the fewest jobs")
    assert meant.values("occupation") == (NURSE, CODER)


def test_same_two_after_places_are_these_places() -> None:
    places = ("place:US-TX", "place:US-OK")
    held = Context(
        topic="comparison", occupation=CODER, place="US-TX", second_place="US-OK", options=places, recent=places
    )
    meant = in_context(held, Turn("follow_up", "same two but for nurses", of(NURSE), 0.9))
    assert meant.values("place") == ("US-TX", "US-OK")


def test_which_place_has_more_jobs_counts_them(ask: Ask) -> None:
    _, payload = ask("comparison", said="which has more jobs", occupation=CODER, place=["US-TX", "US-OK"]).message
    assert "employed the most medical records technicians" in payload["headline"]


def test_by_the_hour_is_asked_of_both() -> None:
    held = replace(TWO, topic="pay", place="US-OH", question="pay of both in ohio")
    hourly = Turn("follow_up", "and by the hour", (Mention("pay_period", "hour"),), settled=True)
    assert understand(held, hourly, CODER).second_occupation == CODER


def test_the_top_ones_after_beginners_are_no_beginners() -> None:
    held = Context(topic="pay", occupation=CODER, cues=("starting",), question="what do they start at")
    meant = in_context(held, Turn("nlu_fallback", "and somebody at the top", (), 0.3))
    new = understand(held, meant, CODER)
    assert (new.topic, new.statistic, new.cues) == ("pay", "percentile:90", ())


@pytest.mark.parametrize("said", ["what do new people start at", "where do they start you at"])
def test_what_one_starts_at_is_pay_after_any_topic(said: str) -> None:
    held = Context(topic="skills", occupation=CODER, question="what skills do I need")
    meant = in_context(held, Turn("start_over", said, (), 0.3))
    assert meant.intent == "ask_pay" and "starting" in meant.values("cue")


@pytest.mark.parametrize("said", ["what grade do they start at", "what time do shifts start at"])
def test_what_else_may_start_is_no_pay(said: str) -> None:
    held = Context(topic="skills", occupation=CODER, question="what skills do I need")
    assert in_context(held, Turn("nlu_fallback", said, (), 0.3)).intent != "ask_pay"


def test_the_half_of_a_question_that_has_a_source_is_answered(replies: Replies) -> None:
    said = "is there going to be work for them later or will a machine do it"
    found = replies(said, "outlook", ASSISTANT, cues=("automation",))
    assert isinstance(found, Draft) and "12.5%" in found.headline.text
    assert "artificial intelligence" in found.notes[0].text
    assert isinstance(replies("could a machine replace them", "outlook", ASSISTANT, cues=("automation",)), NoSource)


def test_no_benefit_is_answered_with_another(replies: Replies) -> None:
    assert named_benefits("dental and a 401(k)?") == {"dental", "retirement"}
    assert none_of_them("is there a pension", ["Many employers pay for the certification exam."])
    assert not none_of_them("what perks are there", ["Many employers pay for the certification exam."])
    assert isinstance(replies("would I get my teeth covered, like dental", "benefits", PHARMACY), NoSource)
    assert isinstance(replies("do they have dental", "benefits", CODER), Draft)


@pytest.mark.parametrize(("said", "gap"), [("which of them is cheaper", "exam-fee"), ("is one harder", "pass-rate")])
def test_what_no_source_says_of_credentials_is_not_compared(replies: Replies, said: str, gap: str) -> None:
    found = replies(said, "comparison", credential="rhit", second_credential="cca")
    assert isinstance(found, NoSource) and found.detail == gap


@pytest.mark.parametrize(
    ("text", "aid"),
    [
        ("would a paycheck mess with my section 8", True),
        ("do I lose the disability I draw", True),
        ("how does experience affect the pay they get as a coder", False),
        ("do I have to stop working in medicare billing to become a coder", False),
        ("can I keep a nursing job with a disability", False),
    ],
)
def test_what_a_job_does_to_public_aid_is_told_from_pay(text: str, aid: bool) -> None:
    assert of_public_aid(text) is aid


@pytest.mark.parametrize(
    ("text", "somebody"),
    [
        ("would the clinic pay for my training", True),
        ("do i get paid for my extra hours", False),
        ("are nurses paid for their breaks", False),
        ("does it pay for the effort", False),
    ],
)
def test_who_pays_for_something_is_told_from_what_one_earns(text: str, somebody: bool) -> None:
    assert asks_who_pays(text) is somebody
