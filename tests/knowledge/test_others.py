"""What other sources say of the same thing: the same indicator, scope and item, however old; nothing else."""

from __future__ import annotations

import pytest

from knowledge.query import Evidence, KnowledgeBase, Question
from knowledge.resolve import same_thing

CODER = "medical-records-technician"
MEDIAN = "oews2025-N0000000-000000-292072-13"


@pytest.fixture(scope="module")
def knowledge(knowledge_url: str) -> KnowledgeBase:
    return KnowledgeBase(knowledge_url)


def evidence(knowledge: KnowledgeBase, id: str) -> Evidence:
    found = knowledge.evidence(id)
    assert found is not None
    return found


def test_a_figure_has_the_figures_of_others_with_their_age(knowledge: KnowledgeBase) -> None:
    others = evidence(knowledge, MEDIAN).others
    assert [(other.statement.number, other.relation) for other in others][:2] == [(50250, "older"), (42630, "older")]
    assert {other.statement.scope.statistic for other in others} == {"median"}
    assert {other.statement.unit for other in others} == {"USD/year"}


def test_a_figure_of_an_article_has_the_statistics_beside_it(knowledge: KnowledgeBase) -> None:
    older = evidence(knowledge, MEDIAN).others[1].statement
    others = {other.statement.id: other.relation for other in evidence(knowledge, older.id).others}
    assert others[MEDIAN] == "newer"
    assert older.id not in others


def test_another_place_and_another_statistic_are_something_else(knowledge: KnowledgeBase) -> None:
    assert evidence(knowledge, "oews2025-S4800000-000000-292072-13").others == ()


def test_one_item_of_several_sources_agrees(knowledge: KnowledgeBase) -> None:
    findings = knowledge.answer(Question("duties", CODER)).findings
    finding = next(f for f in findings if f.lead.item and f.agreeing)
    others = evidence(knowledge, finding.lead.id).others
    assert {other.statement.id for other in others} == {s.id for s in finding.agreeing}
    assert {other.relation for other in others} == {"agrees"}


def test_a_choice_that_others_make_otherwise_differs(knowledge: KnowledgeBase) -> None:
    for topic in knowledge.catalog.topics:
        for finding in knowledge.answer(Question(topic, CODER)).findings:
            if knowledge.catalog.indicators[finding.lead.indicator].type == "choice" and finding.differing:
                relations = {o.statement.id: o.relation for o in evidence(knowledge, finding.lead.id).others}
                assert {relations[s.id] for s in finding.differing} == {"differs"}
                return
    pytest.fail("no choice on which sources differ")


def test_it_goes_both_ways_for_every_statement(knowledge: KnowledgeBase) -> None:
    statements = [s for s in knowledge.all_statements() if s.occupation == CODER]
    assert len(statements) > 200
    for one in statements:
        indicator = knowledge.catalog.indicators[one.indicator]
        for other in statements:
            if same_thing(one, other, indicator) and one.rank != "deprecated":
                assert same_thing(other, one, indicator)
