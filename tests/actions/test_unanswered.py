"""A question that no source answers, asked again of another name; a name beside a question of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.context import Context, understand
from actions.leaning import in_context
from actions.matching import Matches
from actions.plain_pay import asks_something_else
from actions.routing import UNCOVERED
from actions.service import Service
from actions.turn import Mention, Turn
from actions.unanswered import lost, repeats
from actions.understanding import ease
from knowledge.asked import Missing, Target
from knowledge.embedding import MiniLM, pack

CODER, NURSE, DEFAULT = "medical-records-technician", "registered-nurse", "medical-records-technician"
KENNELS = "do coders get to bring their dog along"


def vector_of(text: str) -> str:
    return pack(MiniLM().encode([text])[0])


def named(text: str, name: str, id: str, intent: str = "follow_up", confidence: float = 0.95) -> Turn:
    """A message with one name in it: a place if the id is that of one, else an occupation."""
    kind = "place" if id.startswith("US-") or id[1:].isdigit() else "occupation"
    start = text.index(name)
    return Turn(intent, text, (Mention(kind, id, (), start, start + len(name)),), confidence)


def asked(question: str = KENNELS) -> Turn:
    return Turn(
        "ask_uncovered",
        question,
        (Mention("occupation", CODER, (), question.index("coders"), question.index("coders") + 6),),
        0.9,
        (("ask_uncovered", 0.9), ("ask_benefits", 0.1)),
        vector_of(question),
    )


def test_what_no_source_answers_is_asked_again_of_the_next_name(service: Service) -> None:
    first = service.uncovered(Context(), asked())
    assert first.message[1]["type"] == "no_source"
    second = service.topic(first.context, named("and nurses?", "nurses", NURSE))
    assert second.message[1]["type"] == "no_source" and second.context.occupation == NURSE
    assert second.context.question == KENNELS and second.gap is not None
    third = service.topic(second.context, named("transcriptionists?", "transcriptionists", "medical-transcriptionist"))
    assert third.message[1]["type"] == "no_source"


def test_the_next_name_has_an_answer_where_its_sources_say_so(service: Service) -> None:
    context = Context(
        topic="fit",
        unanswered="work_setting",
        occupation=CODER,
        question="do they work at night and on weekends",
        vector=vector_of("do nurses work at night and on weekends"),
    )
    found = service.topic(context, named("and nurses?", "nurses", NURSE)).message
    assert found[1]["type"] == "answer" and "night" in found[0]


@pytest.mark.parametrize(
    ("turn", "again"),
    [
        (named("and nurses?", "nurses", NURSE), True),
        (named("and in Ohio?", "Ohio", "US-OH"), False),
        (named("what do nurses earn", "nurses", NURSE, "ask_pay"), False),
        (Turn("follow_up", "and now?"), False),
    ],
)
def test_only_another_occupation_asks_it_again(turn: Turn, again: bool) -> None:
    context = Context(topic="fit", occupation=CODER, unanswered="benefits", question=KENNELS)
    assert repeats(context, turn) is again
    assert not repeats(Context(topic="fit", occupation=CODER, question=KENNELS), turn)


@pytest.mark.parametrize(
    ("text", "place", "own"),
    [
        ("and over in Reno?", "Reno", False),
        ("what about Reno, my mom is there", "Reno", False),
        ("I live near Reno", "Reno", False),
        ("is Reno nice", "Reno", True),
        ("do people like it in Reno", "Reno", True),
        ("do Reno clinics make you wear white", "Reno", True),
        ("why is Reno so far behind", "Reno", True),
    ],
)
def test_a_name_makes_no_follow_up_of_a_question_of_its_own(text: str, place: str, own: bool) -> None:
    assert asks_something_else(named(text, place, "M39900")) is own


def test_talk_about_a_place_stays_talk() -> None:
    pay = Context(topic="pay", occupation=NURSE, place="US-NV", question="what do nurses make in nevada")
    town = named("is it noisy in Reno", "Reno", "M39900", "out_of_scope", 0.7)
    assert in_context(pay, town).intent == "out_of_scope"
    lives = named("he lives in Reno", "Reno", "M39900", "out_of_scope", 0.7)
    assert in_context(pay, lives).intent == "follow_up"


def test_who_takes_beginners_is_no_question_of_pay() -> None:
    pay = Context(topic="pay", occupation=NURSE, place="US-NV", question="what do nurses make in nevada")

    def starting(text: str, name: str) -> Turn:
        turn = named(text, name, "M39900", "follow_up", 0.4)
        return replace(turn, mentions=(*turn.mentions, Mention("cue", "starting")))

    assert in_context(pay, starting("somebody brand new in Reno", "Reno")).settled
    assert not in_context(pay, starting("does Reno take brand new people", "Reno")).settled


def test_a_place_beside_other_words_asks_for_no_pay() -> None:
    license = Context(topic="certification", occupation=NURSE, question="do nurses need a license")
    asks = named("would Oregon recognize mine if I transferred", "Oregon", "US-OR")
    assert understand(license, asks, DEFAULT).topic == "certification"
    there = named("and in Oregon?", "Oregon", "US-OR")
    assert understand(license, there, DEFAULT).topic == "certification"  # a state may rule on it
    assert understand(replace(license, topic="duties"), there, DEFAULT).topic == "pay"
    figures = replace(license, recent=("occupation:registered-nurse", "place:US-ID"))
    assert understand(figures, there, DEFAULT).topic == "pay"  # places were talked of before
    assert understand(license, named("what does it pay in Oregon", "Oregon", "US-OR"), DEFAULT).topic == "pay"


def test_a_place_leaves_the_list_of_states_with_most_jobs() -> None:
    ranked = Context(topic="outlook", occupation=NURSE, question="which states have most nurses", cues=("states",))
    country = understand(ranked, named("and the whole country?", "whole country", "US-US"), DEFAULT)
    assert country.question == "and the whole country?" and "states" not in country.cues


@pytest.mark.parametrize(
    ("intent", "topic", "gap", "easier"),
    [
        ("ask_work_setting", "work_setting", 0.86, False),  # "can you do it from home"
        (UNCOVERED, "work_setting", 0.86, False),
        ("ask_certification", "work_setting", 0.8, True),  # what it is surely of is not what lies nearest
        ("ask_work_setting", "work_setting", 0.7, True),
    ],
)
def test_a_message_that_leans_is_answered_more_easily_unless_what_no_source_answers_is_clearly_nearer(
    intent: str, topic: str, gap: float, easier: bool
) -> None:
    known = ((Target("medical-assistant", "setting.hours"), 0.68),)
    found = Matches(known, ((Missing("remote", topic, "working from home"), gap),))
    said = Turn(intent, "can it be done from my kitchen", (), 0.8, (("ask_work_setting", 0.8),))
    assert (ease(said, found, leaning=True) < 1.0) is easier


def test_what_one_occupation_alone_is_asked_for_has_no_answer_for_another(service: Service) -> None:
    """ "For coders?", after the criminal check of pharmacies: certification, which is near, was not asked about."""
    question = "do pharmacies look into the criminal past of a technician"
    mention = Mention("occupation", "pharmacy-technician", (), 3, 13)
    first = service.topic(
        Context(), Turn("ask_certification", question, (mention,), 0.9, (), vector_of(question), settled=True)
    )
    assert first.message[1]["type"] == "answer" and "background" in first.message[0]
    second = service.topic(first.context, named("for coders?", "coders", CODER))
    assert second.message[1]["type"] == "no_source"


def test_what_both_are_asked_for_is_answered_for_each(service: Service) -> None:
    question = "do medical assistants have to be certified"
    mention = Mention("occupation", "medical-assistant", (), 3, 21)
    first = service.topic(
        Context(), Turn("ask_certification", question, (mention,), 0.9, (), vector_of(question), settled=True)
    )
    second = service.topic(first.context, named("and coders?", "coders", CODER))
    assert second.message[1]["type"] == "answer" and "certified" in second.message[1]["headline"]


def test_what_is_nearly_as_near_for_the_other_name_is_answered() -> None:
    gap = ((Missing("orientation", "experience", "how long orientation lasts"), 0.73),)
    training, length = (Target(DEFAULT, name) for name in ("experience.training", "education.length"))
    before = Matches(((training, 0.96), (length, 0.85)), gap)
    assert not lost(before, Matches(((length, 0.82),), gap))
    assert lost(before, Matches(((length, 0.66),), gap))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("how big a differential do evenings get", "ask_uncovered"),
        ("and nights?", "ask_work_setting"),  # no word of its own speaks of pay
    ],
)
def test_what_the_conversation_gives_a_topic_is_a_gap_by_words_of_its_own(
    service: Service, text: str, intent: str
) -> None:
    context = Context(topic="work_setting", occupation="pharmacy-technician", question="do they work late")
    ranking = (("ask_uncovered", 0.6), ("ask_work_setting", 0.2))
    given = Turn("ask_work_setting", text, (), 0.4, ranking, pack(MiniLM().encode([text])[0]), settled=True)
    assert service.reading.routed(context, given).intent == intent
