"""Which of all jobs need no degree, can be done from home, are paid best: asked before one is chosen."""

from __future__ import annotations

import pytest

from actions.across_jobs import best_of_all
from actions.answering import reply
from actions.context import Context, understand
from actions.draft import Draft
from actions.turn import Turn
from knowledge.query import KnowledgeBase

LEVELS = {
    "medical-assistant": "certificate",
    "medical-records-technician": "certificate",
    "medical-transcriptionist": "certificate",
    "pharmacy-technician": "high-school",
    "health-information-technologist": "associate",
}


def asked(knowledge: KnowledgeBase, intent: str, text: str, context: Context | None = None) -> Turn:
    return best_of_all(knowledge.catalog, context or Context(), Turn(intent, text, confidence=0.5), LEVELS.get)


@pytest.mark.parametrize("text", ["what jobs dont need a degree", "healthcare careers with no college degree"])
def test_jobs_that_need_no_degree(knowledge: KnowledgeBase, text: str) -> None:
    found = asked(knowledge, "ask_related_careers", text)
    assert set(found.values("occupation")) == {id for id, level in LEVELS.items() if level != "associate"}
    answer = reply(knowledge, understand(Context(), found, "medical-records-technician"))
    assert isinstance(answer, Draft) and "pharmacy technicians (a high school diploma)" in answer.headline.text
    assert len(answer.headline.statements) == 4


def test_jobs_for_those_who_finished_high_school(knowledge: KnowledgeBase) -> None:
    found = asked(knowledge, "ask_education", "any medical jobs with only a ged")
    answer = reply(knowledge, understand(Context(), found, "medical-records-technician"))
    assert isinstance(answer, Draft) and answer.headline.statements
    assert answer.headline.text.endswith("pharmacy technicians typically need no more than a high school diploma.")


def test_jobs_that_can_be_done_from_home(knowledge: KnowledgeBase) -> None:
    found = asked(knowledge, "ask_work_setting", "which jobs can be done from home")
    answer = reply(knowledge, understand(Context(), found, "medical-records-technician"))
    assert isinstance(answer, Draft) and answer.headline.text.startswith("Medical transcriptionists may work from home")


def test_best_paid_of_those_without_a_degree(knowledge: KnowledgeBase) -> None:
    found = asked(knowledge, "ask_pay", "best paying medical jobs with no degree")
    assert found.intent == "ask_comparison" and "registered-nurse" not in found.values("occupation")


@pytest.mark.parametrize("text", ["which job is growing fastest", "what health job is easiest to get into"])
def test_all_of_them_are_compared(knowledge: KnowledgeBase, text: str) -> None:
    assert len(asked(knowledge, "ask_outlook", text).values("occupation")) > len(LEVELS)


def test_jobs_of_a_conversation_are_not_all(knowledge: KnowledgeBase) -> None:
    talked = Context(topic="pay", occupation="registered-nurse")
    assert not asked(knowledge, "ask_education", "which jobs need no degree", talked).settled
    assert not asked(knowledge, "ask_related_careers", "what other jobs are like it with no degree").settled
