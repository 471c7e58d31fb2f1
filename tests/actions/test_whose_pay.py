"""Whose pay a question asks for: of the managers of a place, of some people of an occupation, of nobody that figures
know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.answering import reply
from actions.at_the_head import MANAGER, at_the_head
from actions.context import Context, understand
from actions.draft import Draft, NoSource
from actions.judging import AGAINST_ALL, growth_judged
from actions.leaning import in_context
from actions.plain_questions import beyond_figures
from actions.routing import UNCOVERED
from actions.turn import Mention, Turn
from actions.unknown_jobs import unknown_job
from actions.whose_pay import beyond_the_figures
from components.parts import parts
from knowledge.query import KnowledgeBase

NURSE, ASSISTANT = "registered-nurse", "medical-assistant"
OF_NURSES = Context(topic="duties", occupation=NURSE, recent=(f"occupation:{NURSE}",))


def said(text: str, *names: tuple[str, str, str], intent: str = "ask_pay", **more: object) -> Turn:
    """A turn with what stands for a name in it: kind, value, words."""
    mentions = tuple(
        Mention(kind, value, start=text.index(words), end=text.index(words) + len(words))
        for kind, value, words in names
    )
    return Turn(intent, text, mentions, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("what does the head of a clinic get", "outpatient-centers", "clinic"),
        ("who is in charge of the whole hospital and what do they earn", "hospitals", "hospital"),
        ("my aunt wants to run a care home one day", "nursing-care", "care home"),
        ("salary for the ceo at a medical center", "hospitals", "medical center"),
    ],
)
def test_who_leads_a_place_of_care_is_a_manager(text: str, kind: str, words: str) -> None:
    found = at_the_head(said(text, ("employer_type", kind, words)))
    assert (found.values("occupation"), found.values("employer_type")) == ((MANAGER,), ())


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("is the pay better at a hospital", "hospitals", "hospital"),
        ("my boss at the clinic says pay is low", "outpatient-centers", "clinic"),
        ("what does the manager of a drugstore make", "pharmacies", "drugstore"),
        ("are they busy running clinic schedules", "outpatient-centers", "clinic"),
        ("who is the director of a hospital lab", "hospitals", "hospital"),
        ("do they run nursing homes", "nursing-care", "nursing homes"),
    ],
)
def test_an_employer_alone_is_where_somebody_works(text: str, kind: str, words: str) -> None:
    turn = said(text, ("employer_type", kind, words))
    assert at_the_head(turn) is turn


def test_a_named_occupation_stays_the_one_that_is_meant() -> None:
    turn = said("do coders ever run a clinic", ("occupation", "coder", "coders"), ("employer_type", "x", "clinic"))
    assert at_the_head(turn) is turn


@pytest.mark.parametrize(
    "turn",
    [
        said("do they get paid better than an ordinary RN", ("occupation", NURSE, "RN")),
        said("is that more than the average staff nurse makes", ("occupation", NURSE, "nurse")),
        said("do those in oncology make more than the ones in sports medicine"),
        said("which of the two earns more"),
        said("what's the best state to do this in for a short commute"),
    ],
)
def test_some_people_against_others_have_no_figures(turn: Turn) -> None:
    assert beyond_the_figures(OF_NURSES, turn)


@pytest.mark.parametrize(
    ("context", "turn"),
    [
        (
            replace(OF_NURSES, beside="nurse-practitioners"),
            said("do they make more than RNs", ("occupation", NURSE, "RNs")),
        ),
        (replace(OF_NURSES, occupation=ASSISTANT), said("do they make more than RNs", ("occupation", NURSE, "RNs"))),
        (OF_NURSES, said("do RNs make more than those in schools", ("employer_type", "schools", "schools"))),
        (OF_NURSES, said("do they earn more than people my age")),
        (replace(OF_NURSES, options=("occupation:a", "occupation:b")), said("which of the two earns more")),
        (OF_NURSES, said("best city for pay")),
        (OF_NURSES, said("best towns for seasoned nurses", ("occupation", NURSE, "nurses"))),
        (OF_NURSES, said("does a certified one earn more than people without a certificate")),
        (OF_NURSES, said("do the senior ones make more than those who began last year")),
        (
            replace(OF_NURSES, topic="pay", place="US-UT"),
            said("is that less than most nurses get", ("occupation", NURSE, "nurses")),
        ),
        (OF_NURSES, said("what is the best state for a nurse", ("occupation", NURSE, "nurse"))),
    ],
)
def test_what_the_figures_know_stays_a_question_of_pay(context: Context, turn: Turn) -> None:
    assert not beyond_the_figures(context, turn)


@pytest.mark.parametrize(
    "text", ["what is it per claim", "do we get paid through the winter break", "pay for each visit"]
)
def test_no_table_has_a_row_for_a_unit_of_work_or_a_season(text: str) -> None:
    assert beyond_figures(text)


@pytest.mark.parametrize("text", ["what is it per hour", "what's the pay in the summer camp"])
def test_a_unit_of_time_has_one(text: str) -> None:
    assert not beyond_figures(text)


@pytest.mark.parametrize("text", ["whats an LVN paid", "How much are APRNs making"])
def test_letters_that_nothing_knows_are_a_job_of_their_own(text: str) -> None:
    assert unknown_job(Turn("ask_pay", text)) in ("LVN", "APRNs")


def test_nothing_says_why_one_place_pays_what_it_does() -> None:
    of_a_place = Context(topic="pay", occupation=NURSE, place="US-OH")
    asked = Turn("ask_pay", "how come it's that low over there")
    assert in_context(of_a_place, asked).intent == UNCOVERED
    assert in_context(replace(of_a_place, place=None), asked).intent == "ask_pay"


@pytest.mark.parametrize("text", ["and what would those charge", "how much will that set me back"])
def test_what_schools_charge_is_no_pay(text: str) -> None:
    found = in_context(Context(topic="programs", occupation=NURSE), Turn("ask_pay", text, confidence=0.4))
    assert (found.intent, found.ranking[0][0]) == (UNCOVERED, "ask_tuition")


@pytest.mark.parametrize("text", ["is 9 percent a lot", "is that fast", "and most other jobs?", "what's typical"])
def test_growth_is_judged_by_that_of_all_occupations(text: str) -> None:
    found = growth_judged(Context(topic="outlook", occupation=NURSE), Turn("nlu_fallback", text))
    assert found is not None and (found.intent, found.text) == ("ask_outlook", AGAINST_ALL)


@pytest.mark.parametrize(
    "text", ["is it a good job for beginners", "what do all jobs pay", "is that normal for night shifts"]
)
def test_what_asks_more_than_that_is_not(text: str) -> None:
    assert growth_judged(Context(topic="outlook", occupation=NURSE), Turn("nlu_fallback", text)) is None


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("ask_related_careers", "which other jobs are like that"),
        ("ask_fit", "is that good for me"),
        ("ask_pay", "and the average starting"),
        ("ask_pay", "is $30 good"),
    ],
)
def test_a_question_of_another_topic_is_no_judgement_on_growth(intent: str, text: str) -> None:
    turn = Turn(intent, text, confidence=0.9)
    assert growth_judged(Context(topic="outlook", occupation=NURSE), turn) is None


@pytest.mark.parametrize("text", ["so which tests do those run", "what classes do they run", "what is charge capture"])
def test_what_schools_run_is_no_price(text: str) -> None:
    found = in_context(Context(topic="programs", occupation=NURSE), Turn("ask_programs", text, confidence=0.4))
    assert found.ranking[:1] != (("ask_tuition", 1.0),)


def test_pay_of_at_least_a_sum_is_not_the_least(knowledge: KnowledgeBase) -> None:
    context = Context(topic="pay", occupation=NURSE, cues=("employers",), question="who pays at least 80k")
    found = reply(knowledge, context)
    assert isinstance(found, Draft) and "paid least" not in found.headline.text


@pytest.mark.parametrize(
    "question", ["openings in the years to come", "will it grow or shrink", "is project work usual"]
)
def test_a_word_that_is_also_the_code_of_a_state_names_none(question: str, knowledge: KnowledgeBase) -> None:
    for place in ("US-IN", "US-OR"):
        context = Context(topic="outlook", occupation=NURSE, place=place, question=question)
        assert isinstance(reply(knowledge, context), Draft)


def test_after_why_a_follow_up_keeps_what_it_says_itself() -> None:
    why = Context(topic="pay", occupation=NURSE, question="why so low", cues=("pay-factor", "why"))
    new = understand(why, Turn("follow_up", "and the starters?", (Mention("cue", "starting"),)), NURSE)
    assert new.cues == ("starting",)


def test_a_place_after_two_occupations_takes_the_place_of_the_one_before() -> None:
    two = Context(topic="comparison", occupation=NURSE, second_occupation=ASSISTANT, place="M46060")
    two = replace(two, question="who earns more", options=(f"occupation:{NURSE}", f"occupation:{ASSISTANT}"))
    new = understand(two, said("oops, all of Utah", ("place", "US-UT", "Utah"), intent="follow_up"), NURSE)
    assert (new.place, new.second_place, new.second_occupation) == ("US-UT", None, ASSISTANT)


@pytest.mark.parametrize(("question", "known"), [("any openings in Utah", False), ("how many work in Utah", True)])
def test_a_state_has_workers_and_no_projections(question: str, known: bool, knowledge: KnowledgeBase) -> None:
    found = reply(knowledge, Context(topic="outlook", occupation=NURSE, place="US-UT", question=question))
    assert isinstance(found, Draft if known else NoSource)
    assert known or (isinstance(found, NoSource) and found.nearby)


def test_the_kind_of_place_that_pays_least_is_asked_for(knowledge: KnowledgeBase) -> None:
    context = Context(topic="pay", occupation=NURSE, cues=("employers",), question="what sort of place pays least")
    found = reply(knowledge, context)
    assert isinstance(found, Draft) and "paid least" in found.headline.text


def test_a_liking_beside_a_question_is_no_question() -> None:
    assert len(parts("hospice nurse seems great honestly. how is the money in homes")) < 2
    assert len(parts("what does a nurse do all day? and how is the money in homes")) == 2
