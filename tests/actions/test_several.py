"""Several questions in one message: one answer that keeps the contract of the payload."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from actions.answering import reply
from actions.context import Context
from actions.draft import MAX_POINTS, Draft, NoSource
from actions.payload import Renderer
from actions.service import Outcome, Service
from actions.several import PART_POINTS, merged
from actions.turn import Mention, Turn
from knowledge.embedding import MiniLM, pack
from knowledge.query import Evidence, KnowledgeBase
from tests import checks

CODER, NURSE = "medical-records-technician", "registered-nurse"
Find = Callable[[str], "Evidence | None"]
FEES = NoSource("certification", CODER, "exam fees", detail="exam-fee")


def part(knowledge: KnowledgeBase, topic: str, occupation: str = CODER, **named: Any) -> Draft:
    found = reply(knowledge, Context(topic=topic, occupation=occupation, question="Tell me.", **named))
    assert isinstance(found, Draft)
    return found


def rendered(knowledge: KnowledgeBase, *parts: Draft | NoSource) -> tuple[str, dict[str, Any]]:
    return Renderer(knowledge.catalog.editions).answer(merged(parts))


@pytest.mark.parametrize(
    "topics",
    [
        ("duties", "pay"),
        ("pay", "duties"),
        ("education", "certification", "pay"),
        ("outlook", "pay"),
        ("comparison", "skills"),
        ("benefits", "tuition", "programs"),
    ],
)
def test_the_answer_keeps_the_contract(topics: tuple[str, ...], knowledge: KnowledgeBase, find: Find) -> None:
    parts = [part(knowledge, topic) for topic in topics]
    text, payload = rendered(knowledge, *parts)
    assert checks.reply_faults(text, payload, find) == []
    assert payload["topic"] == topics[0]
    assert len(payload["points"]) <= MAX_POINTS


@pytest.mark.parametrize("topics", [("duties", "pay"), ("education", "certification", "pay")])
def test_each_part_has_its_headline_and_its_first_points(topics: tuple[str, ...], knowledge: KnowledgeBase) -> None:
    parts = [part(knowledge, topic) for topic in topics]
    text, payload = rendered(knowledge, *parts)
    assert payload["headline"].startswith(parts[0].headline.text)
    assert len(payload["sections"]) == len(topics) - 1
    for section, own in zip(payload["sections"], parts[1:]):
        assert payload["points"][section]["text"].startswith(own.headline.text)
        following = payload["points"][section + 1]["text"]
        assert following.startswith(own.points[0].text)
    lines = checks.body(text)
    for section in payload["sections"]:  # set apart in the text as well: no bullet
        assert payload["points"][section]["text"] in lines
    assert sum(line.startswith("•") for line in lines) >= PART_POINTS[len(topics)] * len(topics)


def test_of_four_parts_those_that_say_but_little_get_a_point(knowledge: KnowledgeBase) -> None:
    topics = ("duties", "skills", "work_setting", "advancement")
    parts = [part(knowledge, topic) for topic in topics]
    single = [one for one in parts[3].points if not one.statements[0].indicator.endswith(".summary")]
    little = replace(parts[3], headline=single[0])
    found = merged([little, *parts[:3]])
    assert len(found.points) <= MAX_POINTS
    assert found.sections == (1, 2, 3)
    assert merged(parts).points == tuple(one.headline for one in parts[1:])


def test_a_chart_and_differing_figures_are_those_of_a_part(knowledge: KnowledgeBase) -> None:
    duties, pay = part(knowledge, "duties"), part(knowledge, "pay")
    assert merged([duties, pay]).chart == pay.chart is not None
    assert merged([pay, duties]).others == pay.others[:2]
    assert merged([pay, duties]).others_note == pay.others_note


def test_a_part_without_a_source_is_said(knowledge: KnowledgeBase, find: Find) -> None:
    text, payload = rendered(knowledge, FEES, part(knowledge, "pay"))
    assert "I have no source that covers exam fees." in text.split("\n")
    assert {"text": "I have no source that covers exam fees.", "citations": []} in payload["notes"]
    assert (payload["topic"], payload["sections"]) == ("pay", [])
    assert checks.reply_faults(text, payload, find) == []


def test_what_two_parts_say_alike_is_said_once(knowledge: KnowledgeBase) -> None:
    pay = part(knowledge, "pay")
    text, payload = rendered(knowledge, pay, pay)
    assert len(payload["notes"]) == len(pay.notes)
    assert text.count("Sources:") == 1


def test_nothing_but_gaps_is_no_answer() -> None:
    with pytest.raises(ValueError, match="no part has an answer"):
        merged([FEES])


# --- whole turns


def message(*parts: tuple[str, str, dict[str, str]]) -> Turn:
    """A message of several questions: (intent, words, names)."""
    turns = tuple(
        Turn(intent, words, tuple(Mention(kind, value) for kind, value in named.items()))
        for intent, words, named in parts
    )
    return Turn(turns[0].intent, " and ".join(turn.text for turn in turns), turns[0].mentions, parts=turns)


def said(outcome: Outcome | None) -> tuple[str, dict[str, Any]]:
    assert outcome is not None
    return outcome.message


def test_a_later_question_leans_on_an_earlier_one(service: Service, find: Find) -> None:
    turn = message(("ask_pay", "what do nurses earn in Ohio", {"occupation": NURSE, "place": "US-OH"}),
                   ("ask_duties", "what do they do all day", {}))  # fmt: skip
    outcome = service.several(Context(), turn)
    text, payload = said(outcome)
    assert checks.reply_faults(text, payload, find) == []
    assert "registered nurses" in payload["headline"].lower() and "Ohio" in payload["headline"]
    assert "nurses" in payload["points"][payload["sections"][0]]["text"].lower()
    assert outcome is not None and (outcome.context.topic, outcome.context.occupation) == ("duties", NURSE)


@pytest.mark.parametrize(
    "turn",
    [
        pytest.param(
            message(("ask_pay", "how much is it a year", {}), ("ask_pay", "so what's the pay", {})), id="the same twice"
        ),
        pytest.param(
            message(("smalltalk", "how are you today", {}), ("ask_pay", "what is the pay", {})),
            id="small talk, one question",
        ),
        pytest.param(
            message(("ask_uncovered", "what does the exam cost", {}), ("ask_uncovered", "can I retake it", {})),
            id="nothing that a source answers",
        ),
    ],
)  # fmt: skip
def test_a_message_with_but_one_question_is_answered_as_one(turn: Turn, service: Service) -> None:
    assert service.several(Context(), turn) is None


def test_what_no_source_covers_is_said_and_recorded(service: Service, find: Find) -> None:
    turn = message(("ask_uncovered", "what does the exam cost", {}), ("ask_pay", "and what is the pay", {}))
    outcome = service.several(Context(), turn)
    text, payload = said(outcome)
    assert checks.reply_faults(text, payload, find) == []
    assert any(note["text"].startswith("I have no source that covers") for note in payload["notes"])
    assert outcome is not None and outcome.gap is not None
    assert outcome.gap.occupation == CODER


def test_nothing_leans_on_a_question_that_no_source_answers(service: Service) -> None:
    """ "What does Epic certification cost, and what does it run?": the second is no question on duties."""
    fee = Turn("ask_uncovered", "what does Epic certification cost")
    vector = pack(MiniLM().encode(["what does it run?"])[0])
    ranking = (("ask_duties", 0.6), ("ask_uncovered", 0.1))
    vague = Turn("ask_duties", "what does it run?", confidence=0.6, ranking=ranking, vector=vector)
    assert service.several(Context(), Turn("ask_uncovered", "…", parts=(fee, vague))) is None
    plain = Turn("ask_duties", "what do coders do")
    text, _ = said(service.several(Context(), Turn("ask_uncovered", "…", parts=(fee, plain))))
    assert "put together, process" in text  # one that says what it asks is answered


def test_a_name_that_may_mean_several_things_is_not_guessed(service: Service, find: Find) -> None:
    unclear = Turn("ask_pay", "pay in Springfield", (Mention("place", "M44100", ("M44100", "M44180")),))
    clear = [Turn("ask_duties", "what do coders do"), Turn("ask_outlook", "is the field growing")]
    outcome = service.several(Context(), Turn("ask_pay", "…", parts=(unclear, *clear)))
    text, payload = said(outcome)
    assert checks.reply_faults(text, payload, find) == []
    assert "Springfield" not in text
    assert payload["topic"] == "duties"


def test_the_one_name_outside_the_questions_is_what_they_are_about(service: Service) -> None:
    parts = message(("ask_pay", "what's the pay", {}), ("ask_education", "how long is school", {}))
    text = "I want to be a nurse"
    whole = replace(parts, text=f"{text}. {parts.text}", mentions=(Mention("occupation", NURSE, (), 15, 20),))
    _, payload = said(service.several(Context(), whole))
    assert payload["occupation"] == NURSE and "Registered nurses" in payload["headline"]


def test_a_bare_note_is_its_topic_whatever_the_classifier_says(service: Service, find: Find) -> None:
    notes = (
        replace(
            Turn("smalltalk", "nurse growth", (Mention("occupation", NURSE, (), 0, 5),)), named="outlook", bare=True
        ),
        replace(Turn("nlu_fallback", "nurse $"), named="pay", bare=True),
    )
    text, payload = said(service.several(Context(), Turn("ask_duties", "nurse: growth, $", parts=notes)))
    assert checks.reply_faults(text, payload, find) == []
    assert payload["topic"] == "outlook" and "earned a median" in payload["points"][payload["sections"][0]]["text"]


def test_the_pay_of_what_one_can_become(service: Service) -> None:
    turn = message(("ask_advancement", "what can coders become", {}), ("ask_pay", "and how much does that pay", {}))
    _, payload = said(service.several(Context(), turn))
    assert "services managers in the united states earned" in payload["points"][payload["sections"][0]]["text"].lower()


def test_a_later_question_is_placed_by_its_cue(service: Service) -> None:
    expire = Turn("ask_currency", "does it expire", (Mention("cue", "renewal", (), 8, 14),))
    first = Turn(
        "ask_certification",
        "must a transcriptionist be certified",
        (Mention("occupation", "medical-transcriptionist"),),
    )
    text, payload = said(service.several(Context(), Turn("ask_certification", "…", parts=(first, expire))))
    assert payload["topic"] == "certification" and "run out after" in text
