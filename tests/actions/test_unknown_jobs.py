"""Questions about occupations of which nothing is known."""

from __future__ import annotations

import pytest

from actions.turn import Mention, Turn
from actions.unknown_jobs import unknown_job


@pytest.mark.parametrize(
    ("text", "job"),
    [
        ("how do i become an astronaut", "astronaut"),
        ("what does a youtuber make", "youtuber"),
        ("My nephew wants to be a storm chaser, what school is that?", "storm chaser"),
        ("how much does the average blogger earn", "blogger"),
        ("what would a fortune teller earn in ohio", "fortune teller"),
    ],
)
def test_an_occupation_that_nobody_knows_is_named(text: str, job: str) -> None:
    assert unknown_job(Turn("ask_pay", text)) == job


@pytest.mark.parametrize(
    "text",
    [
        "how do i become a supervisor",
        "what does a beginner make",
        "does a certificate make a difference",
        "what does a person in this job earn",
        "how do i become certified",
        "can i become a cancer data reporter",
        "would a semester make me ready",
        "do i need to become a member",
        "how much do they earn",
    ],
)
def test_what_is_no_occupation_is_not(text: str) -> None:
    assert unknown_job(Turn("ask_pay", text)) is None


def test_a_message_that_names_a_known_occupation_is_about_that() -> None:
    named = Mention("occupation", "registered-nurse", (), 40, 45)
    assert unknown_job(Turn("ask_pay", "what does a youtuber make compared to a nurse", (named,))) is None


def named(text: str, job: str, *more: Mention) -> Turn:
    start = text.index(job)
    return Turn("ask_pay", text, (Mention("occupation", "registered-nurse", (), start, start + len(job)), *more))


@pytest.mark.parametrize(
    ("turn", "role"),
    [
        (named("what's the salary of a head nurse", "nurse"), "head nurse"),
        (named("how much do nursing instructors earn", "nursing"), "nursing instructors"),
        (named("what do lead techs make at a clinic", "techs"), "lead techs"),
        (Turn("ask_pay", "what does a billing supervisor make"), "billing supervisor"),
        (Turn("ask_pay", "how much do pharmacy directors earn"), "pharmacy directors"),
        (Turn("ask_pay", "what do HUCs make"), "HUCs"),
        (Turn("follow_up", "and what about CDIs?"), "CDIs"),
    ],
)
def test_the_pay_of_a_rank_or_of_unknown_letters_is_not_that_of_the_occupation(turn: Turn, role: str) -> None:
    assert unknown_job(turn) == role


@pytest.mark.parametrize(
    "turn",
    [
        named("does nursing lead to better pay", "nursing"),
        named("can a nurse become a head of department", "nurse"),
        named("what do nurses make", "nurses"),
        Turn("ask_pay", "WHAT DO THEY MAKE"),
        Turn("ask_certification", "can AHIMA take away my certification"),
        Turn("ask_work_setting", "do coders work for HMOs"),
        Turn("ask_education", "do the instructors make you practice on each other"),
        Turn("ask_work_setting", "does my supervisor make the schedule"),
        named("does being a nurse lead anywhere that pays more", "nurse"),
        Turn("ask_advancement", "how does one become a supervisor"),
    ],
)
def test_what_asks_for_no_rank_is_left(turn: Turn) -> None:
    assert unknown_job(turn) is None
