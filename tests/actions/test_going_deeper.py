"""Questions that go into what was just answered: a step up, a credential, a school's program. On the real knowledge."""

from __future__ import annotations

import pytest

from actions.context import Context
from actions.leaning import in_context
from actions.matching import matches
from actions.service import Service
from actions.short_questions import of_schooling
from actions.together import of_the_step
from actions.turn import Mention, Turn
from actions.understanding import ease
from knowledge.asked import Missing, Target
from knowledge.embedding import MiniLM, pack

NURSE, CODER = "registered-nurse", "medical-records-technician"
PATH, ROLE = Target(NURSE, "advancement.path", "a"), Target(NURSE, "advancement.role", "b")
SUMMARY, DEGREES = Target(NURSE, "advancement.summary"), Target(NURSE, "education.summary")


def said(text: str, intent: str, confidence: float = 0.9, *mentions: Mention) -> Turn:
    vector = pack(MiniLM().encode([text])[0])
    return Turn(intent, text, mentions, confidence, ((intent, confidence),), vector)


def after(question: str, topic: str, occupation: str = NURSE, **more: str) -> Context:
    vector = pack(MiniLM().encode([question])[0])
    return Context(topic=topic, occupation=occupation, question=question, vector=vector, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "alone", "meant"),
    [
        ({ROLE: 0.9, PATH: 0.8}, {PATH: 0.5, DEGREES: 0.6}, PATH),
        ({ROLE: 0.9, PATH: 0.5}, {PATH: 0.5, DEGREES: 0.6}, None),  # the question before was not about that
        ({ROLE: 0.9, PATH: 0.8}, {PATH: 0.5, DEGREES: 0.75}, None),  # of the occupation itself
        ({ROLE: 0.9, PATH: 0.8}, {PATH: 0.4, DEGREES: 0.4}, None),
        ({SUMMARY: 0.9}, {SUMMARY: 0.8}, None),  # which was said
        ({}, {}, None),
    ],
)
def test_of_what_the_question_before_was_about_the_likest_is_meant(
    before: dict[Target, float], alone: dict[Target, float], meant: Target | None
) -> None:
    assert of_the_step(before, alone) == meant


def test_what_is_asked_after_a_step_up_is_asked_of_that_step(service: Service) -> None:
    context = after("is an RN able to train as a nurse midwife or practitioner", "advancement")
    text, payload = service.topic(context, said("what diploma does that require", "ask_education")).message
    assert payload["topic"] == "advancement" and "master's" in text.splitlines()[0]


def test_hours_after_a_step_up_are_those_of_the_occupation(service: Service) -> None:
    context = after("is an RN able to become a nurse practitioner", "advancement")
    _, payload = service.topic(context, said("are they on duty at night", "ask_work_setting")).message
    assert payload["topic"] == "work_setting"


def test_the_pay_after_a_step_up_is_that_of_the_job_it_leads_to(service: Service) -> None:
    context = after("may an RN become a nurse anesthetist", "advancement")
    found = service.topic(context, said("how well does it pay", "ask_pay"))
    assert found.context.occupation == "nurse-anesthetists"
    both = service.topic(context, said("are they paid better", "ask_pay")).message[0]
    assert "nurse anesthetists" in both.lower() and "registered nurses" in both


def test_others_beside_a_credential_are_credentials() -> None:
    context = Context(topic="certification", occupation=CODER, credential="cpc")
    others = Turn("ask_related_careers", "is there something similar to that", (), 0.9)
    assert in_context(context, others).intent == "ask_certification"
    jobs = Turn("ask_related_careers", "which jobs resemble that", (), 0.9)
    assert in_context(context, jobs).intent == "ask_related_careers"


def test_words_of_another_topic_are_not_of_the_credential() -> None:
    context = Context(topic="certification", occupation=CODER, credential="rhit")
    online = Turn("nlu_fallback", "could that be remote classes", (Mention("cue", "online"),), 0.3)
    assert in_context(context, online).intent != "ask_certification"


def test_practice_after_schooling_is_that_of_students() -> None:
    context = Context(topic="education", occupation=NURSE)
    turn = Turn("ask_work_setting", "is it hands-on at all", (Mention("cue", "patients"),), 0.4)
    meant = in_context(context, turn)
    assert meant.intent == "ask_experience" and meant.values("cue") == ("internship",)


def test_how_long_a_course_is_asks_for_the_schooling_whatever_it_is_for() -> None:
    context = Context(topic="certification", occupation=CODER, credential="ccs")
    length, exam = Mention("cue", "length"), Mention("cue", "exam")
    course = Turn("ask_certification", "how many months is the course ahead of that exam", (length, exam), 0.6)
    assert of_schooling(context, course).intent == "ask_education"
    exam_alone = Turn("ask_certification", "how long is that exam", (length, exam), 0.6)
    assert of_schooling(context, exam_alone) is exam_alone


def test_the_school_that_an_answer_leads_with_is_talked_of(service: Service) -> None:
    names = (Mention("credential", "rhit"),)
    asked = said("which college offers classes for the RHIT exam", "ask_programs", 0.9, *names)
    found = service.topic(Context(), asked)
    assert "DeVry" in found.message[0].splitlines()[0]
    assert found.context.school == "devry"


def test_what_is_said_of_a_school_counts_in_full_where_any_school_is_asked_for() -> None:
    of_one = Target(CODER, "programs.feature", "x", (("school", "devry"),))
    assert matches({of_one: 0.8}, {}, any_school=True).best == 0.8
    assert matches({of_one: 0.8}, {}).best < 0.8


def test_in_a_conversation_a_near_question_is_clear_and_a_known_gap_stays_one() -> None:
    gap = Missing("x", "certification", "the names of those exams")
    assert matches({DEGREES: 0.78}, {gap: 0.7}).clear and not matches({DEGREES: 0.78}, {gap: 0.75}).clear
    turn = Turn("ask_education", "x", (), 0.8)
    assert ease(turn, matches({DEGREES: 0.78}, {gap: 0.95}), leaning=True) == 1.0
    assert ease(turn, matches({DEGREES: 0.6}, {gap: 0.75}), leaning=True) < 1.0
