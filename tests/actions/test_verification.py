"""The last look at an answer to a follow-up: what speaks for it, and that a detail beside it gets no answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields

import pytest

import settings
from actions.context import Context
from actions.draft import Draft, Line
from actions.read_together import readings
from actions.service import Service
from actions.turn import Turn
from actions.verification import FILE, READ, TOLD_BY_FIGURES, Reading, Verification, to_read
from knowledge.embedding import MiniLM, pack
from knowledge.query import KnowledgeBase


@pytest.fixture(scope="module")
def verification() -> Verification:
    """The weights that Waymark comes with."""
    return Verification.load()


def test_the_file_says_every_weight_and_all_of_them_speak_for_the_answer(verification: Verification) -> None:
    content = json.loads(FILE.read_text(encoding="utf-8"))
    assert set(content) == {field.name for field in fields(Verification)}
    assert min(verification.following, verification.alone, verification.gate) > 0
    assert 0 < verification.threshold < 0.5


def test_what_reads_as_answered_is_given_and_what_nothing_speaks_for_is_not(verification: Verification) -> None:
    assert verification.holds([Reading(3.0, 3.0, 0.9)])
    assert not verification.holds([Reading(-6.0, -6.0, 0.3)])
    assert verification.certainty(Reading(0.0, 0.0, 0.9)) > verification.certainty(Reading(0.0, 0.0, 0.4))


def test_a_gate_that_is_quite_sure_counts_no_more_than_one_that_is_sure(verification: Verification) -> None:
    assert verification.certainty(Reading(0.0, 0.0, 1.0)) == verification.certainty(Reading(0.0, 0.0, 0.9999))
    assert verification.certainty(Reading(0.0, 0.0, 0.0)) > 0.0


def test_no_more_is_read_than_it_takes(verification: Verification) -> None:
    read: list[int] = []

    def lines() -> Iterator[Reading]:
        for number, odds in enumerate((-6.0, 4.0, 5.0)):
            read.append(number)
            yield Reading(odds, odds, 0.4)

    assert verification.holds(lines()) and read == [0, 1]


def test_a_reader_sees_the_first_lines_and_what_figures_of_the_kind_tell() -> None:
    points = tuple(Line(f"Point {number}.") for number in range(9))
    hours = Draft("work_setting", "registered-nurse", Line("Nurses work shifts."), points)
    assert to_read(hours) == ("Nurses work shifts.", "Point 0.", "Point 1.", "Point 2.")
    pay = Draft("comparison", "registered-nurse", Line("Nurses earn more."), points)
    assert to_read(pay) == (*to_read(pay)[:READ], *TOLD_BY_FIGURES["pay"])


@pytest.fixture
def doubting(knowledge: KnowledgeBase) -> Service:
    """A service that believes no answer to a follow-up."""
    service = Service(knowledge, settings.load())
    service.verification = Verification(0.0, 0.0, 0.0, 0.0, 1.0)
    return service


def turn(intent: str, text: str) -> Turn:
    return Turn(intent, text, (), 0.99, ((intent, 0.99),), pack(MiniLM().encode([text])[0]))


def test_a_follow_up_whose_answer_is_not_believed_gets_what_is_near_and_becomes_a_gap(doubting: Service) -> None:
    first = doubting.topic(Context(), turn("ask_duties", "What do medical records technicians do all day?"))
    assert first.message[1]["type"] == "answer"  # a first question is not looked at
    second = doubting.topic(first.context, turn("ask_skills", "Which skills do medical records technicians need?"))
    assert second.message[1]["type"] == "no_source" and second.gap is not None


EXTERNSHIP = ("Medical assistant programs usually include practice under supervision.",)
STATES = ("In several states, cancer registrars must hold a certification.", "It takes a formal program.")
NIGHTS = ("Registered nurses may have to work at night, on weekends and on holidays.",)
PAY = ("Registered nurses in Ohio earned a median of $82,510 a year in May 2025.", *TOLD_BY_FIGURES["pay"])


@pytest.mark.parametrize(
    ("before", "asked", "lines", "given"),
    [
        ("do nurses work nights", "and weekends?", NIGHTS, True),
        ("what are the hours of a nurse", "so no christmas at home?", NIGHTS, True),
        ("what do nurses earn in Ohio", "hourly?", PAY, True),
        ("what do nurses do", "ok and the money", PAY, True),
        ("is there practice in the training", "would somebody supervise me", EXTERNSHIP, True),
        ("do registrars need a certification", "which states exactly", STATES, False),
        ("do registrars need a certification", "what does the renewal cost", STATES, False),
        ("do nurses work nights", "how many hours is one of those", NIGHTS, False),
        ("is there practice in the training", "can i do it close to my home", EXTERNSHIP, False),
    ],
)
def test_with_its_weights_it_keeps_follow_ups_and_refuses_details_that_nothing_tells(
    verification: Verification, before: str, asked: str, lines: tuple[str, ...], given: bool
) -> None:
    """Where the gate cannot tell."""
    assert verification.holds(readings(asked, before, lines, 0.55)) is given
