"""A name by which something is only measured, and a question that another name or another message comes back to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.against import set_against, stands_beside
from actions.context import Context, understand
from actions.leaning import in_context
from actions.matching import Matches
from actions.nicknames import nicknamed
from actions.service import Outcome, Service
from actions.turn import Mention, Turn
from actions.unanswered import insists, lost
from actions.understanding import passed_by
from knowledge.asked import ANY, Missing, Target
from knowledge.embedding import MiniLM, pack
from knowledge.query import KnowledgeBase

Ask = Callable[..., Outcome]
CODER, MANAGER, NURSE, PHARMACY = (
    "medical-records-technician",
    "health-services-manager",
    "registered-nurse",
    "pharmacy-technician",
)


def vector_of(text: str) -> str:
    return pack(MiniLM().encode([text])[0])


def said(text: str, intent: str, confidence: float, **names: str) -> Turn:
    """A message; `names`: its words for an occupation -> that."""
    mentions = tuple(
        Mention("occupation", id, (), text.index(word), text.index(word) + len(word)) for word, id in names.items()
    )
    return Turn(intent, text, mentions, confidence, ((intent, confidence),))


def talked(topic: str | None, occupation: str = PHARMACY, **more: object) -> Context:
    recent = (f"occupation:{occupation}",)
    return Context(topic=topic, occupation=occupation, question="what is asked", recent=recent, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("work_setting", "is that anywhere near what nurses work"),
        ("skills", "does this resemble what nurses must bring"),
        ("certification", "is it as strict as for nurses"),
        ("outlook", "does that beat nurses"),
        ("education", "is that shorter than for nurses"),
        ("pay", "is that comparable to nurses"),
    ],
)
def test_a_name_that_only_measures_is_set_beside_the_one_talked_of(topic: str, text: str) -> None:
    context = talked(topic, place="US-OH")
    new = understand(context, in_context(context, said(text, "nlu_fallback", 0.3, nurses=NURSE)), CODER)
    assert (new.topic, new.occupation, new.second_occupation) == (topic, PHARMACY, NURSE)
    assert new.question == "what is asked" and new.place == "US-OH"


@pytest.mark.parametrize(
    "text",
    [
        "same state but nurses",
        "same thing, only nurses",
        "the same about nurses",
        "what's it like being a nurses",
        "another question about nurses",
        "more info on nurses",
        "do they want more nurses",
        "which different exams are there that nurses sit",
    ],
)
def test_the_same_of_another_one_is_asked_of_that_one_alone(text: str) -> None:
    asked = in_context(talked("pay", place="US-OH"), said(text, "follow_up", 0.9, nurses=NURSE))
    assert asked.values("occupation") == (NURSE,)


def test_a_comparative_without_a_standard_is_measured_by_the_one_talked_of() -> None:
    context = talked("outlook")
    asked = said("would nurses grow faster", "ask_outlook", 0.8, nurses=NURSE)
    new = understand(context, in_context(context, asked), CODER)
    assert (new.topic, new.occupation, new.second_occupation) == ("outlook", NURSE, PHARMACY)


@pytest.mark.parametrize("text", ["do nurses do better", "or would nurses bring in more money", "are nurses paid less"])
def test_who_does_better_after_pay_is_asked_of_both_in_the_same_place(text: str) -> None:
    context = talked("pay", place="M19740")
    new = understand(context, set_against(context, said(text, "ask_comparison", 0.8, nurses=NURSE)), CODER)
    assert {new.occupation, new.second_occupation} == {NURSE, PHARMACY} and new.place == "M19740"


@pytest.mark.parametrize("text", ["do nurses help with that", "are nurses near it", "is it hard for nurses"])
def test_a_name_that_is_asked_about_itself_is_set_beside_nothing(text: str) -> None:
    asked = in_context(talked("duties"), said(text, "ask_duties", 0.7, nurses=NURSE))
    assert asked.intent != "ask_comparison" and asked.values("occupation") == (NURSE,)


def test_the_whole_of_two_jobs_is_compared_where_one_asks_whether_they_are_the_same() -> None:
    names = {"dental assistant": "dental-assistants"}
    asked = said("is that the same as a dental assistant", "ask_definition", 0.9, **names)
    assert in_context(talked("education"), asked).intent == "ask_comparison"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("how strict are nurses about that", "ask_duties"),
        ("do nurses put up with those", "ask_fit"),
        ("would nurses be any different", "ask_advancement"),
    ],
)
@pytest.mark.parametrize("topic", ["fit", None])
def test_what_no_source_answered_is_asked_again_in_other_words(topic: str | None, text: str, intent: str) -> None:
    context = talked(topic, unanswered="benefits")
    asked = in_context(context, said(text, intent, 0.5, nurses=NURSE))
    assert asked.settled and asked.intent == "follow_up" and asked.values("occupation") == (NURSE,)


def test_a_topic_of_its_own_is_asked_anew_after_what_no_source_answered() -> None:
    own = said("what degree do nurses need for that", "ask_education", 0.7, nurses=NURSE)
    assert in_context(talked("fit", unanswered="benefits"), own).intent != "follow_up"


def test_what_is_far_off_for_the_other_name_is_not_answered() -> None:
    before = Matches(((Target(PHARMACY, "setting.conditions", "on-feet"), 0.95),))
    assert lost(before, Matches(((Target(MANAGER, "duties.summary"), 0.6),)))
    assert not lost(before, Matches(((Target(MANAGER, "setting.conditions", "at-a-desk"), 0.6),)))


def test_the_one_of_several_questions_that_had_no_answer_is_come_back_to() -> None:
    left = ("benefits", "is parking free", vector_of("is parking free"))
    context = talked("duties", vector=vector_of("what do they do"), left=left)
    back = replace(said("i meant the parking", "ask_duties", 0.4), vector=vector_of("i meant the parking"))
    found = insists(context, back, 0.4)
    assert found is not None and found.intent == "ask_uncovered" and found.vector == context.left[2]
    other = replace(said("which tasks exactly", "ask_duties", 0.4), vector=vector_of("which tasks exactly"))
    assert insists(context, other, 0.4) is None
    assert insists(replace(context, left=()), back, 0.4) is None


def test_a_part_without_an_answer_is_remembered_for_one_turn(service: Service) -> None:
    first, second = "what do nurses do", "is parking free for nurses"
    parts = tuple(
        replace(said(text, intent, 0.9, nurses=NURSE), vector=vector_of(text))
        for text, intent in ((first, "ask_duties"), (second, "ask_uncovered"))
    )
    whole = replace(said(f"{first} and {second}", "ask_duties", 0.5), parts=parts, vector=vector_of(first))
    outcome = service.several(Context(), whole)
    assert outcome is not None and outcome.context.left[1] == second
    assert Context.from_slots(outcome.context.to_slots()).left == outcome.context.left
    assert understand(outcome.context, said("and coders?", "follow_up", 0.9, coders=CODER), CODER).left == ()


def test_the_price_after_a_credential_is_that_of_its_exam() -> None:
    asked = in_context(talked("certification", CODER, credential="cpc"), said("and the cost", "follow_up", 0.7))
    assert asked.intent == "ask_tuition" and asked.values("credential") == ("cpc",)


def test_who_gives_two_credentials_is_told_of_both_and_still_about_certification(ask: Ask) -> None:
    first = ask("certification", said="who gives the CPC", credential="cpc", cue="issuer")
    both = ask("follow_up", said="and the CCA and the RHIT", after=first, credential=["cca", "rhit"])
    assert both.message[1]["topic"] == "certification" and "AHIMA" in both.message[1]["headline"]


def test_sources_differ_on_the_job_that_some_hold_to_be_the_same(service: Service, ask: Ask) -> None:
    first = ask("education", said="how much schooling is it", occupation="health-information-technician")
    found = service.about(first.context, Turn("ask_disagreement", "do sources agree on this"))
    assert found.message[1]["occupation"] == "health-information-technician"
    assert "something else than my main source" in found.message[0]


def test_what_no_source_says_stands_against_a_figure_that_is_asked_of_anyone() -> None:
    gap = ((Missing("living", "pay", "living costs"), 0.76),)
    assert passed_by(Matches(((Target(ANY, "pay.annual"), 0.7),), gap))
    assert not passed_by(Matches(((Target(ANY, "pay.annual"), 0.74),), gap))
    assert not passed_by(Matches(((Target(NURSE, "pay.factor"), 0.7),), gap))


@pytest.mark.parametrize(
    ("text", "lives"),
    [
        ("would that cover my own place in Reno", True),
        ("and is it livable in Reno", True),
        ("is it more in Reno", False),
        ("what does a home aide get in Reno", False),
    ],
)
def test_whether_one_can_live_on_pay_no_source_says(text: str, lives: bool) -> None:
    start = text.index("Reno")
    asked = Turn("ask_pay", text, (Mention("place", "M39900", (), start, start + 4),), 0.9)
    assert (in_context(talked("pay", place="US-NV"), asked).intent == "ask_uncovered") is lives


@pytest.mark.parametrize(
    ("text", "name", "meant"),
    [
        ("My aunt is a nurse. I type fast. Do the dictation people work nights?", "nurse", "medical-transcriptionist"),
        ("what would a nurse get, sorry, the pharmacy one", "nurse", PHARMACY),
        ("do the pharmacy people like a nurse better", "nurse", NURSE),
    ],
)
def test_a_word_in_the_question_beats_a_name_beside_it(
    knowledge: KnowledgeBase, text: str, name: str, meant: str
) -> None:
    asked = said(text, "ask_work_setting", 0.7, **{name: NURSE})
    assert nicknamed(knowledge.catalog, Context(), asked).values("occupation") == (meant,)


def test_the_second_of_two_names_is_meant_where_it_mends_the_first(knowledge: KnowledgeBase) -> None:
    asked = said("pay for a nurse in Reno, i mean a manager", "ask_pay", 0.9, nurse=NURSE, manager=MANAGER)
    assert nicknamed(knowledge.catalog, Context(), asked).values("occupation") == (MANAGER,)


def test_a_name_stands_beside_a_question_that_comes_later() -> None:
    story = said("My aunt is a nurse. I like quiet. do typists work alone", "ask_fit", 0.7, nurse=NURSE)
    assert stands_beside(story, story.mentions[0])
