"""A job that a message describes by its work, and what it asks without that."""

from __future__ import annotations

import pytest

from components.describing import description, refused


@pytest.mark.parametrize(
    ("text", "work", "question"),
    [
        ("whats the job where you sterilize the tools", "you sterilize the tools", ""),
        ("what do you call someone who files the charts?", "who files the charts", ""),
        ("what's it called when you type up dictation", "you type up dictation", ""),
        ("the lady who weighs you at the clinic, is that hard to get into", "who weighs you at the clinic", None),
        ("how much does the guy who runs the ward make", "who runs the ward", "how much does that job make"),
        ("that job where you label bottles and how long is school", "you label bottles", "how long is school"),
        ("what do people who type get paid", "who type", "what do that job get paid"),
        ("person that codes the bills. what degree", "who codes the bills", "what degree"),
    ],
)
def test_the_work_is_set_apart_from_what_is_asked(text: str, work: str, question: str | None) -> None:
    found = description(text)
    assert found is not None and found.work == work
    assert question is None or found.question == question


@pytest.mark.parametrize(
    "text",
    [
        "the one that pays more",
        "the job that needs less school",
        "the job where i sit down",
        "are there jobs where you dont see patients",
        "do the people who teach it earn more",
        "what do nurses do",
        "what do people who work in hospitals do",
        "the one who can work nights",
    ],
)
def test_what_is_wished_or_picked_out_describes_no_work(text: str) -> None:
    assert description(text) is None


def test_a_name_may_be_refused_in_a_description() -> None:
    work = "who gives shots but is not a nurse"
    assert refused(work, work.index("nurse")) and not refused("who helps the nurse", 14)
