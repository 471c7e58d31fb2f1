"""Which finding answers the words of a question best."""

from __future__ import annotations

import pytest

from actions.relevance import ranked, stems
from knowledge.query import KnowledgeBase, Question
from knowledge.resolve import Finding
from knowledge.scope import Scope
from knowledge.statement import Statement


def finding(text: str, item: str = "", indicator: str = "duties.task") -> Finding:
    return Finding(
        Statement("medical-records-technician", indicator, "an-edition", "page 1", Scope(), item=item, text=text)
    )


CODES = finding("Technicians assign codes to diagnoses.", "coding")
BILLS = finding("Technicians prepare claims for insurers.", "billing")
SAFE = finding("Technicians keep patient files confidential.", "privacy")
ALL = [CODES, BILLS, SAFE]


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("Do they assign codes?", CODES),
        ("who prepares the insurance claims", BILLS),
        ("are the files confidential", SAFE),
        ("what about PRIVACY?", SAFE),
        ("do technicians do billing", BILLS),
    ],
)
def test_the_finding_with_the_words_of_the_question_comes_first(question: str, best: Finding) -> None:
    fits = ranked(question, ALL)
    assert fits[0][1] is best
    assert fits[0][0].words > fits[1][0].words


@pytest.mark.parametrize("question", ["", "What do medical records technicians do?", "qwertz", "???"])
def test_a_question_without_telling_words_changes_no_order(question: str) -> None:
    assert [found for _, found in ranked(question, ALL)] == ALL


def test_a_word_that_all_findings_share_tells_less_than_a_rare_one() -> None:
    shared = finding("The office keeps the office files.")
    rare = finding("The office uses barcodes.")
    fits = {id(found): fit.words for fit, found in ranked("office barcodes", [shared, rare])}
    assert fits[id(rare)] > fits[id(shared)] > 0


def test_meaning_outweighs_words() -> None:
    near = {CODES.lead.id: 0.2, BILLS.lead.id: 0.9, SAFE.lead.id: 0.1}
    assert ranked("Do they assign codes?", ALL, near)[0][1] is BILLS


def test_a_finding_is_as_near_as_the_nearest_of_its_statements() -> None:
    other = finding("Staff turn diagnoses into codes.", "coding").lead
    both = Finding(CODES.lead, agreeing=(other,))
    assert ranked("", [SAFE, both], {other.id: 0.9})[0][1] is both


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Coding", {"coding"}),
        ("claims and CLAIM", {"claim"}),
        ("the of and", set()),
        ("certification certified", {"certif"}),
        ("", set()),
    ],
)
def test_words_are_cut_to_their_stems(text: str, expected: set[str]) -> None:
    assert stems(text) == expected


@pytest.mark.parametrize(
    ("topic", "question", "item_or_word"),
    [
        ("skills", "do I need to be good with computers and software", "software"),
        ("duties", "do they protect confidentiality", "confiden"),
    ],
)
def test_what_the_real_knowledge_says_on_a_word_comes_first(
    topic: str, question: str, item_or_word: str, knowledge: KnowledgeBase
) -> None:
    findings = knowledge.answer(Question(topic, "medical-records-technician")).findings
    best = ranked(question, findings)[0][1]
    assert item_or_word in f"{best.lead.text} {best.lead.item}".lower()
