"""What the words of a message tell beside its embedding."""

from __future__ import annotations

import pytest

from knowledge.asked import Missing, Target
from knowledge.embedding import MiniLM
from knowledge.query import KnowledgeBase
from knowledge.wordings import Wordings, Words, stem

NURSE = "registered-nurse"
SKILLS, DUTIES = Target(NURSE, "skills.needed"), Target(NURSE, "duties.task", "pills")
ANSWERED = [
    (SKILLS, "what should i know of computers"),
    (SKILLS, "is typing fast needed"),
    (DUTIES, "who hands out the pills"),
]
SOFTWARE = Missing("software", "skills", "particular software")
UNANSWERED = [(SOFTWARE, "which software is used"), (SOFTWARE, "do i need software called python")]
FILLER = [(Target(NURSE, "duties.task", str(number)), f"what does the nurse do on {number}") for number in range(90)]
STATEMENTS = [(DUTIES, "Nurses measure blood pressure.")]


@pytest.fixture(scope="module")
def wordings() -> Wordings:
    return Wordings([*ANSWERED, *FILLER], UNANSWERED, STATEMENTS)


@pytest.mark.parametrize(
    ("one", "other"),
    [("coding", "codes"), ("code", "coded"), ("studies", "study"), ("planning", "plans"), ("nurse's", "nurses")],
)
def test_words_are_the_same_whatever_their_endings(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["is", "gas", "exam", "a"])
def test_a_short_word_keeps_its_letters(word: str) -> None:
    assert stem(word) == word


def test_a_message_of_common_words_lacks_nothing(wordings: Wordings) -> None:
    assert wordings.seen("what does the nurse do", [0], [0], [SKILLS]) == Words()
    assert wordings.seen("", [], [], []) == Words()


def test_a_word_that_the_near_questions_have_is_found(wordings: Wordings) -> None:
    near = wordings.seen("computers?", [0], [0], [SKILLS])
    assert (near.answered, near.unanswered, near.told, near.strange) == (1.0, 0.0, 1.0, 0.0)
    far = wordings.seen("computers?", [2], [0], [DUTIES])
    assert (far.answered, far.told, far.strange) == (0.0, 0.0, 0.0)


def test_a_word_of_a_statement_is_told_though_no_question_has_it(wordings: Wordings) -> None:
    found = wordings.seen("blood pressures", [2], [0], [DUTIES])
    assert (found.answered, found.told, found.strange) == (0.0, 1.0, 0.0)


def test_a_word_that_nothing_answered_has_is_strange(wordings: Wordings) -> None:
    python = wordings.seen("python on computers", [0], [1], [SKILLS])
    unheard = wordings.seen("cobol on computers", [0], [1], [SKILLS])
    assert 0 < python.strange < 1
    assert 0 < unheard.strange < 1
    assert 0 < unheard.answered < 1
    assert python.unanswered > unheard.unanswered == 0


def test_a_word_of_the_likeliest_gap_is_missed(wordings: Wordings) -> None:
    asked = wordings.seen("python on computers", [0], [], [SKILLS], SOFTWARE)
    assert 0 < asked.missed < 1
    assert wordings.seen("typing on computers", [0], [], [SKILLS], SOFTWARE).missed == 0
    assert wordings.seen("python on computers", [0], [], [SKILLS]).missed == 0


def test_the_word_that_speaks_most_against_an_answer_counts(wordings: Wordings) -> None:
    software, computers = (wordings.seen(text, [0], [0], []).against for text in ("software", "computers"))
    assert software < computers
    assert wordings.seen("software on computers", [0], [0], []).against == software


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    often = [(SKILLS, f"computers {number}") for number in range(4)]
    known = Wordings([*ANSWERED, *FILLER, *often], UNANSWERED, STATEMENTS)
    found = known.seen("typing on computers", [0], [], [])
    assert 0 < found.answered < 0.5


def test_the_real_questions_have_the_words_of_what_is_asked_and_not_those_of_what_is_not(
    knowledge: KnowledgeBase,
) -> None:
    model, coder = MiniLM(), "medical-records-technician"
    found = {}
    for text in ("do i have to be good with computers", "do i have to be good at juggling chainsaws"):
        vector = model.encode([text])[0]
        likeliest = list(knowledge.asked_like(coder, vector))[:3]
        found[text] = knowledge.words(text, vector, likeliest)
    computers, chainsaws = found.values()
    assert computers.answered > chainsaws.answered
    assert computers.told > chainsaws.told
    assert computers.strange == 0 < chainsaws.strange
    assert computers.against > chainsaws.against
