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
